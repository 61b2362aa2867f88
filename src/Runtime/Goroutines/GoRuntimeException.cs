namespace Quintet.Goroutines;

/// <summary>Misuse that panics in Go. The message is Go's own text.</summary>
public class GoRuntimeException : InvalidOperationException
{
    internal GoRuntimeException(string message)
        : base(message)
    {
    }
}
