using System.Net;
using System.Net.Sockets;
using System.Text;
using Quintet.Asyncio;
using Quintet.Loops;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Where servers listen, what they leave behind, and what keeps them from accepting. Rules from test_server, test_base_events and
/// test_events.</summary>
public sealed class ServerSpec : AsyncioSpec
{
    // The file of a Unix socket goes when its server is closed, at once; that it has gone already is no error.
    [Theory, Pins("test_server.UnixServerCleanupTests.unix_server_addr_cleanup",
        "test_server.UnixServerCleanupTests.unix_server_cleanup_gone")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_closed_server_leaves_no_file(bool gone) => RunReal(async () =>
    {
        var path = NewPath();
        var server = Aio.StartUnixServer(TlsSpec.Upper, path);
        Assert.True(File.Exists(path));
        if (gone) File.Delete(path);
        server.Close();
        Assert.False(File.Exists(path));
        await server.WaitClosed();
    });

    // "Someone else has replaced the socket with their own": theirs stays, and goes on.
    [Fact, Pins("test_server.UnixServerCleanupTests.unix_server_cleanup_replaced")]
    public void A_file_that_somebody_else_has_put_there_stays() => RunReal(async () =>
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A bound socket's file cannot be replaced.");
        var path = NewPath();
        var server = Aio.StartUnixServer(TlsSpec.Upper, path);
        var made = File.GetLastWriteTimeUtc(path);
        File.Delete(path);
        var other = await LaterServer(path, made);
        server.Close();
        await server.WaitClosed();
        Assert.True(File.Exists(path));
        var (reader, writer) = await Aio.OpenUnixConnection(path);
        writer.Write("other\n"u8);
        Assert.Equal("OTHER\n", Encoding.ASCII.GetString(await reader.ReadLine()));
        writer.Close();
        await writer.WaitClosed();
        other.Close();
        await other.WaitClosed();
        Assert.False(File.Exists(path));
    });

    // A path that is taken, by a file or by another server, is an error, and what is there stays.
    [Fact, Pins("test_events.EventLoopTestsMixin.create_unix_server_path_socket_error")]
    public void A_path_that_is_taken_is_an_error() => RunReal(async () =>
    {
        var path = NewPath();
        File.WriteAllText(path, "mine");
        Assert.Throws<SocketException>(() => Aio.StartUnixServer(TlsSpec.Upper, path));
        Assert.Equal("mine", File.ReadAllText(path));
        File.Delete(path);
        var server = Aio.StartUnixServer(TlsSpec.Upper, path);
        Assert.Throws<SocketException>(() => Aio.StartUnixServer(TlsSpec.Upper, path));
        var (_, writer) = await Aio.OpenUnixConnection(path);
        writer.Close();
        server.Close();
        await server.WaitClosed();
    });

