using System.Net.Sockets;

namespace Quintet.Loops;

/// <summary>A socket, and what is to be done when it is ready. Called on the loop's thread.</summary>
internal abstract class PollTarget(Socket socket)
{
    internal Socket Socket { get; } = socket;

    /// <summary>What the poller watches it for; set by the poller.</summary>
    internal PollEvents Interest { get; set; }

    /// <summary>What it was found ready for, while its call waits for its turn.</summary>
    internal PollEvents Found { get; set; }

    internal abstract void OnReady(PollEvents events);
}
