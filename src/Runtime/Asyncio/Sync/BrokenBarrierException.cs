namespace Quintet.Asyncio;

/// <summary>The barrier was broken before all had come.</summary>
/// <remarks>Source: <c>asyncio.BrokenBarrierError</c>.</remarks>
public sealed class BrokenBarrierException() : InvalidOperationException("The barrier was broken before all had come.");
