using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Trees of contexts and what ends them; timers and tickers that are stopped, reset and late.</summary>
internal sealed class ContextTreeTwins(Transcript t)
{
    [Twin("go/32-contexts-and-clocks")]
    internal static void ContextsAndClocks(Transcript transcript)
    {
        var twins = new ContextTreeTwins(transcript);
        GoTest.Run(1, twins.TreesAndDeadlines);
        transcript.Print("--", "waiting");
        SchedulingTwins.Run(twins.Waiting);
        transcript.Print("--", "timers");
        GoTest.Run(1, twins.TimersAndTickers);
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static string Said(bool value) => value ? "true" : "false";

    private static string Said(GoContext context) => context.Error?.Message ?? "<nil>";

    private async GoTask TreesAndDeadlines()
    {
        t.Print("--", "tree");
        await Tree();
        t.Print("--", "deadlines");
        await Deadlines();
    }

    private async GoTask TimersAndTickers()
    {
        await Timers();
        await Tickers();
    }

    private async GoTask Tree()
    {
        var (root, cancelRoot) = GoContext.WithCancel(GoContext.WithValue(GoContext.Background, "name", "root"));
        var (left, cancelLeft) = GoContext.WithCancel(root);
        var (right, _) = GoContext.WithTimeout(GoContext.WithValue(root, "name", "right"), TimeSpan.FromHours(1));
        var (leaf, _) = GoContext.WithCancel(GoContext.WithValue(left, "leaf", 1));
        t.Print(left.Value("name"), right.Value("name"), leaf.Value("leaf"), right.Value("leaf") ?? "<nil>");
        t.Print(Said(right.Deadline is not null), Said(leaf.Deadline is not null));
        cancelLeft();
        t.Print(Said(root), Said(left), Said(leaf), Said(right));
        cancelRoot();
        cancelRoot();
        t.Print(Said(root), Said(right), Said(right.Error is ContextCanceledException));
        var (late, cancelLate) = GoContext.WithCancel(right);
        t.Print(Said(late));
        cancelLate();
        await Select.Case(late.Done, _ => t.Print("late is done")).Default(() => t.Print("never"));
        t.Print(Said(GoContext.Background.Done is Chan<Unit> done && done == Chan<Unit>.Nil), Said(GoContext.Background));
    }

    private async GoTask Deadlines()
    {
        var (context, cancel) = GoContext.WithTimeout(GoContext.Background, TimeSpan.Zero);
        t.Print(Said(context));
        cancel();
        t.Print(Said(context));
        var (parent, _) = GoContext.WithTimeout(GoContext.Background, Ms(100));
        var (child, cancelChild) = GoContext.WithTimeout(parent, TimeSpan.FromHours(1));
        t.Print(Said(parent.Deadline == child.Deadline));
        await child.Done.ReceiveAsync();
        t.Print(Said(child), Said(child.Error is ContextDeadlineExceededException), Said(parent));
        cancelChild();
        t.Print(Said(child));
    }

    private async GoTask Waiting()
    {
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        var done = new Chan<string>();
        for (var i = 0; i < 3; i++)
        {
            var n = i;
            Go.Run(async () =>
            {
                await context.Done.ReceiveAsync();
                await done.SendAsync($"waiter {n} {Said(context)}");
            });
        }

        await Go.Yield();
        await Go.Yield();
        cancel();
        for (var i = 0; i < 3; i++) t.Print((await done.ReceiveAsync()).Value);
    }

    private async GoTask Timers()
    {
        var timer = new GoTimer(TimeSpan.FromHours(1));
        t.Print(Said(timer.Stop()), Said(timer.Stop()), Said(timer.Reset(Ms(20))));
        await timer.C.ReceiveAsync();
        t.Print("fired", Said(timer.Stop()), Said(timer.Reset(TimeSpan.FromHours(1))), Said(timer.Reset(Ms(20))));
        await timer.C.ReceiveAsync();
        var fired = new Chan<string>(4);
        var function = GoTimer.AfterFunc(Ms(20), async () => await fired.SendAsync("function"));
        t.Print((await fired.ReceiveAsync()).Value, Said(function.Stop()), Said(function.Reset(Ms(20))));
        t.Print((await fired.ReceiveAsync()).Value);
        var never = GoTimer.AfterFunc(TimeSpan.FromHours(1), async () => await fired.SendAsync("never"));
        t.Print(Said(never.Stop()), Said(never.Stop()));
        foreach (var d in new[] { 150, 50, 250 }) GoTimer.AfterFunc(Ms(d), async () => await fired.SendAsync("after " + d));
        for (var i = 0; i < 3; i++) t.Print((await fired.ReceiveAsync()).Value);
        await Select.Case(GoTimer.After(Ms(50)), _ => t.Print("timed out")).Case(fired, v => t.Print("never", v));
    }

    private async GoTask Tickers()
    {
        var ticker = new Ticker(Ms(20));
        for (var i = 0; i < 3; i++)
        {
            await ticker.C.ReceiveAsync();
            t.Print("tick", i);
        }

        ticker.Reset(TimeSpan.FromHours(1));
        ticker.Stop();
        await Select.Case(ticker.C, _ => t.Print("never")).Case(GoTimer.After(Ms(60)), _ => t.Print("stopped"));
        ticker.Reset(Ms(20));
        await ticker.C.ReceiveAsync();
        t.Print("ticks again");
        ticker.Stop();
    }
}
