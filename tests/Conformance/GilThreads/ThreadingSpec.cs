using System.Runtime.CompilerServices;
using Quintet.GilThreads;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.GilThreads;

/// <summary>The portable part of CPython's Lib/test/test_threading.py: thread objects under the lock.</summary>
public sealed class ThreadingSpec : IDisposable
{
    private readonly GlobalInterpreterLock _gil = new();

    public void Dispose() => _gil.Dispose();

    // test_name: "thread = threading.Thread(name=\"myname\"); self.assertEqual(thread.name, \"myname\")".
    [Fact(Timeout = Patience.OfATest), Ports("ThreadTests.test_name")]
    public async Task A_thread_has_the_name_that_it_was_given()
    {
        var thread = _gil.StartThread(() => { }, "myname");
        Assert.Equal("myname", thread.Name);
        await thread.Completion;
    }

    // test_name: "mock.patch.object(threading, '_counter', …): self.assertEqual(thread.name, \"Thread-5\")".
    [Fact(Timeout = Patience.OfATest), Ports("ThreadTests.test_name")]
    public async Task A_thread_without_a_name_is_numbered()
    {
        var (first, second) = (_gil.StartThread(() => { }), _gil.StartThread(() => { }, ""));
        Assert.Matches("^Thread-[0-9]+$", first.Name);
        Assert.Matches("^Thread-[0-9]+$", second.Name);
        Assert.NotEqual(first.Name, second.Name);
        await Task.WhenAll(first.Completion, second.Completion);
    }

    // test_foreign_thread and ident: the identity seen inside is the one seen outside.
    [Fact(Timeout = Patience.OfATest), Ports("ThreadTests.test_ident_of_no_threading_threads")]
    public async Task Its_identity_is_the_same_inside_and_outside()
    {
        var inside = 0;
        var thread = _gil.StartThread(() => inside = Environment.CurrentManagedThreadId);
        await thread.Completion;
        Assert.Equal(thread.ManagedThreadId, inside);
    }

