// How the coroutine of a turn works
// ---------------------------------
// Sleep(0) gives way for one turn, and has no other state. Awaited in a coroutine, it is not put in front of it: the task resumes the
// awaiting coroutine itself, whose GetResult ends the turn. Awaited by other code or made a task, it runs as any coroutine does.
//
// Invariants:
//   I1  A coroutine that was awaited is recognised by its version, as every box is.
//   I2  What lies in a loop's store belongs to its thread.
//
// Ownership: the loop's thread.
// Source: CPython Lib/asyncio/tasks.py (sleep, __sleep0).

namespace Quintet.Asyncio;

/// <summary>Python's <c>asyncio.sleep(0)</c>.</summary>
internal sealed class TurnCoroutine(EventLoop loop) : CoroutineBox<Nothing>
{
    private EventLoop _loop = loop;

    internal override string MethodName => nameof(Aio.Sleep);

    /// <summary>The await of a coroutine: a turn begins.</summary>
    internal void BeginTurn(LoopTask task, int version)
    {
        Claim(version);
        if (_loop != task.Loop) _loop = task.Loop;
        task.MarkInterruptible();
        _loop.Schedule(task);
    }

    /// <summary>The await goes on: a cancellation of the task is thrown here.</summary>
    internal void EndTurn()
    {
        if (State != Phase.Claimed) CoroutineCore.TakeOutcome(this);
        else
        {
            Recycle();
            _loop.RunningTask?.ThrowPending();
        }
    }

    /// <summary>As a coroutine of its own: the first time it gives way, the second time it ends.</summary>
    internal override void MoveNext()
    {
        if (!_gaveWay)
        {
            _gaveWay = true;
            _loop = Task!.Loop;
            Task.MarkInterruptible();
            _loop.Schedule(Task);
        }
        else Finish(Task!.TakePending());
    }

    internal override void Recycle()
    {
        Version++;
        Error = null;
        Parent = null;
        Task = null;
        State = Phase.Created;
        _gaveWay = false;
        _loop.Turns.Push(this);
    }

    private bool _gaveWay;
}
