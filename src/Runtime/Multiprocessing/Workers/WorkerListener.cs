// Where a worker connects
// -----------------------
// On Linux to an abstract name: 128 random bits that no directory holds, so that nothing is left whoever is killed when. A directory,
// however
// private, would stay behind when the parent is killed before the worker knows it (a test kills it then). Names can be seen in
// /proc/net/unix and have no permissions; so the kernel is asked who connects, and everybody but the process that was started is turned
// away
// before a byte is read. The token, which came by another way, must follow.
// Elsewhere to a socket in a directory that only this user may enter, removed as soon as the worker has connected.
//
// Source: unix(7), "Abstract sockets" and SO_PEERCRED.

using System.Diagnostics;
using Quintet.Multiprocessing.Wire;

namespace Quintet.Multiprocessing.Workers;

/// <summary>A socket for one worker to connect to.</summary>
internal sealed class WorkerListener : IDisposable
{
    private readonly string? _directory;
    private readonly LocalSocket _socket = LocalSocket.Create();

    internal WorkerListener() : this(inDirectory: !OperatingSystem.IsLinux()) { }

    /// <summary>For a test of what other systems do, too.</summary>
    internal WorkerListener(bool inDirectory)
    {
        if (!inDirectory)
        {
            SocketPath = "@quintet-" + Convert.ToHexStringLower(Chance.Bytes(16));
        }
        else
        {
            _directory = Directory.CreateTempSubdirectory("qnt-worker-").FullName;
            SocketPath = Path.Combine(_directory, "s");
        }
        _socket.Listen(SocketPath);
    }

    /// <summary>A path, or '@' and an abstract name.</summary>
    internal string SocketPath { get; }

    /// <summary>For a worker whose parent died before they had met.</summary>
    internal static void Remove(string path)
    {
        if (LocalSocket.IsAbstract(path)) return;
        try
        {
            File.Delete(path);
            Directory.Delete(Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The parent has removed it, as it does when all goes well.
        }
    }

    /// <summary>The connection of <paramref name="worker"/>; what anybody else connects is closed.</summary>
    /// <exception cref="WorkerStartException">It did not connect, or ended.</exception>
    internal LocalSocket Accept(Process worker, TimeSpan timeout, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();

            // Woken by the connection; looks up now and then whether the process still lives.
            if (_socket.CanRead(TimeSpan.FromMilliseconds(50)))
            {
                var connection = _socket.Accept();
                if (connection.IsFrom(worker.Id)) return connection;
                connection.Dispose();
            }
            else if (worker.HasExited)
            {
                throw new WorkerStartException($"Process {worker.Id} ended before it connected.");
            }

            // After the look: the time may have passed while this process was set aside, and the worker be there.
            if (Stopwatch.GetElapsedTime(started) > timeout)
            {
                throw new WorkerStartException(
                    $"Process {worker.Id} did not become a worker within {timeout}. Does a start-up hook before ours not return?");
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (_directory is not null) Remove(SocketPath);
    }
}
