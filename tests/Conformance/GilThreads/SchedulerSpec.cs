using Quintet.GilThreads;

namespace Quintet.Tests.Conformance.GilThreads;

/// <summary>
/// Asynchronous code under the lock. CPython's rule for threads, "the GIL is released around blocking", applied to an await:
/// an await is where a coroutine blocks.
/// </summary>
public sealed class SchedulerSpec : IDisposable
{
    private readonly GlobalInterpreterLock _gil = new(new GilOptions { MaxSchedulerThreads = 4 });

    public void Dispose() => _gil.Dispose();

    [Fact(Timeout = Patience.OfATest)]
    public async Task Scheduled_work_holds_the_lock() =>
        Assert.True(await _gil.Run(() => _gil.IsHeldByCurrentThread));

    [Fact(Timeout = Patience.OfATest)]
    public async Task The_code_after_an_await_holds_the_lock_again() =>
        Assert.True(await _gil.Run(async () =>
        {
            await Task.Yield();
            return _gil.IsHeldByCurrentThread;
        }));

    [Fact(Timeout = Patience.OfATest)]
    public async Task The_lock_is_free_while_a_method_awaits()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var awaiting = _gil.Run(() => gate.Task);
        await _gil.StartThread(gate.SetResult).Completion;
        await awaiting;
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Work_that_was_allowed_to_run_beside_the_lock_does_not_hold_it()
    {
        var (during, after) = await _gil.Run(async () =>
        {
            var beside = await _gil.AllowThreadsAsync(() => Task.FromResult(_gil.IsHeldByCurrentThread));
            return (beside, _gil.IsHeldByCurrentThread);
        });
        Assert.Equal((false, true), (during, after));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Many_coroutines_keep_an_unsynchronised_count_exact()
    {
        var count = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _gil.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                count++;
                await Task.Yield();
            }
        })));
        Assert.Equal(4_000, count);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_scheduled_hog_is_switched_away_at_its_checkpoints()
    {
        var stop = false;
        var hog = _gil.Run(() => { while (!stop) _gil.Checkpoint(); });
        await _gil.Run(() => stop = true);
        await hog;
    }

    [Fact]
    public void The_asynchronous_form_is_refused_to_a_thread_that_entered()
    {
        using (_gil.Enter())
            Assert.Throws<GilHeldAcrossAwaitException>(() => { _ = _gil.AllowThreadsAsync(() => Task.CompletedTask); });
    }

    [Fact]
    public void The_asynchronous_form_is_refused_to_a_thread_without_the_lock() =>
        Assert.Throws<GilNotHeldException>(() => { _ = _gil.AllowThreadsAsync(() => Task.CompletedTask); });

    [Fact(Timeout = Patience.OfATest)]
    public async Task Accepted_work_is_brought_to_its_end_after_the_lock_was_disposed_of_and_new_work_is_refused()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepted = _gil.Run(async () =>
        {
            await gate.Task;
            return 42;
        });
        _gil.Dispose();
        gate.SetResult();
        Assert.Equal(42, await accepted);
        Assert.Throws<ObjectDisposedException>(() => { _ = _gil.Run(() => 1); });
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Cancelled_before_it_began_it_never_runs()
    {
        var ran = false;
        await Assert.ThrowsAsync<TaskCanceledException>(() => _gil.Run(() => ran = true, new CancellationToken(canceled: true)));
        Assert.False(ran);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task What_is_sent_to_the_context_runs_under_the_lock_on_the_sender()
    {
        var thread = 0;
        await Task.Run(() =>
        {
            var me = Environment.CurrentManagedThreadId;
            _gil.SynchronizationContext.Send(_ => thread = _gil.IsHeldByCurrentThread ? Environment.CurrentManagedThreadId - me : -1, null);
        });
        Assert.Equal(0, thread);
    }

    // ceval_gil.c: who takes the lock and does not release it stops everybody. Here he is told, and nobody stops.
    [Fact(Timeout = Patience.OfATest)]
    public async Task Work_that_enters_and_does_not_leave_is_told_so_and_the_lock_goes_on()
    {
        await Assert.ThrowsAsync<GilMisuseException>(() => _gil.Run(() => Forget()));
        await Assert.ThrowsAsync<GilHeldAcrossAwaitException>(() => _gil.Run(async () =>
        {
            Forget();
            await Task.Yield();
        }));
        await _gil.Run(async () =>
        {
            await Task.Yield();
            Forget();
            await Task.Yield();
        });
        Assert.True(await _gil.Run(() => _gil.IsHeldByCurrentThread));
        Assert.False(await Task.Run(() => _gil.IsHeldByCurrentThread));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Work_that_leaves_what_it_entered_may_enter_as_often_as_it_likes() => Assert.Equal(3, await _gil.Run(async () =>
    {
        using (_gil.Enter())
        using (_gil.Enter()) _gil.Checkpoint();
        await Task.Yield();
        return 3;
    }));

    [Fact(Timeout = Patience.OfATest)]
    public async Task Work_that_leaves_more_often_than_it_entered_is_told_so() =>
        await Assert.ThrowsAsync<GilNotHeldException>(() => _gil.Run(() =>
        {
            var scope = _gil.Enter();
            scope.Dispose();
            scope.Dispose();
        }));

    private void Forget() => _ = _gil.Enter();
}