    // test_daemon_param: "t = threading.Thread(); assertFalse(t.daemon) … t = threading.Thread(daemon=True); assertTrue(t.daemon)".
    [Theory(Timeout = Patience.OfATest), Ports("ThreadTests.test_daemon_param")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_a_background_thread_lets_the_process_end(bool background)
    {
        using var release = new ManualResetEventSlim();
        var thread = _gil.StartThread(() => _gil.AllowThreads(release.Wait), background: background);
        Assert.Equal(background, thread.IsBackground);
        release.Set();
        await thread.Completion;
    }

    // test_is_alive_after_…: alive until it ends; "join()" returns when it has.
    [Fact(Timeout = Patience.OfATest), Ports("ThreadTests.test_join_with_timeout")]
    public async Task It_is_alive_until_it_has_ended()
    {
        using var release = new ManualResetEventSlim();
        var thread = _gil.StartThread(() => _gil.AllowThreads(release.Wait));
        Assert.True(thread.IsAlive);
        Assert.False(thread.Join(TimeSpan.Zero));
        release.Set();
        Assert.True(thread.Join(Patience.OfAWait));
        Assert.False(thread.IsAlive);
        await thread.Completion;
    }

    // test_joining_current_thread: "current_thread = threading.current_thread(); self.assertRaises(RuntimeError, current_thread.join)".
    [Fact(Timeout = Patience.OfATest), Ports("ThreadingExceptionTests.test_joining_current_thread")]
    public async Task Joining_oneself_is_an_error()
    {
        GilThread? self = null;
        Exception? thrown = null;
        using (_gil.Enter()) self = _gil.StartThread(() => thrown = Record.Exception(self!.Join));
        await self.Completion;
        Assert.IsType<GilMisuseException>(thrown);
    }

    // test_various_ops joins its threads while holding the lock: a join lets it go, or nobody could end.
    [Fact]
    public void Joining_while_holding_the_lock_lets_the_thread_run()
    {
        using (_gil.Enter())
        {
            var ran = false;
            Assert.True(_gil.StartThread(() => ran = true).Join(Patience.OfAWait));
            Assert.True(ran);
            Assert.True(_gil.IsHeldByCurrentThread);
        }
    }

    // ExceptHookTests.test_custom_excepthook: the hook gets "args.thread" and "args.exc_value"; join does not raise.
    [Fact, Ports("ExceptHookTests.test_custom_excepthook")]
    public void An_exception_goes_to_the_hook_and_not_to_who_joins()
    {
        (GilThread Thread, Exception Exception)? seen = null;
        _gil.ThreadFailed += (failed, exception) => seen = (failed, exception);
        var thread = _gil.StartThread(() => throw new FormatException("bad"));
        Assert.True(thread.Join(Patience.OfAWait));
        Assert.Same(thread, seen?.Thread);
        Assert.Same(thread.Exception, seen?.Exception);
        Assert.IsType<FormatException>(thread.Exception);
    }

    // A thread that has failed has released the lock: others go on (test_print_exception: the process ends normally).
    [Fact(Timeout = Patience.OfATest), Ports("ThreadingExceptionTests.test_print_exception")]
    public async Task A_thread_that_fails_leaves_the_lock()
    {
        _gil.ThreadFailed += (_, _) => { };
        await _gil.StartThread(() => throw new FormatException("bad")).Completion;
        Assert.True(_gil.TryEnter(TimeSpan.FromSeconds(30), out var scope));
        scope.Dispose();
    }

    // LockType.acquire(timeout=…): false when the time is over; and then nothing is held.
    [Fact(Timeout = Patience.OfATest)]
    public async Task Trying_for_a_held_lock_gives_up()
    {
        using var begun = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var holder = _gil.StartThread(() => { begun.Set(); release.Wait(); });
        Assert.True(begun.Wait(Patience.OfAWait));

        var tried = _gil.TryEnter(TimeSpan.FromMilliseconds(1), out _) || _gil.TryEnter(TimeSpan.Zero, out _);

        Assert.False(tried);
        Assert.False(_gil.IsHeldByCurrentThread);
        release.Set();
        await holder.Completion;
    }

    // "Create a bunch of threads, let each do some work, wait until all are done": "no more than 3 of the 10 can run at once".
    [Fact(Timeout = Patience.OfATest), Ports("ThreadTests.test_various_ops")]
    public async Task Threads_wait_for_each_other_without_the_lock()
    {
        using var permits = new SemaphoreSlim(3);
        using var inside = new Barrier(3);
        var (running, most) = (0, 0);
        var threads = Enumerable.Range(0, 9).Select(number => _gil.StartThread(
            () =>
            {
                _gil.AllowThreads(permits.Wait);
                most = Math.Max(most, ++running);

                // All three that may be here are.
                _gil.AllowThreads(() => inside.SignalAndWait());
                running--;
                permits.Release();
            },
            $"<thread {number}>")).ToArray();
        foreach (var thread in threads) await thread.Completion;
        Assert.All(threads, static thread => Assert.Null(thread.Exception));
        Assert.Equal((0, 3, 9), (running, most, threads.Select(static thread => thread.ManagedThreadId).Distinct().Count()));
    }

    // "Thread.join() should be thread-safe": from threads with the lock and without it, before and after the end.
    [Fact(Timeout = Patience.OfATest), Ports("ThreadTests.test_join_from_multiple_threads")]
    public async Task Any_number_of_threads_may_join_one()
    {
        using var release = new ManualResetEventSlim();
        var joined = _gil.StartThread(() => _gil.AllowThreads(release.Wait));
        var joiners = Enumerable.Range(0, 8).Select(_ => _gil.StartThread(joined.Join)).ToArray();
        var outside = Task.Factory.StartNew(joined.Join, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        release.Set();
        await Task.WhenAll(joiners.Select(static joiner => joiner.Completion).Append(outside));
        Assert.All(joiners, static joiner => Assert.Null(joiner.Exception));
        joined.Join();
    }

    // "The links in this refcycle from Thread back to self should be cleaned up when the thread completes", whether it failed or not.
    [Theory(Timeout = Patience.OfATest), Ports("ThreadTests.test_no_refcycle_through_target")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_thread_that_has_ended_does_not_keep_what_it_ran(bool fails)
    {
        _gil.ThreadFailed += static (_, _) => { };
        var (thread, target) = Begin(_gil, fails);
        await thread.Completion;
        while (target.IsAlive)
        {
            GC.Collect();
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
        Assert.Equal(fails, thread.Exception is not null);
    }

    // Without a hook the failure is written to sys.stderr, with the thread's name; a hook that fails is written there, too; without a
    // stderr nothing is written, and nothing happens. In a process of its own, which has an error stream of its own.
    [Fact(Timeout = Patience.OfATest)]
    [Ports(
        "ExceptHookTests.test_excepthook",
        "ExceptHookTests.test_custom_excepthook_fail",
        "ExceptHookTests.test_original_excepthook",
        "ThreadingExceptionTests.test_print_exception_stderr_is_none_1",
        "ThreadingExceptionTests.test_print_exception_stderr_is_none_2")]
    public async Task A_failure_is_told_to_the_error_stream_if_nobody_else_can_be_told()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        var byDefault = await pool.RunAsync(FailingThreads.ByDefault);
        Assert.StartsWith($"Exception in thread excepthook thread:{Environment.NewLine}", byDefault, StringComparison.Ordinal);
        Assert.Contains("run failed", byDefault, StringComparison.Ordinal);
        Assert.Contains(nameof(FailingThreads.Fail), byDefault, StringComparison.Ordinal);
        var hookFails = await pool.RunAsync(FailingThreads.WithAHookThatFails);
        Assert.Contains("run failed", hookFails, StringComparison.Ordinal);
        Assert.Contains("hook failed", hookFails, StringComparison.Ordinal);
        Assert.Equal("Running a thread failed", await pool.RunAsync(FailingThreads.WithAHook));
        Assert.Equal(byDefault, await pool.RunAsync(FailingThreads.ByDefault));
        Assert.True(await pool.RunAsync(FailingThreads.WithoutAnErrorStream));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GilThread Thread, WeakReference Target) Begin(GlobalInterpreterLock gil, bool fails)
    {
        var target = new byte[100];
        var thread = gil.StartThread(() =>
        {
            target[0] = 1;
            if (fails) throw new FormatException("bad");
        });
        return (thread, new WeakReference(target));
    }

    // A thread that ends gives back what it had: PyThreadState_Clear, PyThreadState_DeleteCurrent.
    [Fact(Timeout = Patience.OfATest)]
    public async Task A_thread_that_forgot_to_leave_fails_and_the_lock_goes_on()
    {
        _gil.ThreadFailed += static (_, _) => { };
        var thread = _gil.StartThread(() => _ = _gil.Enter());
        await thread.Completion;
        Assert.IsType<GilMisuseException>(thread.Exception);
        using (_gil.Enter()) Assert.True(_gil.IsHeldByCurrentThread);
        var careful = _gil.StartThread(() => _gil.Enter().Dispose());
        await careful.Completion;
        Assert.Null(careful.Exception);
    }

    // The same of a thread that is nobody's: CPython hangs; here who waits is told.
    [Fact(Timeout = Patience.OfATest)]
    public async Task Who_waits_for_a_thread_that_ended_with_the_lock_is_told()
    {
        await Task.Run(() =>
        {
            var thread = new Thread(() => _ = _gil.Enter());
            thread.Start();
            thread.Join();
            Assert.Throws<GilMisuseException>(() => _gil.Enter().Dispose());
        });
    }
}
