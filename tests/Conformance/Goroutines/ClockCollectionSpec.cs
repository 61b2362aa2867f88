using System.Runtime.CompilerServices;
using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>Go 1.23: "unreferenced unstopped Tickers and Timers are garbage collected" (TestTimerGC), and used ones are not.</summary>
public sealed class ClockCollectionSpec
{
    [Pins("time.TestTimerGC")]
    [Fact]
    public void A_forgotten_ticker_is_collected()
    {
        var forgotten = Forget();
        for (var i = 0; i < 20 && forgotten.IsAlive; i++) Collect();
        Assert.False(forgotten.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Forget() => new(new Ticker(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_clock_that_a_goroutine_waits_for_is_kept() => GoTest.Run(1, async () =>
    {
        var group = new WaitGroup();
        group.Go(async () =>
        {
            // Nothing but the goroutine knows these clocks, and nothing but they know the goroutine.
            await GoTimer.After(TimeSpan.FromSeconds(5)).ReceiveAsync();
            var ticks = new Ticker(TimeSpan.FromSeconds(5)).C;
            for (var i = 0; i < 3; i++) await ticks.ReceiveAsync();
            var select = new Select();
            select.Receive(new Ticker(TimeSpan.FromSeconds(5)).C);
            await select;
        });
        for (var i = 0; i < 30; i++)
        {
            await Go.SleepAsync(TimeSpan.FromSeconds(1));
            Collect();
        }

        await group.WaitAsync();
    });

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
