namespace Quintet.Goroutines;

/// <summary>
/// Unwinds a goroutine that called <see cref="Go.Exit"/>, so that its <c>finally</c> blocks run. A handler that catches it and does not
/// throw it on keeps the goroutine alive.
/// </summary>
public sealed class GoExitException : Exception
{
    internal GoExitException()
        : base("the goroutine exits")
    {
    }
}
