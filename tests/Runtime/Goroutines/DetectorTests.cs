using System.Collections.Concurrent;
using Quintet.Goroutines;
using Quintet.Tests.Runtime.Goroutines.Programs;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>What the analyzers say of a program's source, its run says too, under the same id.</summary>
public sealed class DetectorTests
{
    public static TheoryData<string, string> Programs => new()
    {
        { nameof(WaitsInAGoroutine), "WaitsInAGoroutine.Consume" },
        { nameof(SleepsInAGoroutine), "SleepsInAGoroutine.Sleep" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Source_and_run_agree(string program, string goroutine)
    {
        var source = Findings.MarkedIn(program);
        Assert.NotEmpty(source);
        Assert.Equal(source, Findings.Of(program));
        var begin = typeof(DetectorTests).Assembly.GetType($"{typeof(WaitsInAGoroutine).Namespace}.{program}")!.GetMethod("Begin")!;
        var reports = Reports(() => GoScheduler.Run(begin.CreateDelegate<Func<GoTask>>(), new GoSchedulerOptions { MaxProcs = 1 }));
        var report = Assert.Single(reports, report => report.Message.Contains(goroutine, StringComparison.Ordinal));
        Assert.Equal(source.Single().Id, report.RuleId);
    }

    // The near miss: a synchronous body may wait with its thread, neither source nor run says anything.
    [Fact]
    public void A_synchronous_body_may_wait()
    {
        var reports = Reports(() => GoScheduler.Run(async () =>
        {
            var numbers = new Chan<int>();
            Go.Run(() => Patient(numbers));
            await Go.Yield();
            await numbers.SendAsync(1);
        }, new GoSchedulerOptions { MaxProcs = 1 }));
        Assert.DoesNotContain(reports, report => report.Message.Contains(nameof(DetectorTests), StringComparison.Ordinal));

        static void Patient(Chan<int> numbers) => numbers.Receive();
    }

    [Fact]
    public void A_deadlock_is_reported_with_who_waits_where()
    {
        var reports = Reports(() => Assert.Throws<GoDeadlockException>(() => GoScheduler.Run(WaitForNobody, null)));
        var report = Assert.Single(reports, report => report.Stack?.Contains(nameof(WaitForNobody), StringComparison.Ordinal) == true);
        Assert.Equal("QNT1003", report.RuleId);
        Assert.Contains("receive from", report.Stack, StringComparison.Ordinal);

        static async GoTask WaitForNobody() => await new Chan<int>().ReceiveAsync();
    }

    private static ConcurrentQueue<QuintetReport> Reports(Action run)
    {
        var reports = new ConcurrentQueue<QuintetReport>();
        Action<QuintetReport> collect = reports.Enqueue;
        QuintetDiagnostics.Reported += collect;
        try
        {
            run();
        }
        finally
        {
            QuintetDiagnostics.Reported -= collect;
        }

        return reports;
    }
}
