using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Timers and tickers, in virtual time.</summary>
internal static class TimerTwins
{
    [Twin("go/17-timers-in-order")]
    internal static void TimersInOrder(Transcript transcript) => GoTest.Run(1, async () =>
    {
        var unit = TimeSpan.FromMilliseconds(40);
        var c = new Chan<string>();
        foreach (var n in (int[])[3, 1, 4, 2]) GoTimer.AfterFunc(n * unit, async () => await c.SendAsync($"timer {n}"));
        var stopped = GoTimer.AfterFunc(TimeSpan.FromHours(1), async () => await c.SendAsync("never"));
        transcript.Print("stopped", Said(stopped.Stop()), Said(stopped.Stop()));
        for (var i = 0; i < 4; i++) transcript.Print((await c.ReceiveAsync()).Value);
        var timer = new GoTimer(TimeSpan.FromHours(1));
        transcript.Print("reset", Said(timer.Reset(unit)));
        await timer.C.ReceiveAsync();
        transcript.Print("fired", Said(timer.Stop()), Said(timer.Reset(unit)));
        await Select.Case(timer.C, (DateTimeOffset _) => transcript.Print("again"))
            .Case(GoTimer.After(20 * unit), (DateTimeOffset _) => transcript.Print("timed out"));
        var ticker = new Ticker(unit);
        for (var i = 0; i < 3; i++)
        {
            await ticker.C.ReceiveAsync();
            transcript.Print("tick", i);
        }

        ticker.Stop();
        await Select.Case(ticker.C, (DateTimeOffset _) => transcript.Print("tick after stop"))
            .Case(GoTimer.After(3 * unit), (DateTimeOffset _) => transcript.Print("quiet"));
    });

    private static string Said(bool truth) => ChannelEndTwins.Said(truth);
}
