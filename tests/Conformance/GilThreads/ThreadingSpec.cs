using Quintet.GilThreads;

namespace Quintet.Tests.Conformance.GilThreads;

/// <summary>The portable part of CPython's Lib/test/test_threading.py: thread objects under the lock.</summary>
public sealed class ThreadingSpec : IDisposable
{
    private readonly GlobalInterpreterLock _gil = new();

    public void Dispose() => _gil.Dispose();

    // test_name: "thread = threading.Thread(name=\"myname\"); self.assertEqual(thread.name, \"myname\")".
    [Fact(Timeout = Patience.OfATest)]
    public async Task A_thread_has_the_name_that_it_was_given()
    {
        var thread = _gil.StartThread(() => { }, "myname");
        Assert.Equal("myname", thread.Name);
        await thread.Completion;
    }

    // test_name: "mock.patch.object(threading, '_counter', …): self.assertEqual(thread.name, \"Thread-5\")".
    [Fact(Timeout = Patience.OfATest)]
    public async Task A_thread_without_a_name_is_numbered()
    {
        var (first, second) = (_gil.StartThread(() => { }), _gil.StartThread(() => { }));
        Assert.Matches("^Thread-[0-9]+$", first.Name);
        Assert.NotEqual(first.Name, second.Name);
        await Task.WhenAll(first.Completion, second.Completion);
    }

    // test_foreign_thread and ident: the identity seen inside is the one seen outside.
    [Fact(Timeout = Patience.OfATest)]
    public async Task Its_identity_is_the_same_inside_and_outside()
    {
        var inside = 0;
        var thread = _gil.StartThread(() => inside = Environment.CurrentManagedThreadId);
        await thread.Completion;
        Assert.Equal(thread.ManagedThreadId, inside);
    }

    // test_daemon_param: "t = threading.Thread(); assertFalse(t.daemon) … t = threading.Thread(daemon=True); assertTrue(t.daemon)".
    [Theory(Timeout = Patience.OfATest)]
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
    [Fact(Timeout = Patience.OfATest)]
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
    [Fact(Timeout = Patience.OfATest)]
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
    [Fact]
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
    [Fact(Timeout = Patience.OfATest)]
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
}
