using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class TasksAtRandom
{
    /// <summary>What a step does with a failure or a cancellation of what it awaits.</summary>
    private async Coroutine Guarded(int n, Coroutine coroutine)
    {
        var how = Draw(8);
        try
        {
            await coroutine;
            t.Print(n, "done");
        }
        catch (CancelledError e)
        {
            t.Print(n, Show(e), Me.Cancelling);
            if (how == 0) t.Print(n, "swallows", Me.Uncancel());
            else if (how == 1) t.Print(n, "swallows and keeps");
            else if (how == 2) throw new Odd(n);
            else if (how == 3)
            {
                await Turns(2);
                t.Print(n, "cleaned");
                throw;
            }
            else throw;
        }
        catch (Exception e)
        {
            t.Print(n, Show(e), Me.Cancelling);
            if (how < 4) throw;
        }
        finally
        {
            if (how == 4)
            {
                await Turns(1);
                t.Print(n, "finally");
            }
        }
    }

    private async Coroutine Sequence(int depth)
    {
        for (var i = 1 + Draw(3); i > 0; i--) await Step(depth);
    }

    private async Coroutine Step(int depth)
    {
        var n = ++_names;
        var kind = Draw(depth > 0 ? 9 : 3);
        if (kind < 2) await Guarded(n, Leaf(n));
        else if (kind == 2) Act(n);
        else await Guarded(n, Branch(n, kind, depth - 1));
    }

    private Coroutine Branch(int n, int kind, int depth) => kind switch
    {
        3 or 4 => Grouped(n, depth),
        5 => Gathered(n, depth),
        6 => Limited(n, depth),
        7 => Shielded(n, depth),
        _ => Waited(n, depth),
    };

    private async Coroutine Grouped(int n, int depth)
    {
        t.Print(n, "group");
        await TaskGroup.Run(async g =>
        {
            for (var i = 1 + Draw(3); i > 0; i--) _ = Start(Sequence(depth), g);
            if (Draw(2) == 1) await Sequence(depth);
        });
    }

    private async Coroutine Gathered(int n, int depth)
    {
        t.Print(n, "gather");
        var tasks = StartSome(depth);
        var results = new Exception?[tasks.Length];
        if (Draw(2) == 0) results = await Aio.GatherOutcomes(tasks);
        else await Aio.Gather(tasks);
        t.Print([n, .. results.Select(x => x is null ? "None" : Show(x))]);
    }

    private async Coroutine Limited(int n, int depth)
    {
        t.Print(n, "limit");
        AsyncTimeout its = null!;
        await Aio.Timeout(Draw(2) == 1 ? TimeSpan.Zero : null, async scope =>
        {
            its = scope;
            await Sequence(depth);
        });
        t.Print(n, its.IsExpired);
    }

    private async Coroutine Shielded(int n, int depth)
    {
        t.Print(n, "shield");
        await Aio.Shield(Start(Sequence(depth)));
    }

    private async Coroutine Waited(int n, int depth)
    {
        t.Print(n, "wait");
        ReturnWhen[] whens = [ReturnWhen.AllCompleted, ReturnWhen.FirstCompleted, ReturnWhen.FirstException];
        var when = whens[Draw(3)];
        var (done, pending) = await Aio.Wait(StartSome(depth), returnWhen: when);
        t.Print(n, done.Count, pending.Count);
    }

    private async Coroutine Leaf(int n)
    {
        var kind = Draw(12);
        t.Print(n, "leaf", kind);
        switch (kind)
        {
            case < 3:
                await Turns(Draw(4));
                break;
            case 3:
                throw new Odd(n);
            case 4:
                using (await _lock.Acquire()) await Turns(Draw(3));
                break;
            case 5:
                await _event.Wait();
                break;
            case 6:
                using (await _semaphore.Acquire()) await Turns(Draw(3));
                break;
            case 7:
                using (await _condition.Acquire())
                {
                    await _condition.Wait();
                    t.Print(n, "notified");
                }

                break;
            case 8:
                t.Print(n, "got", await _queue.Get());
                break;
            case 9:
                await _queue.Put(n);
                break;
            case 10:
                t.Print(n, "met", await _barrier.Wait());
                break;
            default:
                t.Print(n, "future", await _future);
                break;
        }
    }

    private void Act(int n)
    {
        var kind = Draw(9);
        t.Print(n, "act", kind);
        switch (kind)
        {
            case < 4 when _tasks.Count > 0:
                var i = Draw(_tasks.Count);
                t.Print(n, "cancels", i, _tasks[i].Cancel(n.ToString()));
                break;
            case 4:
                _event.Set();
                if (Draw(2) == 1) _event.Clear();
                break;
            case 5:
                _semaphore.Release();
                break;
            case 6 when _condition.IsLocked:
                _condition.Notify(1 + Draw(2));
                break;
            case 7 when !_future.IsDone:
                if (Draw(3) != 0) _future.SetResult(n);
                else _future.Cancel();
                break;
            case 8 when Draw(6) == 0:
                _queue.Shutdown(Draw(2) == 0);
                break;
        }
    }
}
