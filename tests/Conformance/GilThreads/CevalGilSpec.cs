using Quintet.GilThreads;

namespace Quintet.Tests.Conformance.GilThreads;

/// <summary>The rules in the head comment and the functions of CPython's Python/ceval_gil.c that hold for users of the lock.</summary>
public sealed class CevalGilSpec
{
    // "The GIL is just a boolean variable (locked) whose access is protected by a mutex": at most one thread is inside.
    [Theory(Timeout = Patience.OfATest)]
    [InlineData(GilSwitchPolicy.SwitchInterval)]
    [InlineData(GilSwitchPolicy.IoPriority)]
    public async Task One_thread_runs_at_a_time_and_an_unsynchronised_count_is_exact(GilSwitchPolicy policy)
    {
        using var gil = new GlobalInterpreterLock(new GilOptions { SwitchInterval = TimeSpan.FromMilliseconds(0.05), Policy = policy });
        var (count, inside, most) = (0, 0, 0);
        var threads = Enumerable.Range(0, 4).Select(_ => gil.StartThread(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                count++;
                Interlocked.Decrement(ref inside);
                if (i % 1_000 == 0) gil.AllowThreads(() => Thread.Yield());
                gil.Checkpoint();
            }
        })).ToArray();
        await Task.WhenAll(threads.Select(thread => thread.Completion));

        Assert.Equal((80_000, 1), (count, most));
        Assert.All(threads, thread => Assert.Null(thread.Exception));
    }

    // "the GIL-holding thread … must be able to release the GIL on demand by another thread": two threads that never block both get on.
    [Fact(Timeout = Patience.OfATest)]
    public async Task A_thread_that_only_computes_is_switched_away_at_a_checkpoint()
    {
        using var gil = new GlobalInterpreterLock(new GilOptions { SwitchInterval = TimeSpan.FromMilliseconds(0.1) });
        var stop = false;
        var hog = gil.StartThread(() => { while (!stop) gil.Checkpoint(); });
        var other = gil.StartThread(() => stop = true);
        await Task.WhenAll(hog.Completion, other.Completion);
        Assert.True(stop);
    }

    // Py_BEGIN_ALLOW_THREADS: "Release the GIL … do some blocking I/O … reacquire it": blocking work of all threads overlaps.
    [Fact(Timeout = Patience.OfATest)]
    public async Task Blocking_work_of_all_threads_overlaps()
    {
        using var gil = new GlobalInterpreterLock();
        using var everybody = new Barrier(8);
        void Meet() => gil.AllowThreads(() => everybody.SignalAndWait());
        var threads = Enumerable.Range(0, 8).Select(_ => gil.StartThread(Meet)).ToArray();
        await Task.WhenAll(threads.Select(thread => thread.Completion));
        Assert.Equal(1, everybody.CurrentPhaseNumber);
    }

    // PyEval_SaveThread then PyEval_RestoreThread: the state before is the state after, also when the work fails.
    [Fact]
    public void The_lock_is_back_at_its_depth_after_blocking_work_that_fails()
    {
        using var gil = new GlobalInterpreterLock();
        using (gil.Enter())
        {
            using (gil.Enter())
            {
                Assert.Throws<IOException>(() => gil.AllowThreads(() => throw new IOException("broken pipe")));
                Assert.True(gil.IsHeldByCurrentThread);
            }
            Assert.True(gil.IsHeldByCurrentThread);
        }
        Assert.False(gil.IsHeldByCurrentThread);
    }

    // PyGILState_Ensure: "may be called as many times as desired by a thread as long as each call is matched with … Release".
    [Fact]
    public void Entering_again_is_free_and_only_the_outermost_leave_releases()
    {
        using var gil = new GlobalInterpreterLock();
        var outer = gil.Enter();
        var inner = gil.Enter();
        inner.Dispose();
        Assert.True(gil.IsHeldByCurrentThread);
        outer.Dispose();
        Assert.False(gil.IsHeldByCurrentThread);
        Assert.Equal(1, gil.SwitchCount);
    }

    // take_gil: "if (last_holder != tstate) { … ++switch_number }".
    [Fact(Timeout = Patience.OfATest)]
    public async Task The_switch_number_moves_only_when_another_thread_takes_the_lock()
    {
        using var gil = new GlobalInterpreterLock();
        await OnAThread(() => { for (var i = 0; i < 3; i++) using (gil.Enter()) { } });
        Assert.Equal(1, gil.SwitchCount);
        await Task.WhenAll(gil.StartThread(() => { }).Completion, Task.CompletedTask);
        Assert.Equal(2, gil.SwitchCount);
    }

    // drop_gil: "Py_FatalError(\"drop_gil: GIL is not locked\")"; here a typed error instead of the end of the process.
    [Fact, Ports("ThreadingExceptionTests.test_releasing_unacquired_lock")]
    public void Letting_go_of_what_is_not_held_is_a_typed_error()
    {
        using var gil = new GlobalInterpreterLock();
        Assert.Throws<GilNotHeldException>(() =>
        {
            var scope = gil.Enter();
            scope.Dispose();
            scope.Dispose();
        });
        Assert.Throws<GilNotHeldException>(() => gil.AllowThreads(() => { }));
    }

    // bpo-39877, gh-96387: a thread that takes the lock of a finalised interpreter "hangs or exits"; here it is told.
    [Fact(Timeout = Patience.OfATest), Ports("ThreadTests.test_finalize_running_thread")]
    public async Task Threads_that_wait_for_a_lock_that_ends_are_told_so()
    {
        var gil = new GlobalInterpreterLock();
        Task Waiting()
        {
            gil.Enter();
            var waiting = OnAThread(() => { using (gil.Enter()) { } });
            gil.Dispose();
            return waiting;
        }

        var waiting = Waiting();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(() => gil.StartThread(() => { }));
    }

    // PEP 684: "a per-interpreter GIL": two locks do not exclude each other.
    [Fact(Timeout = Patience.OfATest)]
    public async Task Two_locks_are_held_at_the_same_time()
    {
        using var first = new GlobalInterpreterLock();
        using var second = new GlobalInterpreterLock();
        using var both = new Barrier(2);
        var threads = new[] { first.StartThread(() => both.SignalAndWait()), second.StartThread(() => both.SignalAndWait()) };
        await Task.WhenAll(threads.Select(thread => thread.Completion));
        Assert.Equal(1, both.CurrentPhaseNumber);
    }

    // PyThreadState_SetAsyncExc is delivered at a safe point: test_threading.test_can_interrupt_tight_loops.
    [Fact(Timeout = Patience.OfATest)]
    [Ports("ThreadTests.test_PyThreadState_SetAsyncExc", "InterruptMainTests.test_can_interrupt_tight_loops")]
    public async Task A_tight_loop_ends_at_a_checkpoint_when_it_is_cancelled()
    {
        using var gil = new GlobalInterpreterLock();
        using var cancellation = new CancellationTokenSource();
        var loop = gil.StartThread(() => { while (true) gil.Checkpoint(cancellation.Token); });
        gil.ThreadFailed += (_, _) => { };
        cancellation.Cancel();
        await loop.Completion;
        Assert.IsType<OperationCanceledException>(loop.Exception);
    }

    private static Task OnAThread(Action body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
