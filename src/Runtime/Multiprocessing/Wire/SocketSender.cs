using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing.Wire;

/// <summary>Sends what fits without waiting. Whoever hands work to a worker must not be held by it.</summary>
internal static unsafe partial class SocketSender
{
    private const int LinuxDontWait = 0x40 | 0x4000;
    private const int MacDontWait = 0x80;

    /// <summary>How many bytes were taken; 0 if there is no room, -1 if the peer is gone.</summary>
    internal static int TrySend(Socket socket, ReadOnlySpan<byte> bytes)
    {
        if (OperatingSystem.IsWindows()) return TrySendByPolling(socket, bytes);
        fixed (byte* pointer = bytes)
        {
            var sent = Send((int)socket.Handle, pointer, (nuint)bytes.Length, OperatingSystem.IsMacOS() ? MacDontWait : LinuxDontWait);
            if (sent >= 0) return (int)sent;
        }
        const int again = 11, againMac = 35, interrupted = 4;
        return Marshal.GetLastPInvokeError() is again or againMac or interrupted ? 0 : -1;
    }

    private static int TrySendByPolling(Socket socket, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectWrite) ? socket.Send(bytes[..Math.Min(bytes.Length, 4096)]) : 0;
        }
        catch (SocketException)
        {
            return -1;
        }
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, byte* bytes, nuint length, int flags);
}
