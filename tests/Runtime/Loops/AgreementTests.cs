using System.Collections.Concurrent;
using Quintet.Asyncio;
using Quintet.Loops;
using Quintet.Node;
using Quintet.Tests.Runtime.Goroutines;
using Quintet.Tests.Runtime.Loops.Programs;

namespace Quintet.Tests.Runtime.Loops;

/// <summary>What the analyzers say of a program's source, the detectors of its loop say of its run, under the same id.</summary>
public sealed class AgreementTests
{
    /// <summary>A program, and how what it did is recognised among the reports of all tests.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { nameof(SleepsOnALoop), "NapHere" },
        { nameof(ComputesOnALoop), "CountHere" },
        { nameof(WaitsOnALoop), "WaitHere" },
        { nameof(SleepsInATimer), "StartNap" },
        { nameof(ComputesInATimer), "StartSum" },
        { nameof(CallsFromAnotherThread), nameof(CallsFromAnotherThread) },
        { nameof(ForgetsACoroutine), "ForgottenWork" },
        { nameof(StarvesALoop), "TickAgain" },
    };

    /// <summary>Each with one fact changed.</summary>
    public static TheoryData<string, string> Right => new()
    {
        { nameof(SleepsBesideALoop), "NapElsewhere" },
        { nameof(CallsThreadSafe), nameof(CallsThreadSafe) },
        { nameof(TakesTurns), "TurnAgain" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Source_and_run_agree(string program, string mark)
    {
        var source = Findings.MarkedIn(program);
        Assert.NotEmpty(source);
        Assert.Equal(source, Findings.Of(program));
        // A busy machine sets a callback aside for so long that it is told of as well.
        Assert.Contains(Reports(program, mark), report => report.RuleId == source.Single().Id);
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void Neither_source_nor_run_says_anything(string program, string mark)
    {
        Assert.Empty(Findings.Of(program));
        // What they do beside their loops takes longer; a busy machine takes as long for none of their steps.
        Assert.Empty(Reports(program, mark, threshold: 4000));
    }

    /// <summary>The wrong programs hold their loops for seconds. In one there are many looks of the watchdog, whose majority decides
    /// whether they wait or compute: of a few, a busy machine makes any.</summary>
    private static LoopReport[] Reports(string program, string mark, int threshold = 1000)
    {
        var reports = new ConcurrentQueue<LoopReport>();
        Action<LoopReport> collect = report =>
        {
            if ($"{report.Callback} {report.Message} {report.Stack}".Contains(mark, StringComparison.Ordinal)) reports.Enqueue(report);
        };
        LoopDetectors.Reported += collect;
        try
        {
            Run(program, TimeSpan.FromMilliseconds(threshold));
            for (var i = 0; i < 100 && program == nameof(ForgetsACoroutine) && reports.IsEmpty; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            LoopDetectors.Reported -= collect;
        }

        return [.. reports];
    }

    private static void Run(string program, TimeSpan threshold)
    {
        var begin = typeof(AgreementTests).Assembly.GetType($"{typeof(SleepsOnALoop).Namespace}.{program}")!.GetMethod("Begin")!;
        if (begin.ReturnType == typeof(void))
        {
            var main = begin.CreateDelegate<Action>();
            if (program == nameof(StarvesALoop))
                Assert.Throws<TimeoutException>(() => NodeLoop.Run(main, new NodeLoopOptions { SlowCallback = threshold }));
            else NodeLoop.Run(main, new NodeLoopOptions { SlowCallback = threshold });
            return;
        }

        var options = new EventLoopOptions
        {
            SlowCallback = threshold,
            BlockingWaits = BlockingPolicy.Warn,
            Debug = program == nameof(ForgetsACoroutine),
            HandleInterrupt = false,
        };
        EventLoop.Run(begin.CreateDelegate<Func<Coroutine>>()(), options);
    }
}
