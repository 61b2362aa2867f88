namespace Quintet.Goroutines;

/// <summary>Makes channels without naming their type twice.</summary>
public static class Chan
{
    /// <summary>Makes a channel (Go's <c>make(chan T, capacity)</c>).</summary>
    /// <typeparam name="T">What the channel carries.</typeparam>
    /// <param name="capacity">How many values may wait in the channel.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">makechan: size out of range.</exception>
    public static Chan<T> Make<T>(int capacity = 0) => new(capacity);
}
