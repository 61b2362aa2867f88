// How a task group works
// ----------------------
// The body runs in the calling task (the parent). The first child that fails aborts the group: the other children are cancelled, and so is
// the parent, in the body or where it waits for the children; there it looks again and goes on waiting.
// The group is left when all children are done. Errors come as one AggregateException;
// cancellations of children are no errors, a cancellation of the parent from outside leaves the group as a CancelledError.
//
// Invariants:
//   I1  _tasks holds exactly the children that are not done.
//   I2  The parent is cancelled by the group at most once, and the group takes that request back.
//
// Source: CPython Lib/asyncio/taskgroups.py (3.13), and TaskGroup.cancel of python/cpython#127214.

using System.Runtime.ExceptionServices;

namespace Quintet.Asyncio;

/// <summary>Tasks that end together: structured concurrency.</summary>
public sealed class TaskGroup
{
    private readonly EventLoop _loop = EventLoop.Current;
    private readonly List<LoopTask> _tasks = [];
    private readonly List<Exception> _errors = [];
    private readonly LoopTask _parent;
    private Exception? _leavingWith;
    private Wakeup? _allDone;
    private bool _entered;
    private bool _leaving;
    private bool _aborting;
    private bool _cancelled;
    private bool _parentCancelRequested;

    private TaskGroup(LoopTask parent) => _parent = parent;

    /// <summary>Runs <paramref name="body"/> in the calling task, and waits for the tasks that it puts into the group.</summary>
    /// <exception cref="AggregateException">The body or tasks failed; it holds their exceptions.</exception>
    public static async Coroutine Run(Func<TaskGroup, Coroutine> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var parent = Aio.CurrentTask ?? throw new EventLoopException("TaskGroup cannot determine the parent task");
        var group = new TaskGroup(parent) { _entered = true };
        Exception? error = null;
        try
        {
            await body(group);
        }
        catch (Exception e)
        {
            error = e;
        }

        await group.Leave(error);
    }

    /// <summary>Starts a task in the group.</summary>
    /// <exception cref="EventLoopException">The group has ended, or is ending because of an error.</exception>
    public LoopTask CreateTask(Coroutine coroutine, string? name = null, LoopContext? context = null)
    {
        CheckOpen(coroutine.Close);
        return Add(_loop.CreateTask(coroutine, name, context));
    }

    /// <summary>Starts a task in the group.</summary>
    /// <exception cref="EventLoopException">The group has ended, or is ending because of an error.</exception>
    public LoopTask<T> CreateTask<T>(Coroutine<T> coroutine, string? name = null, LoopContext? context = null)
    {
        CheckOpen(coroutine.Close);
        return Add(_loop.CreateTask(coroutine, name, context));
    }

    /// <summary>Ends the group without an error: cancels its tasks and the rest of the body.</summary>
    public void Cancel()
    {
        if (_cancelled || (_leaving && _tasks.Count == 0)) return;
        _cancelled = true;
        if (!_aborting) Abort();
        if (!_leaving && !_parentCancelRequested)
        {
            _parentCancelRequested = true;
            _parent.Cancel();
        }
    }

    private void CheckOpen(Action close)
    {
        var problem = !_entered || (_leaving && _tasks.Count == 0) ? "is finished" : _aborting ? "is shutting down" : null;
        if (problem is null) return;
        close();
        throw new EventLoopException($"TaskGroup {problem}");
    }

    private TTask Add<TTask>(TTask task)
        where TTask : LoopTask
    {
        // An eager child that did not wait is told of at once, so that a group of such children is left without a switch.
        if (task.IsDone) OnDone(task);
        else
        {
            _tasks.Add(task);
            task.AddDoneCallback(OnDone);
        }

        return task;
    }

    private async Coroutine Leave(Exception? error)
    {
        _leaving = true;
        var cancelledFromOutside = error is CancelledError ? error : null;
        if (error is not null && !_aborting) Abort();
        while (_tasks.Count > 0)
        {
            _allDone ??= new Wakeup(_loop);
            try
            {
                await _allDone;
            }
            catch (CancelledError cancelled)
            {
                if (!_aborting)
                {
                    cancelledFromOutside = cancelled;
                    Abort();
                }
            }

            _allDone = null;
        }

        _entered = false;
        if (_leavingWith is not null) ExceptionDispatchInfo.Throw(_leavingWith);
        if (error is KeyboardInterruptException) ExceptionDispatchInfo.Throw(error);
        if (_parentCancelRequested && _parent.Uncancel() == 0) cancelledFromOutside = null;
        if (cancelledFromOutside is not null && _errors.Count == 0) ExceptionDispatchInfo.Throw(cancelledFromOutside);
        if (error is not null and not CancelledError) _errors.Add(error);
        if (_errors.Count == 0) return;
        // A cancellation that came from outside while errors are thrown must not get lost: it is delivered at the next await.
        if (_parent.Cancelling > 0)
        {
            _parent.Uncancel();
            _parent.Cancel();
        }

        throw new AggregateException("unhandled errors in a TaskGroup", _errors);
    }

    private void Abort()
    {
        _aborting = true;
        foreach (var task in _tasks.ToArray())
            if (!task.IsDone) task.Cancel();
    }

    private void OnDone(Future future)
    {
        var task = (LoopTask)future;
        _tasks.Remove(task);
        if (_allDone is { IsDone: false } && _tasks.Count == 0) _allDone.Set();
        if (task.IsCancelled || task.Exception is not { } error) return;
        _errors.Add(error);
        if (error is KeyboardInterruptException) _leavingWith ??= error;
        if (_parent.IsDone)
        {
            _loop.CallExceptionHandler(
                new($"Task {task.Name} has errored out but its parent task is already completed", error, task.Name) { Task = task });
            return;
        }

        if (_aborting || _parentCancelRequested) return;
        Abort();
        _parentCancelRequested = true;
        _parent.Cancel();
    }
}