    // An empty host is every interface; localhost needs no looking up. Another name is refused with what to do.
    [Theory, Pins("test_base_events.BaseEventLoopWithSelectorTests.create_server_empty_host")]
    [InlineData("", "0.0.0.0")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    public void A_server_listens_where_its_host_says(string host, string address) => RunReal(async () =>
    {
        var server = Aio.StartServer(TlsSpec.Upper, host, 0);
        var protocols = Aio.CreateServer(static () => new Deaf(), host, 0);
        Assert.Equal(IPAddress.Parse(address), Assert.IsType<IPEndPoint>(server.LocalEndPoint).Address);
        Assert.Equal(IPAddress.Parse(address), Assert.IsType<IPEndPoint>(protocols.LocalEndPoint).Address);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        writer.Write("here\n"u8);
        Assert.Equal("HERE\n", Encoding.ASCII.GetString(await reader.ReadLine()));
        writer.Close();
        server.Close();
        protocols.Close();
        await server.WaitClosed();
        Assert.Contains("Dns", Assert.Throws<ArgumentException>(() => Aio.StartServer(TlsSpec.Upper, "a.name", 0)).Message,
            StringComparison.Ordinal);
    });

    // The addresses of a host are tried one after the other; if none answers, that is the error.
    [Fact, Pins("test_base_events.BaseEventLoopWithSelectorTests.create_connection_multiple",
        "test_base_events.BaseEventLoopWithSelectorTests.create_connection_multiple_errors")]
    public void A_host_is_tried_at_each_of_its_addresses() => RunReal(async () =>
    {
        // Whatever localhost is here, the server is at one of its addresses only.
        var server = Aio.StartServer(TlsSpec.Upper, "127.0.0.1", 0);
        var port = TlsSpec.Port(server);
        var (_, writer) = await Aio.OpenConnection("localhost", port);
        writer.Close();
        await writer.WaitClosed();
        server.Close();
        await server.WaitClosed();
        await Fails<SocketException>(async () => await Aio.OpenConnection("localhost", port));
    });

    // gh-110894: a handler that cancels its own task is not reported; its connection is closed, whether it has closed it or not.
    [Theory, Pins("test_streams.StreamTests.unhandled_cancel")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_handler_that_is_cancelled_is_no_failure(bool closes) => RunReal(async () =>
    {
        var reports = 0;
        EventLoop.Current.SetExceptionHandler((_, _) => reports++);
        var server = Aio.StartServer(async (_, writer) =>
        {
            writer.Write("so far"u8);
            if (closes) writer.Close();
            Aio.CurrentTask!.Cancel();
            await Aio.Yield();
        }, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        Assert.Equal("so far", Encoding.ASCII.GetString(await reader.Read()));
        writer.Close();
        await writer.WaitClosed();
        server.Close();
        await server.WaitClosed();
        await Turns(3);
        Assert.Equal(0, reports);
    });

    // "socket.accept() out of system resource": told to the loop's handler, and tried again after a while. The loop does not look at the
    // socket meanwhile, which stays ready and would keep it busy.
    [Fact, Pins("test_base_events.BaseEventLoopWithSelectorTests.accept_connection_exception")]
    public void A_server_without_descriptors_accepts_later() => RunReal(async () =>
    {
        var loop = EventLoop.Current;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var accepted = loop.CreateFuture<Socket>();
        var interests = new List<PollEvents>();
        Exhausted? listener = null;
        listener = new Exhausted(loop.Core, socket, accepted.SetResult, _ => interests.Add(listener!.Interest));
        var (_, writer) = await Aio.OpenConnection(socket.LocalEndPoint!);
        using (await accepted) Assert.Equal([PollEvents.None, PollEvents.None], interests);
        Assert.Equal(PollEvents.Readable, listener.Interest);
        writer.Close();
        listener.Close();
    });

    /// <summary>A server whose file is later than another by the file system's clock, whose ticks are milliseconds.</summary>
    private static async Coroutine<AsyncServer> LaterServer(string path, DateTime than)
    {
        while (true)
        {
            var server = Aio.StartUnixServer(TlsSpec.Upper, path);
            if (File.GetLastWriteTimeUtc(path) > than) return server;
            server.Close();
            await Aio.Sleep(Seconds(0.002));
        }
    }

    private static string NewPath() => Path.Combine(Path.GetTempPath(), $"quintet-{Guid.NewGuid():N}.sock");

    private sealed class Deaf : AsyncProtocol;

    /// <summary>Has no descriptors for its first connection, twice.</summary>
    private sealed class Exhausted : SocketListener
    {
        private int _failures = 2;

        internal Exhausted(LoopCore core, Socket socket, Action<Socket> accepted, Action<SocketException> exhausted)
            : base(core, socket, backlog: 5, accepted, exhausted) => RetryAfter = TimeSpan.FromMilliseconds(1);

        private protected override Socket Accept() =>
            _failures-- > 0 ? throw new SocketException((int)SocketError.TooManyOpenSockets) : base.Accept();
    }
}
