namespace Quintet.Loops;

/// <summary>While it lasts, blocking waits of the thread that opened it are not reported.</summary>
public readonly struct BlockingScope : IDisposable
{
    /// <summary>Ends the scope.</summary>
    public void Dispose() => LoopDetectors.EndAllowed();
}
