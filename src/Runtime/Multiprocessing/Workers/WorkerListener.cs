using System.Diagnostics;
using System.Net.Sockets;

namespace Quintet.Multiprocessing.Workers;

/// <summary>
/// A socket for one worker to connect to, in a directory that only this user may enter. Both are gone as soon as the worker has
/// connected, so that there is nothing to leave behind; a worker whose parent dies before that removes them itself.
/// </summary>
internal sealed class WorkerListener : IDisposable
{
    private readonly string _directory;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    internal WorkerListener()
    {
        _directory = Directory.CreateTempSubdirectory("qnt-worker-").FullName;
        SocketPath = Path.Combine(_directory, "s");
        _socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _socket.Listen(1);
    }

    internal string SocketPath { get; }

    /// <summary>The connection of <paramref name="worker"/>; what anybody else connects is closed.</summary>
    /// <exception cref="WorkerStartException">It did not connect, or ended.</exception>
    internal Socket Accept(Process worker, TimeSpan timeout, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(started) > timeout)
            {
                throw new WorkerStartException(
                    $"Process {worker.Id} did not become a worker within {timeout}. Does a start-up hook before ours not return?");
            }

            // Woken by the connection; looks up now and then whether the process still lives.
            if (!_socket.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead))
            {
                if (worker.HasExited) throw new WorkerStartException($"Process {worker.Id} ended before it connected.");
                continue;
            }
            var connection = _socket.Accept();
            if (PeerCheck.Is(connection, worker.Id)) return connection;
            connection.Dispose();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        try
        {
            File.Delete(SocketPath);
            Directory.Delete(_directory);
        }
        catch (DirectoryNotFoundException)
        {
            // A worker that saw its input close has removed it.
        }
    }
}
