namespace Quintet.Loops;

/// <summary>What the shared parts ask of the loop that they serve.</summary>
internal interface ILoopHost
{
    LoopCore Core { get; }

    /// <summary>Brings a call to the loop, from any thread.</summary>
    void Post(SendOrPostCallback callback, object? state);

    /// <summary>Calls on the loop when a time has passed; that does not hold the loop.</summary>
    /// <returns>What cancels it.</returns>
    Action Later(TimeSpan delay, Action callback);

    /// <summary>Names the callback that runs now. May be asked from another thread: the answer may be that of a moment ago.</summary>
    string DescribeRunning();

    /// <summary>Whether what runs is the body of an async method of the loop's model, and no plain callback.</summary>
    bool IsInCoroutine { get; }

    /// <summary>A target is ready: its <see cref="PollTarget.OnReady"/> is to be called, now or in its turn.</summary>
    void OnReady(PollTarget target, PollEvents events);
}
