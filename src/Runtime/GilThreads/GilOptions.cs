namespace Quintet.GilThreads;

/// <summary>How a <see cref="GlobalInterpreterLock"/> behaves. Read once, by its constructor.</summary>
public sealed class GilOptions
{
    /// <summary>What CPython starts with: 5 ms.</summary>
    public static readonly TimeSpan DefaultSwitchInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a waiter waits before it asks the holder to let go. Default 5 ms; must be above zero.</summary>
    public TimeSpan SwitchInterval { get; init; } = DefaultSwitchInterval;

    /// <summary>Default <see cref="GilSwitchPolicy.SwitchInterval"/>, as in CPython.</summary>
    public GilSwitchPolicy Policy { get; init; }

    /// <summary>
    /// A lock that somebody waits for and that its holder has not offered at a checkpoint for this long is reported by
    /// <see cref="GlobalInterpreterLock.HeldWithoutCheckpoint"/>. Default 1 s; <see cref="Timeout.InfiniteTimeSpan"/> switches it off.
    /// </summary>
    public TimeSpan WatchdogThreshold { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most threads that <see cref="GlobalInterpreterLock.Scheduler"/> starts. Default 8; they are started when
    /// needed.</summary>
    public int MaxSchedulerThreads { get; init; } = 8;

    /// <summary>A name for messages. Default "gil".</summary>
    public string Name { get; init; } = "gil";

    /// <summary>The clock of the watchdog. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
