namespace Quintet.Multiprocessing.Wire;

/// <summary>
/// A Unix-domain stream socket, as much of it as parent and worker need. On Linux it is the system's calls and nothing else: to load and
/// warm up the base library's sockets takes a new worker longer than all the rest of our own code.
/// </summary>
internal abstract class LocalSocket : IDisposable
{
    private const char Abstract = '@';

    /// <summary>How long <see cref="Receive"/> waits at most; zero for as long as it takes.</summary>
    internal abstract TimeSpan ReceiveTimeout { set; }

    internal static LocalSocket Create() => OperatingSystem.IsLinux() ? new LinuxSocket() : new ManagedSocket();

    /// <summary>Whether <paramref name="path"/> is an abstract name, which no directory holds.</summary>
    internal static bool IsAbstract(string path) => path[0] == Abstract;

    /// <summary>Takes the name and listens there.</summary>
    internal abstract void Listen(string path);

    /// <exception cref="IOException">Nobody listens there.</exception>
    internal abstract void Connect(string path);

    /// <summary>The next who connects.</summary>
    internal abstract LocalSocket Accept();

    /// <summary>Whether there is something to read or to accept, or the peer is gone, within <paramref name="wait"/>.</summary>
    internal abstract bool CanRead(TimeSpan wait);

    /// <summary>Whether there is room to write, or the peer is gone, within <paramref name="wait"/>.</summary>
    internal abstract bool CanWrite(TimeSpan wait);

    /// <summary>Waits for bytes. 0 at the end, which a dead peer's is, and when the wait was limited and is over.</summary>
    internal abstract int Receive(Span<byte> destination);

    /// <summary>Sends everything, however long it takes.</summary>
    /// <exception cref="IOException">The peer is gone.</exception>
    internal abstract void Send(ReadOnlySpan<byte> bytes);

    /// <summary>Sends what fits without waiting: how many bytes were taken, 0 if there is no room, -1 if the peer is gone.</summary>
    internal abstract int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Whether the kernel says that this process, run by this user, is at the other end. Where it cannot say, the token alone
    /// decides.</summary>
    internal abstract bool IsFrom(int processId);

    public abstract void Dispose();
}
