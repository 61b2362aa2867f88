namespace Quintet.Goroutines;

/// <summary>What a receive found: Go's <c>v, ok := &lt;-c</c>.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
/// <param name="Value">The value, or the default of <typeparamref name="T"/> when the channel is closed and drained.</param>
/// <param name="Ok">Whether a sender sent the value; false when the channel is closed and drained.</param>
public readonly record struct Received<T>(T Value, bool Ok);
