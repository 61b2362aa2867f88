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
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Source_and_run_agree(string program, string goroutine)
    {
        var source = Findings.MarkedIn(program);
        Assert.NotEmpty(source);
        Assert.Equal(source, Findings.Of(program));

        // Without slices: on a busy machine the sender would get another processor, and the receiver would not have to wait.
        var options = new GoSchedulerOptions { MaxProcs = 1, TimeSlice = Timeout.InfiniteTimeSpan };
        var reports = Reports(() => LimitedRun.Run(Begin(program), options));
        var report = Assert.Single(reports, report => report.Message.Contains(goroutine, StringComparison.Ordinal));
        Assert.Equal(source.Single().Id, report.RuleId);
    }

    // The near miss: what is no wait for another goroutine may block, and others run on meanwhile.
    [Fact]
    public void A_goroutine_may_sleep()
    {
        Assert.Empty(Findings.Of(nameof(SleepsInAGoroutine)));
        var reports = Reports(() => LimitedRun.Run(SleepsInAGoroutine.Begin, new GoSchedulerOptions { MaxProcs = 1 }));
        Assert.DoesNotContain(reports, report => report.Message.Contains(nameof(SleepsInAGoroutine), StringComparison.Ordinal));
    }

    // The near miss: a synchronous body may wait with its thread, neither source nor run says anything.
    [Fact]
    public void A_synchronous_body_may_wait()
    {
        var reports = Reports(() => LimitedRun.Run(async () =>
        {
            var numbers = new Chan<int>();
            Go.Run(() => Patient(numbers));
            await Go.Yield();
            await numbers.SendAsync(1);
        }, new GoSchedulerOptions { MaxProcs = 1 }));
        Assert.DoesNotContain(reports, report => report.Message.Contains(nameof(DetectorTests), StringComparison.Ordinal));

        static void Patient(Chan<int> numbers) => numbers.Receive();
    }

    [Theory]
    [InlineData(nameof(WaitsForNobody), "receive from")]
    [InlineData(nameof(MeetsItself), "send to")]
    public void Source_and_run_agree_on_a_deadlock(string program, string waits)
    {
        var source = Findings.MarkedIn(program);
        Assert.NotEmpty(source);
        Assert.Equal(source, Findings.Of(program));
        var reports = Reports(() => Assert.Throws<GoDeadlockException>(() => LimitedRun.Run(Begin(program), null)));
        var report = Assert.Single(reports, report => report.Stack?.Contains(program, StringComparison.Ordinal) == true);
        Assert.Equal(source.Single().Id, report.RuleId);
        Assert.Contains(waits, report.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_and_run_agree_on_a_leak()
    {
        var source = Findings.MarkedIn(nameof(LeaksAGoroutine));
        Assert.NotEmpty(source);
        Assert.Equal(source, Findings.Of(nameof(LeaksAGoroutine)));
        var leaks = new ConcurrentQueue<GoLeak>();
        var reports = Reports(() =>
        {
            using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1, LeakedGoroutine = leaks.Enqueue });
            for (var i = 0; i < 5; i++) LimitedRun.Run(scheduler, LeaksAGoroutine.Begin); // a thread's stack may still show the last one
            for (var i = 0; i < 100 && leaks.IsEmpty; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        Assert.NotEmpty(leaks);
        Assert.All(leaks, leak => Assert.Equal(source.Single().Line, leak.SpawnLine));
        Assert.All(leaks, leak => Assert.Equal("LeaksAGoroutine.cs", Path.GetFileName(leak.SpawnFile)));
        var ids = reports.Where(report => report.Stack?.Contains("LeaksAGoroutine.cs", StringComparison.Ordinal) == true);
        Assert.Equal(source.Single().Id, ids.Select(report => report.RuleId).Distinct().Single());
    }

    [Fact]
    public void Where_everybody_has_a_partner_neither_source_nor_run_says_anything()
    {
        Assert.Empty(Findings.Of(nameof(MeetsAnother)));
        var reports = Reports(() => LimitedRun.Run(MeetsAnother.Begin, null));
        Assert.DoesNotContain(reports, report => report.Stack?.Contains(nameof(MeetsAnother), StringComparison.Ordinal) == true);
    }

    private static Func<GoTask> Begin(string program) =>
        typeof(DetectorTests).Assembly.GetType($"{typeof(WaitsInAGoroutine).Namespace}.{program}")!.GetMethod("Begin")!
            .CreateDelegate<Func<GoTask>>();

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
