namespace Quintet.Goroutines;

/// <summary>How a <see cref="GoScheduler"/> is to behave. Read once, when the scheduler is made.</summary>
public sealed class GoSchedulerOptions
{
    /// <summary>How many goroutines may run at the same moment (GOMAXPROCS). Default: the number of processors of the machine.</summary>
    public int MaxProcs { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// How long a goroutine may run, or block its thread, before others that wait get its processor. Default: 10 ms, as in Go; looked at
    /// every millisecond. <see cref="Timeout.InfiniteTimeSpan"/>: for ever, so that with one processor goroutines exclude each other
    /// between two awaits, whatever else the machine is busy with, and one that does not give way keeps all others waiting.
    /// </summary>
    public TimeSpan TimeSlice { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Whether <see cref="GoScheduler.Run(Func{GoTask})"/> throws a <see cref="GoDeadlockException"/> when all goroutines are asleep and
    /// nothing can wake them. Default: true.
    /// </summary>
    public bool DetectDeadlock { get; init; } = true;

    /// <summary>How many threads the scheduler may have, blocked ones included; more is a fatal error as in Go. Default: 10,000.</summary>
    public int MaxThreads { get; init; } = 10_000;

    /// <summary>The clock of timers, tickers, deadlines and sleeps. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Called with what a goroutine let escape, on the goroutine's thread. Without a handler an escaped exception ends the process, as a
    /// panic does in Go. Default: none.
    /// </summary>
    public Action<GoPanic>? UnhandledException { get; init; }

    /// <summary>
    /// Called when a goroutine was collected that could never have run again, because nobody else knew what it waited for. Costs an object
    /// and a finalizer for each goroutine. Runs on the finalizer thread. Default: none.
    /// </summary>
    public Action<GoLeak>? LeakedGoroutine { get; init; }
}
