using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>Package context: context_test.go, x_test.go, afterfunc_test.go.</summary>
public sealed class ContextSpec
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    // TestBackground, TestTODO
    [Pins("context.TestBackground", "context.TestTODO")]
    [Fact]
    public void The_roots_never_end()
    {
        foreach (var root in new[] { GoContext.Background, GoContext.Todo })
        {
            Assert.False(root.Done.TryReceive(out _));
            Assert.Null(root.Error);
            Assert.Null(root.Cause);
            Assert.Null(root.Deadline);
            Assert.Null(root.Value("key"));
        }

        Assert.Equal("context.Background", GoContext.Background.ToString());
        Assert.Equal("context.TODO", GoContext.Todo.ToString());
    }

    // XTestWithCancel: "c1 … canceled: ctx.Err() = context canceled"
    [Pins("context.TestWithCancel")]
    [Fact]
    public void Cancel_ends_the_context_and_is_idempotent()
    {
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        Assert.False(context.Done.TryReceive(out _));
        cancel();
        cancel();
        Assert.True(context.Done.TryReceive(out var end));
        Assert.False(end.Ok);
        Assert.Equal("context canceled", context.Error!.Message);
        Assert.Same(ContextCanceledException.Instance, context.Error);
    }

    // XTestParentFinishesChild
    [Pins("context.TestParentFinishesChild", "context.TestWithCancelCanceledParent")]
    [Fact]
    public void A_parent_ends_its_children_through_values_and_deadlines()
    {
        var (parent, cancel) = GoContext.WithCancel(GoContext.Background);
        var child = GoContext.WithCancel(parent).Context;
        var value = GoContext.WithValue(parent, "key", "value");
        var timed = GoContext.WithTimeout(value, TimeSpan.FromHours(5)).Context;
        cancel();
        foreach (var context in new[] { parent, child, value, timed })
        {
            Assert.Same(ContextCanceledException.Instance, context.Error);
            Assert.True(context.Done.TryReceive(out _));
        }

        Assert.Same(ContextCanceledException.Instance, GoContext.WithValue(parent, "key", "value").Error);
        Assert.Same(ContextCanceledException.Instance, GoContext.WithCancel(parent).Context.Error); // XTestWithCancelCanceledParent
    }

    // XTestChildFinishesFirst
    [Pins("context.TestChildFinishesFirst")]
    [Fact]
    public void A_child_that_ends_leaves_its_parent_alone()
    {
        var (parent, cancelParent) = GoContext.WithCancel(GoContext.Background);
        var (child, cancel) = GoContext.WithCancel(parent);
        cancel();
        Assert.NotNull(child.Error);
        Assert.Null(parent.Error);
        cancelParent();
    }

    // XTestDeadline, XTestTimeout: "context deadline exceeded", through layers
    [Pins("context.TestDeadline", "context.TestTimeout")]
    [Fact]
    public void A_deadline_ends_the_context() => GoTest.Run(1, async () =>
    {
        var context = GoContext.WithTimeout(GoContext.Background, Short).Context;
        await context.Done.ReceiveAsync();
        Assert.Equal("context deadline exceeded", context.Error!.Message);
        var layered =
            GoContext.WithCancel(
                GoContext.WithDeadline(GoContext.Background, GoScheduler.Current.TimeProvider.GetUtcNow() + Short).Context).Context;
        await layered.Done.ReceiveAsync();
        Assert.Same(ContextDeadlineExceededException.Instance, layered.Error);
        Assert.NotNull(GoContext.WithTimeout(GoContext.Background, -Short).Context.Error); // a deadline in the past
    });

    // "If the parent's deadline is already earlier than d, WithDeadline(parent, d) is semantically equivalent to parent."
    [Fact]
    public void An_earlier_deadline_of_the_parent_stays() => GoTest.Run(1, async () =>
    {
        var outer = GoContext.WithTimeout(GoContext.Background, Short).Context;
        var inner = GoContext.WithTimeout(outer, TimeSpan.FromHours(1)).Context;
        Assert.Equal(outer.Deadline, inner.Deadline);
        await inner.Done.ReceiveAsync();
        Assert.Same(ContextDeadlineExceededException.Instance, inner.Error);
    });

    // XTestCanceledTimeout: cancelled before its deadline it is "context canceled"
    [Pins("context.TestCanceledTimeout")]
    [Fact]
    public void A_context_cancelled_before_its_deadline_is_cancelled() => GoTest.Run(1, async () =>
    {
        var (context, cancel) = GoContext.WithTimeout(GoContext.Background, TimeSpan.FromSeconds(1));
        cancel();
        await context.Done.ReceiveAsync();
        await Go.SleepAsync(TimeSpan.FromSeconds(2));
        Assert.Same(ContextCanceledException.Instance, context.Error);
    });

    // XTestValues
    [Pins("context.TestValues")]
    [Fact]
    public void Values_are_found_in_the_nearest_context()
    {
        var outer = GoContext.WithValue(GoContext.Background, "a", 1);
        var inner = GoContext.WithValue(GoContext.WithCancel(GoContext.WithValue(outer, "b", 2)).Context, "a", 3);
        Assert.Equal((1, null), (outer.Value("a"), outer.Value("b")));
        Assert.Equal((3, 2, null), (inner.Value("a"), inner.Value("b"), inner.Value("c")));
    }

    // XTestWithValueChecksKey: "nil key"; XTestWithCancel…: "cannot create context from nil parent"
    [Pins("context.TestWithValueChecksKey", "context.TestInvalidDerivedFail")]
    [Fact]
    public void Bad_arguments_panic_with_the_texts_of_Go()
    {
        Assert.StartsWith("nil key",
            Assert.Throws<ArgumentNullException>(() => GoContext.WithValue(GoContext.Background, null!, 1)).Message);
        foreach (var make in new Action[]
        {
            () => GoContext.WithCancel(null!), () => GoContext.WithValue(null!, "k", 1), () => GoContext.WithTimeout(null!, Short),
            () => GoContext.WithCancelCause(null!), () => GoContext.WithoutCancel(null!),
        })
        {
            Assert.StartsWith("cannot create context from nil parent", Assert.Throws<ArgumentNullException>(make).Message);
        }
    }

    // XTestSimultaneousCancels, XTestInterlockedCancels
    [Pins("context.TestSimultaneousCancels", "context.TestInterlockedCancels")]
    [Fact]
    public void Parents_and_children_can_be_cancelled_at_once() => Runs(async () =>
    {
        var (root, cancelRoot) = GoContext.WithCancel(GoContext.Background);
        var contexts = new List<GoContext> { root };
        var cancels = new List<Action> { cancelRoot };
        for (var i = 0; i < 100; i++)
        {
            var (context, cancel) = GoContext.WithCancel(contexts[i / 2]);
            contexts.Add(context);
            cancels.Add(cancel);
        }

        var group = new WaitGroup();
        foreach (var cancel in cancels)
        {
            group.Go(async () =>
            {
                cancel();
                await GoTask.CompletedTask;
            });
        }

        foreach (var context in contexts) await context.Done.ReceiveAsync();
        await group.WaitAsync();
        Assert.All(contexts, context => Assert.Same(ContextCanceledException.Instance, context.Error));
    });

    // XTestLayersCancel / XTestLayersTimeout: random trees, 1000 deep
    [Pins("context.TestLayersCancel", "context.TestLayersTimeout")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_tree_of_a_thousand_layers_ends_with_its_root(int seed) => GoTest.Run(seed, async () =>
    {
        var random = new Random(seed);
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        var leaf = context;
        for (var i = 0; i < 1_000; i++)
        {
            leaf = random.Next(3) switch
            {
                0 => GoContext.WithValue(leaf, i, i * 10),
                1 => GoContext.WithCancel(leaf).Context,
                _ => GoContext.WithTimeout(leaf, TimeSpan.FromHours(1)).Context,
            };
        }

        Assert.False(leaf.Done.TryReceive(out _));
        cancel();
        await leaf.Done.ReceiveAsync();
        Assert.Same(ContextCanceledException.Instance, leaf.Error);
    });

    // XTestCause, the table
    [Pins("context.TestCause")]
    [Fact]
    public void The_cause_is_that_of_the_first_end() => GoTest.Run(1, async () =>
    {
        var (parentCause, childCause, tooSlow) = (new Exception("parent"), new Exception("child"), new Exception("too slow"));
        Check(GoContext.Background, null, null);
        Check(GoContext.Todo, null, null);

        var (plain, cancelPlain) = GoContext.WithCancel(GoContext.Background);
        cancelPlain();
        Check(plain, ContextCanceledException.Instance, ContextCanceledException.Instance);

        var (caused, cancelCaused) = GoContext.WithCancelCause(GoContext.Background);
        cancelCaused(parentCause);
        Check(caused, ContextCanceledException.Instance, parentCause);
        cancelCaused(childCause); // too late
        Check(caused, ContextCanceledException.Instance, parentCause);

        var (none, cancelNone) = GoContext.WithCancelCause(GoContext.Background);
        cancelNone(null);
        Check(none, ContextCanceledException.Instance, ContextCanceledException.Instance);

        var (parent, cancelParent) = GoContext.WithCancelCause(GoContext.Background);
        var (child, cancelChild) = GoContext.WithCancelCause(parent);
        cancelParent(parentCause);
        cancelChild(childCause);
        Check(child, ContextCanceledException.Instance, parentCause);

        (parent, cancelParent) = GoContext.WithCancelCause(GoContext.Background);
        (child, cancelChild) = GoContext.WithCancelCause(parent);
        cancelChild(childCause);
        cancelParent(parentCause);
        Check(parent, ContextCanceledException.Instance, parentCause);
        Check(child, ContextCanceledException.Instance, childCause);

        var late = GoContext.WithTimeout(GoContext.Background, Short, tooSlow).Context;
        await late.Done.ReceiveAsync();
        Check(late, ContextDeadlineExceededException.Instance, tooSlow);

        var (intime, cancelInTime) = GoContext.WithTimeout(GoContext.Background, TimeSpan.FromHours(1), tooSlow);
        cancelInTime();
        Check(intime, ContextCanceledException.Instance, ContextCanceledException.Instance);

        Check(GoContext.WithoutCancel(caused), null, null);
        Check(GoContext.WithCancel(GoContext.WithValue(caused, "k", 1)).Context, ContextCanceledException.Instance, parentCause);

        static void Check(GoContext context, Exception? error, Exception? cause)
        {
            Assert.Same(error, context.Error);
            Assert.Same(cause, context.Cause);
        }
    });

    // XTestWithoutCancel
    [Pins("context.TestWithoutCancel")]
    [Fact]
    public void Without_cancel_keeps_the_values_only()
    {
        var (parent, cancel) = GoContext.WithTimeout(GoContext.WithValue(GoContext.Background, "k", 1), TimeSpan.FromHours(1));
        var detached = GoContext.WithoutCancel(parent);
        cancel();
        Assert.Equal((1, null), (detached.Value("k"), detached.Deadline));
        Assert.Null(detached.Error);
        Assert.False(detached.Done.TryReceive(out _));
        Assert.Null(GoContext.WithCancel(detached).Context.Error);
    }

    // XTestCustomContextPropagation
    [Pins("context.TestCustomContextPropagation")]
    [Fact]
    public void A_class_of_ones_own_passes_its_end_on() => Runs(async () =>
    {
        var custom = new Custom();
        var child = GoContext.WithCancel(custom).Context;
        Assert.Null(child.Error);
        custom.End();
        await child.Done.ReceiveAsync();
        Assert.Equal("mine", child.Error!.Message);
    });

    // XTestAfterFuncCalledAfterCancel, …AfterTimeout, …Immediately
    [Pins("context.TestAfterFuncCalledAfterCancel", "context.TestAfterFuncCalledAfterTimeout", "context.TestAfterFuncCalledImmediately")]
    [Fact]
    public void AfterFunc_starts_a_goroutine_when_the_context_ends() => GoTest.Run(1, async () =>
    {
        var called = new WaitGroup();
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        called.Add(3);
        GoContext.AfterFunc(context, Call);
        await GoTest.IdleAsync();
        Assert.Equal(3, called.Count);
        cancel();
        await GoTest.IdleAsync();
        Assert.Equal(2, called.Count);
        GoContext.AfterFunc(context, Call); // ended already: at once
        GoContext.AfterFunc(GoContext.WithTimeout(GoContext.Background, Short).Context, Call);
        await called.WaitAsync();

        async GoTask Call()
        {
            called.Done();
            await GoTask.CompletedTask;
        }
    });

    // XTestAfterFuncNotCalledAfterStop
    [Pins("context.TestAfterFuncNotCalledAfterStop")]
    [Fact]
    public void A_stopped_AfterFunc_is_not_started() => GoTest.Run(1, async () =>
    {
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        var stop = GoContext.AfterFunc(context, () => throw new InvalidOperationException("started"));
        Assert.True(stop());
        Assert.False(stop());
        cancel();
        await GoTest.IdleAsync();
    });

    [Fact]
    public void Contexts_and_tokens_end_each_other()
    {
        using var source = new CancellationTokenSource();
        var (context, _) = GoContext.WithToken(GoContext.Background, source.Token);
        Assert.Null(context.Error);
        source.Cancel();
        Assert.Same(ContextCanceledException.Instance, context.Error);
        Assert.Equal(source.Token, Assert.IsType<OperationCanceledException>(context.Cause).CancellationToken);
        Assert.True(context.AsToken().IsCancellationRequested);
        Assert.False(GoContext.Background.AsToken().CanBeCanceled);

        var (other, cancel) = GoContext.WithCancel(GoContext.Background);
        var cancelled = new ManualResetEventSlim();
        using var registration = other.AsToken().Register(cancelled.Set);
        Assert.False(cancelled.IsSet);
        cancel();
        Assert.True(cancelled.Wait(TimeSpan.FromSeconds(30)));
    }

    private sealed class Custom : GoContext
    {
        private readonly Chan<Unit> _done = new();
        private Exception? _error;

        public override DateTimeOffset? Deadline => null;

        public override IReceiveChan<Unit> Done => _done;

        public override Exception? Error => _error;

        public override object? Value(object key) => null;

        internal void End()
        {
            _error = new Exception("mine");
            _done.Close();
        }
    }
}
