using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing.Workers;

/// <summary>Who is at the other end of a Unix-domain socket, as the kernel says (Linux SO_PEERCRED). Elsewhere the token alone
/// decides.</summary>
internal static partial class PeerCheck
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    internal static bool Is(Socket socket, int processId)
    {
        if (!OperatingSystem.IsLinux()) return true;
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        var words = MemoryMarshal.Cast<byte, int>(credentials);
        return words[0] == processId && (uint)words[1] == EffectiveUser();
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
