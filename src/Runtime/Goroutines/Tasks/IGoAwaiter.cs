namespace Quintet.Goroutines;

/// <summary>An awaiter that can park a goroutine without a delegate.</summary>
internal interface IGoAwaiter
{
    /// <summary>
    /// Parks <paramref name="strand"/>, to be resumed in <paramref name="frame"/>; then returns null, and nothing of the strand may be
    /// touched any more, because it may run elsewhere already. Otherwise returns the frame to step now.
    /// </summary>
    Goroutine? Park(Goroutine strand, Goroutine frame);
}
