using System.Collections.Concurrent;
using Quintet.GilThreads;
using Quintet.Tests.Runtime.GilThreads.Programs;
using Quintet.Tests.Runtime.Goroutines;

namespace Quintet.Tests.Runtime.GilThreads;

/// <summary>What the analyzers say of a program's source, the watchdog of its lock says of its run, under the same id.</summary>
public sealed class AgreementTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory(Timeout = Patience.OfATest)]
    [InlineData(nameof(WaitsUnderAGil))]
    [InlineData(nameof(ComputesUnderAGil))]
    public async Task Source_and_run_agree(string program)
    {
        var source = Findings.MarkedIn(program);
        Assert.NotEmpty(source);
        Assert.Equal(source, Findings.Of(program));
        var reports = await ReportsAsync(program, TimeSpan.FromMilliseconds(20));
        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.Equal(source.Single().Id, report.RuleId));
    }

    /// <summary>Each with one fact changed: the lock is given up around the same work.</summary>
    [Theory(Timeout = Patience.OfATest)]
    [InlineData(nameof(WaitsWithoutItsGil))]
    [InlineData(nameof(ComputesWithoutItsGil))]
    public async Task Neither_source_nor_run_says_anything(string program)
    {
        Assert.Empty(Findings.Of(program));
        Assert.Empty(await ReportsAsync(program, TimeSpan.FromSeconds(5)));
    }

    private static async Task<GilHolding[]> ReportsAsync(string program, TimeSpan threshold)
    {
        var reports = new ConcurrentQueue<GilHolding>();
        using var seen = new ManualResetEventSlim();
        using var gil = new GlobalInterpreterLock(new GilOptions { WatchdogThreshold = threshold, Name = program });
        gil.HeldWithoutCheckpoint += report =>
        {
            reports.Enqueue(report);
            seen.Set();
        };
        var begin = typeof(WaitsUnderAGil).Assembly.GetType($"{typeof(WaitsUnderAGil).Namespace}.{program}")!.GetMethod("Begin")!
            .CreateDelegate<Action<GlobalInterpreterLock, ManualResetEventSlim>>();
        await Background.Run(() => begin(gil, seen)).WaitAsync(Limit, TestContext.Current.CancellationToken);
        return [.. reports];
    }
}
