using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Quintet.Asyncio;
using Quintet.Loops;

namespace Quintet.Tests.Runtime;

/// <summary>All detectors tell through one event and one log.</summary>
public sealed class DiagnosticsTests
{
    private readonly ConcurrentQueue<QuintetReport> _reports = new();

    [Fact]
    public void A_report_goes_to_the_event_and_to_the_log()
    {
        using var log = new Log();
        Action<QuintetReport> collect = _reports.Enqueue;
        QuintetDiagnostics.Reported += collect;
        RunAWaitOnALoop();
        QuintetDiagnostics.Reported -= collect;
        var report = _reports.First(IsOurs);
        Assert.Equal("QNT4001", report.RuleId);
        Assert.Contains(log.Written, written => written.Contains("QNT4001") && written.Contains(report.Message));
    }

    [Fact]
    public void A_handler_that_throws_does_not_keep_the_others_from_hearing()
    {
        Action<QuintetReport> broken = _ => throw new InvalidTimeZoneException("broken handler");
        Action<QuintetReport> collect = _reports.Enqueue;
        QuintetDiagnostics.Reported += broken;
        QuintetDiagnostics.Reported += collect;
        RunAWaitOnALoop();
        QuintetDiagnostics.Reported -= broken;
        QuintetDiagnostics.Reported -= collect;
        Assert.Contains(_reports, IsOurs);
    }

    /// <summary>All tests report here.</summary>
    private static bool IsOurs(QuintetReport report) => report.Stack?.Contains(nameof(DiagnosticsTests), StringComparison.Ordinal) == true;

    private static void RunAWaitOnALoop() =>
        EventLoop.Run(Blocked(), new EventLoopOptions { BlockingWaits = BlockingPolicy.Warn, HandleInterrupt = false });

    private static async Coroutine Blocked()
    {
        using var never = new ManualResetEvent(false);
        never.WaitOne(1);
        await Aio.Sleep(TimeSpan.Zero);
    }

    private sealed class Log : EventListener
    {
        internal ConcurrentQueue<List<object?>> Written { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Quintet") EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => Written.Enqueue([.. eventData.Payload ?? new([])]);
    }
}
