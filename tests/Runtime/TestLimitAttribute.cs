using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

namespace Quintet.Tests;

/// <summary>
/// The last resort against a test that waits for ever: it ends the run with the name of the test, so that a run on another machine tells
/// where it hung. No test comes near the limit.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestLimitAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Limit = Stress.IsOn ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(10);

    private static readonly ConcurrentDictionary<string, Timer> Running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var name = test.TestDisplayName;
        Running[test.UniqueID] = new Timer(_ => End(name), null, Limit, Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Running.TryRemove(test.UniqueID, out var timer)) timer.Dispose();
    }

    private static void End(string test)
    {
        var text = $"{test} has not ended within {Limit.TotalMinutes} minutes: somebody waits for ever.";
        Console.Error.WriteLine(text);
        Environment.FailFast(text);
    }
}
