namespace Quintet.Asyncio;

/// <summary>The barrier was broken before all had come.</summary>
/// <remarks>Source: <c>asyncio.BrokenBarrierError</c>.</remarks>
public sealed class BrokenBarrierException : InvalidOperationException
{
    /// <summary>Makes one.</summary>
    public BrokenBarrierException() : base("The barrier was broken before all had come.") { }

    internal BrokenBarrierException(string message) : base(message) { }
}
