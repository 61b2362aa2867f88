namespace Quintet.Goroutines;

/// <summary>A send on a closed channel, or a close of a closed or nil channel.</summary>
public sealed class ChanClosedException : GoRuntimeException
{
    internal ChanClosedException(string message)
        : base(message)
    {
    }

    internal static ChanClosedException Send() => new("send on closed channel");

    internal static ChanClosedException Close() => new("close of closed channel");

    internal static ChanClosedException CloseOfNil() => new("close of nil channel");
}
