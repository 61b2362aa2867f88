using System.Runtime.CompilerServices;
using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>The rest of context_test.go and x_test.go: races, costs, and what a context keeps.</summary>
public sealed class ContextEdgesSpec
{
    // The error of a deadline is a time-out to whoever asks for one.
    [Pins("context.TestDeadlineExceededSupportsTimeout")]
    [Fact]
    public void The_error_of_a_deadline_is_a_time_out()
    {
        Assert.IsType<TimeoutException>(ContextDeadlineExceededException.Instance, exactMatch: false);
        Assert.IsNotType<TimeoutException>(ContextCanceledException.Instance, exactMatch: false);
    }

    // Go's stacks grow; ours do not. A context asks and ends what is above and below it without a call for each.
    [Fact]
    public void A_tree_of_contexts_may_be_a_hundred_thousand_deep() => Runs(async () =>
    {
        var why = new FormatException();
        var (root, cancel) = GoContext.WithCancelCause(GoContext.WithValue(GoContext.Background, "key", 7));
        var (leaf, values) = (root, root);
        for (var i = 0; i < 100_000; i++)
        {
            (leaf, _) = GoContext.WithCancel(leaf);
            values = GoContext.WithValue(values, i, i);
        }

        Assert.Equal(7, leaf.Value("key"));
        Assert.Equal(7, values.Value("key"));
        Assert.Null(values.Value("another key"));
        Assert.Null(leaf.Deadline);
        Assert.Null(values.Error);
        Assert.EndsWith(".WithCancel", leaf.ToString(), StringComparison.Ordinal);
        cancel(why);
        Assert.False((await leaf.Done.ReceiveAsync()).Ok);
        Assert.False((await values.Done.ReceiveAsync()).Ok);
        Assert.Same(why, leaf.Cause);
        Assert.Same(why, values.Cause);
    });

    // Whether a parent ends before, while or after its child is made: the child ends, and with the parent's cause.
    [Pins("context.TestWithCancelSimultaneouslyCanceledParent")]
    [Fact]
    public void A_child_that_is_made_while_its_parent_ends_ends_too() => Runs(async () =>
    {
        var why = new FormatException();
        for (var i = 0; i < 2_000; i++)
        {
            var (parent, cancel) = GoContext.WithCancelCause(GoContext.Background);
            Go.Run(async () =>
            {
                cancel(why);
                await GoTask.CompletedTask;
            });
            var (child, _) = GoContext.WithCancel(parent);
            await child.Done.ReceiveAsync();
            Assert.Same(why, child.Cause);
        }
    });

    // Whoever sees the error sees its cause.
    [Pins("context.TestCauseRace")]
    [Fact]
    public void The_cause_is_there_when_the_error_is() => Runs(async () =>
    {
        var why = new FormatException();
        for (var i = 0; i < 500; i++)
        {
            var (context, cancel) = GoContext.WithCancelCause(GoContext.Background);
            Go.Run(async () =>
            {
                cancel(why);
                await GoTask.CompletedTask;
            });
            while (true)
            {
                if (context.Error is not null) break;
                await Go.Yield();
            }

            Assert.Same(why, context.Cause);
        }
    });

    // A child that was cancelled is forgotten by its parent, and so is what waits for its end.
    [Pins("context.TestCancelRemoves")]
    [Fact]
    public void A_parent_forgets_children_that_were_cancelled()
    {
        var (parent, cancel) = GoContext.WithCancel(GoContext.Background);
        var (ended, kept) = Children(parent);
        for (var i = 0; i < 20 && ended.Any(item => item.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.All(ended, item => Assert.False(item.IsAlive));
        Assert.True(kept.IsAlive); // the near miss: this one was not cancelled
        cancel();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference[] Ended, WeakReference Kept) Children(GoContext parent)
        {
            var (plain, cancelPlain) = GoContext.WithCancel(parent);
            var (timed, cancelTimed) = GoContext.WithTimeout(parent, TimeSpan.FromHours(1));
            object target = new();
            var stop = GoContext.AfterFunc(parent, () =>
            {
                GC.KeepAlive(target);
                return GoTask.CompletedTask;
            });
            var kept = new WeakReference(GoContext.WithCancel(parent).Context);
            cancelPlain();
            cancelTimed();
            stop();
            return ([new(plain), new(timed), new(target)], kept);
        }
    }

    // A goroutine is needed only to watch a context of a class that we do not know, and it ends with either.
    [Pins("context.TestCustomContextGoroutines")]
    [Fact]
    public void Only_a_class_of_ones_own_costs_a_goroutine() => Runs(async () =>
    {
        var (ours, cancelOurs) = GoContext.WithCancel(GoContext.Background);
        var own = new Own(new Chan<Unit>());
        var wrapped = new Own(ours.Done);
        var (first, cancelFirst) = GoContext.WithCancel(GoContext.WithValue(ours, "k", 1));
        GoContext.WithCancel(first);
        Assert.Equal(1, Go.GoroutineCount);
        var (second, cancelSecond) = GoContext.WithCancel(own);
        Assert.Equal(2, Go.GoroutineCount);
        GoContext.WithCancel(second);
        Assert.Equal(2, Go.GoroutineCount);
        GoContext.WithCancel(wrapped);
        Assert.Equal(3, Go.GoroutineCount);
        cancelSecond();
        cancelOurs();
        while (Go.GoroutineCount > 1) await Go.Yield();
        cancelFirst();
    });

    // Asking a context costs nothing, however deep it is.
    [Pins("context.TestAllocs")]
    [Fact]
    public void Asking_a_context_allocates_nothing()
    {
        var context = GoContext.WithValue(GoContext.WithTimeout(GoContext.Background, TimeSpan.FromHours(1)).Context, "k", "v");
        var allocated = long.MaxValue;
        for (var batch = 0; batch < 2_000 && allocated > 0; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                _ = context.Done;
                _ = context.Error;
                _ = context.Cause;
                _ = context.Deadline;
                _ = context.Value("k");
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    // The function runs in a goroutine of its own: cancel does not wait for it.
    [Pins("context.TestAfterFuncCalledAsynchronously")]
    [Fact]
    public void Cancel_does_not_wait_for_what_it_starts() => Runs(async () =>
    {
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        var channel = new Chan<int>();
        GoContext.AfterFunc(context, async () => await channel.SendAsync(7)); // nobody receives before cancel has returned
        cancel();
        Assert.Equal(7, (await channel.ReceiveAsync()).Value);
    });

    private sealed class Own(IReceiveChan<Unit> done) : GoContext
    {
        public override DateTimeOffset? Deadline => null;

        public override IReceiveChan<Unit> Done => done;

        public override Exception? Error => null;

        public override object? Value(object key) => null;
    }
}
