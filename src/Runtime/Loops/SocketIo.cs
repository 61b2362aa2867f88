using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Quintet.Loops;

/// <summary>Reads and writes a socket that does not block. On Linux by the system's calls: with small messages, what the base library does
/// around them is a tenth of the whole.</summary>
/// <remarks>The socket must not be closed meanwhile: only its loop's thread uses it.</remarks>
internal static unsafe partial class SocketIo
{
    private const int NoSignal = 0x4000;

    private static readonly bool IsDirect = OperatingSystem.IsLinux();

    /// <returns>How many bytes; 0 at the end, and with an error.</returns>
    internal static int Receive(Socket socket, nint descriptor, Span<byte> buffer, out SocketError error)
    {
        if (!IsDirect) return socket.Receive(buffer, SocketFlags.None, out error);
        fixed (byte* bytes = buffer) return Outcome(recv((int)descriptor, bytes, (nuint)buffer.Length, 0), out error);
    }

    /// <returns>How many bytes were taken; 0 with an error.</returns>
    internal static int Send(Socket socket, nint descriptor, ReadOnlySpan<byte> data, out SocketError error)
    {
        if (!IsDirect) return socket.Send(data, SocketFlags.None, out error);
        fixed (byte* bytes = data) return Outcome(send((int)descriptor, bytes, (nuint)data.Length, NoSignal), out error);
    }

    private static int Outcome(nint result, out SocketError error)
    {
        if (result >= 0)
        {
            error = SocketError.Success;
            return (int)result;
        }

        error = Error(Marshal.GetLastSystemError());
        return 0;
    }

    /// <summary>As the base library translates the numbers of errno(3).</summary>
    private static SocketError Error(int number) => number switch
    {
        4 => SocketError.Interrupted,
        11 => SocketError.WouldBlock,
        32 => SocketError.Shutdown,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        102 => SocketError.NetworkReset,
        103 => SocketError.ConnectionAborted,
        104 => SocketError.ConnectionReset,
        105 => SocketError.NoBufferSpaceAvailable,
        107 => SocketError.NotConnected,
        110 => SocketError.TimedOut,
        111 => SocketError.ConnectionRefused,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };

    // The last error is read only after a failure, so no stub has to clear and keep it around each call.
    [LibraryImport("libc")]
    private static partial nint recv(int socket, void* buffer, nuint length, int flags);

    [LibraryImport("libc")]
    private static partial nint send(int socket, void* buffer, nuint length, int flags);
}
