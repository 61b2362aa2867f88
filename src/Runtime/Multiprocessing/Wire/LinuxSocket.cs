using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Quintet.Multiprocessing.Wire;

/// <summary>unix(7) by its system calls.</summary>
internal sealed unsafe partial class LinuxSocket : LocalSocket
{
    private const int UnixDomain = 1, StreamCloseOnExec = 1 | 0x80000, CloseOnExec = 0x80000;
    private const int SocketLevel = 1, PeerCredentials = 17, ReceiveTimeLimit = 20;
    private const int NoSignal = 0x4000, DontWait = 0x40;
    private const short Readable = 1, Writable = 4;
    private const int Interrupted = 4, Again = 11;

    private readonly SafeFileHandle _handle;

    internal LinuxSocket() : this(Checked(Open(UnixDomain, StreamCloseOnExec, 0), "socket")) { }

    private LinuxSocket(int descriptor) => _handle = new SafeFileHandle(descriptor, ownsHandle: true);

    internal override TimeSpan ReceiveTimeout
    {
        set
        {
            var limit = stackalloc long[2];
            (limit[0], limit[1]) = ((long)value.TotalSeconds, value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
            if (value > TimeSpan.Zero && limit[0] == 0 && limit[1] == 0) limit[1] = 1;
            Checked(SetOption(_handle, SocketLevel, ReceiveTimeLimit, limit, 2 * sizeof(long)), "setsockopt");
        }
    }

    internal override void Listen(string path)
    {
        var address = Address(path);
        fixed (byte* pointer = address) Checked(Bind(_handle, pointer, address.Length), "bind");
        Checked(Listen(_handle, 8), "listen");
    }

    internal override void Connect(string path)
    {
        var address = Address(path);
        fixed (byte* pointer = address) Checked(Connect(_handle, pointer, address.Length), "connect");
    }

    internal override LocalSocket Accept()
    {
        while (true)
        {
            var accepted = Accept(_handle, null, null, CloseOnExec);
            if (accepted >= 0) return new LinuxSocket(accepted);
            if (Marshal.GetLastPInvokeError() != Interrupted) Checked(accepted, "accept");
        }
    }

    internal override bool CanRead(TimeSpan wait) => Poll(Readable, wait);

    internal override bool CanWrite(TimeSpan wait) => Poll(Writable, wait);

    internal override int Receive(Span<byte> destination)
    {
        fixed (byte* pointer = destination)
        {
            while (true)
            {
                var received = Receive(_handle, pointer, (nuint)destination.Length, 0);
                if (received >= 0) return (int)received;
                if (Marshal.GetLastPInvokeError() != Interrupted) return 0;
            }
        }
    }

    internal override void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var sent = Send(bytes, NoSignal);
            if (sent >= 0) bytes = bytes[sent..];
            else if (Marshal.GetLastPInvokeError() is var error && error is not (Interrupted or Again)) throw Failure("send", error);
        }
    }

    internal override int TrySend(ReadOnlySpan<byte> bytes)
    {
        var sent = Send(bytes, NoSignal | DontWait);
        if (sent >= 0) return sent;
        return Marshal.GetLastPInvokeError() is Again or Interrupted ? 0 : -1;
    }

    internal override bool IsFrom(int processId)
    {
        var credentials = stackalloc int[3];
        var size = 3 * sizeof(int);
        Checked(GetOption(_handle, SocketLevel, PeerCredentials, credentials, &size), "getsockopt");
        return credentials[0] == processId && (uint)credentials[1] == EffectiveUser();
    }

    public override void Dispose() => _handle.Dispose();

    private static byte[] Address(string path)
    {
        const int longest = 107;
        var text = Encoding.UTF8.GetBytes(path);
        if (text.Length > longest) throw new ProcessProtocolException("The socket's name is too long.");
        var address = new byte[sizeof(ushort) + text.Length + (IsAbstract(path) ? 0 : 1)];
        address[0] = UnixDomain;
        text.CopyTo(address, sizeof(ushort));
        if (IsAbstract(path)) address[sizeof(ushort)] = 0;
        return address;
    }

    private static int Checked(int result, string call) =>
        result >= 0 ? result : throw Failure(call, Marshal.GetLastPInvokeError());

    private static IOException Failure(string call, int error) => new($"{call}: {Marshal.GetPInvokeErrorMessage(error)}");

    private bool Poll(short events, TimeSpan wait)
    {
        var asked = new Asked { Descriptor = (int)_handle.DangerousGetHandle(), Events = events };
        var held = false;
        _handle.DangerousAddRef(ref held);
        try
        {
            return Poll(&asked, 1, (int)wait.TotalMilliseconds) > 0;
        }
        finally
        {
            _handle.DangerousRelease();
        }
    }

    private int Send(ReadOnlySpan<byte> bytes, int flags)
    {
        fixed (byte* pointer = bytes) return (int)Send(_handle, pointer, (nuint)bytes.Length, flags);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Open(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(SafeFileHandle socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    private static partial int Listen(SafeFileHandle socket, int backlog);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(SafeFileHandle socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    private static partial int Accept(SafeFileHandle socket, byte* address, int* length, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Asked* asked, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeFileHandle socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeFileHandle socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(SafeFileHandle socket, int level, int name, void* value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(SafeFileHandle socket, int level, int name, void* value, int* length);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    private struct Asked
    {
        internal int Descriptor;
        internal short Events;
        internal short Answer;
    }
}
