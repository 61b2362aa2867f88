using System.Runtime.CompilerServices;
using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>The rest of sync/oncefunc_test.go, cond_test.go and rwmutex_test.go.</summary>
public sealed class OnceSpec
{
    // Two values at once are a tuple here.
    [Pins("sync.TestOnceValues")]
    [Fact]
    public void OnceValue_keeps_several_values()
    {
        var calls = 0;
        var values = Once.Value(() => (++calls, calls + 1));
        Assert.Equal((1, 2), values());
        Assert.Equal((1, 2), values());
        Assert.Equal(1, calls);
    }

    // A panic is repeated with the same value on every call, for OnceValue and OnceValues as for OnceFunc.
    [Pins("sync.TestOnceValuePanic", "sync.TestOnceValuesPanic")]
    [Fact]
    public void OnceValue_panics_with_the_same_value_on_every_call()
    {
        var calls = 0;
        var value = Once.Value(int () =>
        {
            calls++;
            throw new FormatException("x");
        });
        var first = Assert.Throws<FormatException>(() => value());
        Assert.Same(first, Assert.Throws<FormatException>(() => value()));
        Assert.Equal(1, calls);
    }

    // The first panic's trace names the function that panicked.
    [Pins("sync.TestOnceFuncPanicTraceback")]
    [Fact]
    public void The_trace_of_a_repeated_panic_names_who_threw()
    {
        var function = Once.Func(Throwing);
        for (var i = 0; i < 2; i++)
            Assert.Contains(nameof(Throwing), Assert.Throws<FormatException>(function).StackTrace, StringComparison.Ordinal);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Throwing() => throw new FormatException("x");
    }

    // A function that leaves its goroutine has been called: it is not called again.
    [Pins("sync.TestOnceFuncGoexit")]
    [Fact]
    public void A_function_that_exits_is_not_called_again() => Runs(async () =>
    {
        var calls = 0;
        var function = Once.Func(() =>
        {
            calls++;
            Go.Exit();
        });
        for (var i = 0; i < 3; i++)
        {
            var group = new WaitGroup();
            group.Go(async () =>
            {
                function();
                await GoTask.CompletedTask;
            });
            await group.WaitAsync();
        }

        Assert.Equal(1, calls);
    });

    // The function is needed until it has run, and garbage afterwards, also when it panicked.
    [Pins("sync.TestOnceXGC")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_function_is_collected_after_its_call(bool throws)
    {
        var (function, needed) = Make(throws);
        GC.Collect();
        Assert.True(needed.IsAlive);
        Call(function);
        for (var i = 0; i < 20 && needed.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(needed.IsAlive);
        GC.KeepAlive(function);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (Action Function, WeakReference Needed) Make(bool throws)
        {
            var buffer = new byte[1_000];
            var function = Once.Func(() =>
            {
                buffer[0] = 1;
                if (throws) throw new FormatException();
            });
            return (function, new WeakReference(buffer));
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Call(Action function)
        {
            try
            {
                function();
            }
            catch (FormatException)
            {
            }
        }
    }

    // Three kinds of waiters on one condition: who set it waits for two others to have seen it, in any order of their coming.
    [Pins("sync.TestRace")]
    [Fact]
    public void Stages_of_a_condition_are_passed_in_order() => GoTest.Explore(300, async () =>
    {
        var mutex = new GoMutex();
        var cond = new Cond(mutex);
        var x = 0;
        var group = new WaitGroup();
        group.Go(async () => await Stage(0, 1));
        group.Go(async () => await Stage(1, 2));
        group.Go(async () => await Stage(2, 3));
        await group.WaitAsync();
        Assert.Equal(3, x);

        async GoTask Stage(int expected, int next)
        {
            await mutex.LockAsync();
            while (x != expected) await cond.WaitAsync();
            x = next;
            cond.Broadcast();
            mutex.Unlock();
        }
    });

    // Readers hold the lock together: each waits inside for all the others.
    [Pins("sync.TestParallelReaders")]
    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 4)]
    [InlineData(4, 2)]
    public void All_readers_can_be_inside_at_once(int readers, int maxProcs) => Runs(async () =>
    {
        var mutex = new GoRWMutex();
        var (locked, unlock, done) = (new Chan<bool>(), new Chan<bool>(), new Chan<bool>());
        for (var i = 0; i < readers; i++)
        {
            Go.Run(async () =>
            {
                await mutex.RLockAsync();
                await locked.SendAsync(true);
                await unlock.ReceiveAsync();
                mutex.RUnlock();
                await done.SendAsync(true);
            });
        }

        for (var i = 0; i < readers; i++) await locked.ReceiveAsync();
        Assert.False(mutex.TryLock());
        for (var i = 0; i < readers; i++) await unlock.SendAsync(true);
        for (var i = 0; i < readers; i++) await done.ReceiveAsync();
        Assert.True(mutex.TryLock());
    }, maxProcs);
}
