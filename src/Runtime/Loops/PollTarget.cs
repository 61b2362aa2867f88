using System.Net.Sockets;

namespace Quintet.Loops;

/// <summary>A socket, and what is to be done when it is ready. Called on the loop's thread, in the poll of a turn.</summary>
internal abstract class PollTarget(Socket socket)
{
    internal Socket Socket { get; } = socket;

    /// <summary>What the poller watches it for; set by the poller.</summary>
    internal PollEvents Interest { get; set; }

    internal abstract void OnReady(PollEvents events);
}
