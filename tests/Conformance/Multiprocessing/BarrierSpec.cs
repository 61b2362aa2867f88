using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>The portable part of CPython's _TestBarrier, and what becomes of a barrier whose party dies.</summary>
public sealed class BarrierSpec
{
    // All have arrived before anybody goes on; again and again; in processes.
    [Theory(Timeout = Patience.OfATest)]
    [Ports(
        "_TestBarrier.test_barrier",
        "_TestBarrier.test_barrier_10",
        "_TestBarrier.test_thousand",
        "lock_tests.BarrierTests.test_barrier",
        "lock_tests.BarrierTests.test_barrier_10")]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(300)]
    public async Task Nobody_goes_on_before_all_have_arrived(int rounds)
    {
        using var barrier = new ProcessBarrier(2);
        using var met = new SharedArray<int>(rounds);
        await using var other = WorkerProcess.Start(SharedFunctions.Meet, barrier, rounds, met);
        await OnOtherThread(() =>
        {
            SharedFunctions.Meet(barrier, rounds, met);
            return 0;
        });
        Assert.Equal(0, await other.WaitAsync());
        Assert.Equal((2, 0, false), (barrier.ParticipantCount, barrier.WaitingCount, barrier.IsBroken));
    }

    // wait() gives each party another number.
    [Fact(Timeout = Patience.OfATest)]
    [Ports(
        "_TestBarrier.test_wait_return",
        "_TestBarrier.test_single_thread",
        "lock_tests.BarrierTests.test_wait_return",
        "lock_tests.BarrierTests.test_single_thread",
        "lock_tests.BarrierTests.test_constructor")]
    public async Task Each_party_has_a_number_of_its_own()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessBarrier(0));
        using var barrier = new ProcessBarrier(4);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OnOtherThread(() => barrier.SignalAndWait())));
        Assert.Equal([0, 1, 2, 3], numbers.Order());
        using var alone = new ProcessBarrier(1);
        Assert.Equal(0, alone.SignalAndWait());
        Assert.Equal(0, alone.SignalAndWait());
    }

    // abort(): who waits and who comes gets BrokenBarrierError; after reset() it is whole again.
    [Fact(Timeout = Patience.OfATest)]
    [Ports(
        "_TestBarrier.test_abort",
        "_TestBarrier.test_abort_and_reset",
        "lock_tests.BarrierTests.test_abort",
        "lock_tests.BarrierTests.test_abort_and_reset")]
    public async Task An_aborted_barrier_is_broken_until_it_is_reset()
    {
        using var barrier = new ProcessBarrier(2);
        var waiting = OnOtherThread(() => barrier.SignalAndWait());
        await Until(() => barrier.WaitingCount == 1);
        barrier.Abort();
        await Assert.ThrowsAsync<BrokenProcessBarrierException>(() => waiting);
        Assert.True(barrier.IsBroken);
        Assert.Throws<BrokenProcessBarrierException>(() => { barrier.SignalAndWait(); });
        barrier.Reset();
        await MeetsNow(barrier);
    }

    // reset() while somebody waits: that one gets BrokenBarrierError, and the barrier is not broken.
    [Fact(Timeout = Patience.OfATest), Ports("_TestBarrier.test_reset", "lock_tests.BarrierTests.test_reset")]
    public async Task Reset_turns_away_who_waits()
    {
        using var barrier = new ProcessBarrier(2);
        var waiting = OnOtherThread(() => barrier.SignalAndWait());
        await Until(() => barrier.WaitingCount == 1);
        barrier.Reset();
        await Assert.ThrowsAsync<BrokenProcessBarrierException>(() => waiting);
        Assert.False(barrier.IsBroken);
        await MeetsNow(barrier);
    }

    // wait(timeout): who is left waiting gets BrokenBarrierError, and so does who comes late.
    [Fact, Ports("_TestBarrier.test_timeout", "lock_tests.BarrierTests.test_timeout")]
    public void Whoever_gives_up_breaks_the_barrier()
    {
        using var barrier = new ProcessBarrier(2);
        Assert.Throws<BrokenProcessBarrierException>(() => { barrier.SignalAndWait(TimeSpan.FromMilliseconds(5)); });
        Assert.Throws<BrokenProcessBarrierException>(() => { barrier.SignalAndWait(); });
        barrier.Reset();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => { barrier.SignalAndWait(cancelled.Token); });
        Assert.True(barrier.IsBroken);
    }

    [Theory(Timeout = Patience.OfATest)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_party_that_is_killed_while_it_waits_breaks_the_barrier(bool beforeTheOthersCome)
    {
        using var barrier = new ProcessBarrier(beforeTheOthersCome ? 2 : 3);
        await using var victim = WorkerProcess.Start(SharedFunctions.MeetOnce, barrier);
        await Until(() => barrier.WaitingCount == 1);
        var waiting = beforeTheOthersCome ? null : OnOtherThread(() => barrier.SignalAndWait());
        victim.Kill();
        await victim.WaitAsync();
        if (waiting is not null) await Assert.ThrowsAsync<BrokenProcessBarrierException>(() => waiting);
        else Assert.Throws<BrokenProcessBarrierException>(() => { barrier.SignalAndWait(); });
    }

    private static async Task MeetsNow(ProcessBarrier barrier)
    {
        var numbers = await Task.WhenAll(OnOtherThread(() => barrier.SignalAndWait()), OnOtherThread(() => barrier.SignalAndWait()));
        Assert.Equal([0, 1], numbers.Order());
    }

    private static Task<T> OnOtherThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task Until(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(5, TestContext.Current.CancellationToken);
    }
}
