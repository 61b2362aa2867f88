using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Trees of contexts. The order on one processor; what depends on a clock in virtual time.</summary>
internal static class ContextTwins
{
    [Twin("go/15-context-chain")]
    internal static void ContextChain(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var group = new WaitGroup();
        List<GoContext> contexts = [GoContext.Background];
        List<Action> cancels = [];
        for (var i = 0; i < 4; i++)
        {
            var (child, cancel) = GoContext.WithCancel(contexts[i]);
            contexts.Add(child);
            cancels.Add(cancel);
        }

        for (var i = 1; i <= 4; i++) group.Go(Body(i));
        await Go.Yield();
        foreach (var n in (int[])[3, 1])
        {
            transcript.Print("cancel", n);
            cancels[n - 1]();
            for (var i = 1; i <= 4; i++) transcript.Print(i, Said(contexts[i]));
            await Go.Yield();
        }

        cancels[0]();
        await group.WaitAsync();
        var (late, cancelLate) = GoContext.WithCancel(contexts[2]);
        transcript.Print("born under a cancelled one", Said(late));
        cancelLate();

        Func<GoTask> Body(int i) => async () =>
        {
            transcript.Print("waiting", i);
            await contexts[i].Done.ReceiveAsync();
            transcript.Print("over", i, Said(contexts[i]));
        };
    });

    [Twin("go/16-context-values-and-deadlines")]
    internal static void ContextValuesAndDeadlines(Transcript transcript) => GoTest.Run(1, async () =>
    {
        var root = GoContext.WithValue(GoContext.Background, "user", "ada");
        var (far, cancelFar) = GoContext.WithTimeout(root, TimeSpan.FromHours(1));
        var (near, cancelNear) = GoContext.WithTimeout(far, TimeSpan.FromMinutes(1));
        var (farther, cancelFarther) = GoContext.WithTimeout(near, TimeSpan.FromHours(2));
        var leaf = GoContext.WithValue(farther, "user", "grace");
        transcript.Print(root.Value("user"), far.Value("user"), leaf.Value("user"), leaf.Value("other") ?? "<nil>");
        transcript.Print(ChannelEndTwins.Said(near.Deadline == farther.Deadline), ChannelEndTwins.Said(root.Deadline is not null));
        var (over, cancelOver) = GoContext.WithTimeout(leaf, TimeSpan.FromSeconds(-1));
        await over.Done.ReceiveAsync();
        transcript.Print(Said(over), ChannelEndTwins.Said(over.Error is ContextDeadlineExceededException), Said(leaf));
        cancelOver();
        transcript.Print(Said(over));
        cancelNear();
        transcript.Print(Said(far), Said(near), Said(farther), Said(leaf));
        transcript.Print(leaf.Value("user"));
        cancelFarther();
        cancelFar();
        var (soon, cancelSoon) = GoContext.WithTimeout(root, TimeSpan.FromMilliseconds(20));
        await Select.Case(soon.Done, (Unit _) => transcript.Print("soon", Said(soon)))
            .Case(GoTimer.After(TimeSpan.FromHours(1)), (DateTimeOffset _) => transcript.Print("late"));
        cancelSoon();
    });

    private static string Said(GoContext context) => context.Error?.Message ?? "<nil>";
}
