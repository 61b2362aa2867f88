namespace Quintet.Goroutines;

/// <summary>How an attempt to send ended.</summary>
internal enum SendOutcome : byte
{
    MustWait,
    Sent,
    Closed,
}
