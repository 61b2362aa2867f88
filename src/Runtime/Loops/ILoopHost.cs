namespace Quintet.Loops;

/// <summary>What the shared parts ask of the loop that they serve.</summary>
internal interface ILoopHost
{
    LoopCore Core { get; }

    /// <summary>Brings a call to the loop, from any thread.</summary>
    void Post(SendOrPostCallback callback, object? state);

    /// <summary>Names the callback that runs now. May be asked from another thread: the answer may be that of a moment ago.</summary>
    string DescribeRunning();

    /// <summary>Whether what runs is the body of an async method of the loop's model, and no plain callback.</summary>
    bool IsInCoroutine { get; }

    /// <summary>An exception that nobody else is there to take.</summary>
    void OnFailure(Exception error);
}
