using System.Net;
using System.Net.Sockets;
using System.Text;
using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Streams over real sockets: many of them, slow ones, half-closed and broken ones. Rules from test_streams and
/// test_server.</summary>
public sealed class StreamSpec : AsyncioSpec
{
    [Fact, Pins("test_streams.open_connection", "test_streams.start_server", "test_server.BaseStartServer.start_server_1",
        "test_streams.async_writer_api")]
    public void An_echo_gives_back_what_it_got() => RunReal(async () =>
    {
        var server = Aio.StartServer(TlsSpec.Upper, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("localhost", TlsSpec.Port(server));
        writer.WriteLines([new("hello "u8.ToArray()), new("world\n"u8.ToArray())]);
        await writer.Drain();
        Assert.Equal("HELLO WORLD\n", Encoding.ASCII.GetString(await reader.ReadLine()));
        await End(writer, server);
        Assert.False(server.IsServing);
    });

    [Fact, Pins("test_streams.open_unix_connection", "test_streams.start_unix_server",
        "test_server.SelectorStartServer.start_unix_server_1")]
    public void A_unix_socket_serves_as_well() => RunReal(async () =>
    {
        var path = Path.Combine(Path.GetTempPath(), $"quintet-{Guid.NewGuid():N}.sock");
        var server = Aio.StartUnixServer(TlsSpec.Upper, path);
        var (reader, writer) = await Aio.OpenUnixConnection(path);
        writer.Write("unix\n"u8);
        Assert.Equal("UNIX\n", Encoding.ASCII.GetString(await reader.ReadLine()));
        await End(writer, server);
        File.Delete(path);
    });

    [Fact, Pins("test_streams.open_connection_error", "test_streams.open_unix_connection_error",
        "test_base_events.create_connection_connect_err")]
    public void Nobody_there_is_an_error_at_once() => RunReal(async () =>
    {
        var server = Aio.StartServer(TlsSpec.Upper, "127.0.0.1", 0);
        var port = TlsSpec.Port(server);
        server.Close();
        await server.WaitClosed();
        await Fails<SocketException>(async () => await Aio.OpenConnection("127.0.0.1", port));
        await Fails<SocketException>(async () => await Aio.OpenUnixConnection(Path.Combine(Path.GetTempPath(), "quintet-nobody.sock")));
    });

    [Fact, Pins("test_base_events.create_server_cant_bind")]
    public void A_port_that_is_taken_is_an_error() => RunReal(async () =>
    {
        var server = Aio.StartServer(TlsSpec.Upper, "127.0.0.1", 0);
        Assert.Throws<SocketException>(() => Aio.StartServer(TlsSpec.Upper, "127.0.0.1", TlsSpec.Port(server)));
        server.Close();
        await server.WaitClosed();
    });

    // The end of writing is not the end of reading.
    [Fact]
    public void A_half_closed_connection_still_gives_the_answer() => RunReal(async () =>
    {
        var server = Aio.StartServer(async (reader, writer) =>
        {
            var all = await reader.Read();
            writer.Write(Encoding.ASCII.GetBytes($"{all.Length} bytes"));
            writer.Close();
        }, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        writer.Write(new byte[1_000_000]);
        writer.WriteEof();
        Assert.Equal("1000000 bytes", Encoding.ASCII.GetString(await reader.Read()));
        await End(writer, server);
    });

    // A peer that resets: the one who reads is told, the server and the others go on.
    [Fact]
    public void A_reset_is_told_to_its_connection_only() => RunReal(async () =>
    {
        var ended = EventLoop.Current.CreateFuture<Exception?>();
        var server = Aio.StartServer(async (reader, writer) =>
        {
            try
            {
                await TlsSpec.Upper(reader, writer);
            }
            catch (SocketException error)
            {
                ended.SetResult(error);
                writer.Close();
            }
        }, "127.0.0.1", 0);
        var (steadyReader, steady) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        using (var breaker = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            breaker.Connect(IPAddress.Loopback, TlsSpec.Port(server));
            breaker.LingerState = new LingerOption(true, 0);
            await Aio.Sleep(Seconds(0.01));
        }

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(await ended).SocketErrorCode);
        steady.Write("still\n"u8);
        Assert.Equal("STILL\n", Encoding.ASCII.GetString(await steadyReader.ReadLine()));
        await End(steady, server);
    });

    [Fact, Pins("test_streams.multiple_drain")]
    public void Several_may_wait_for_a_slow_reader() => RunReal(async () =>
    {
        var drained = 0;
        var all = EventLoop.Current.CreateFuture<int>();
        var server = Aio.StartServer(async (_, writer) =>
        {
            writer.Write(new byte[20_000_000]);
            LoopTask[] waits = [.. Enumerable.Range(0, 10).Select(_ => Aio.CreateTask(Drain(writer)))];
            await Aio.Wait(waits);
            all.SetResult(drained);
            writer.Close();
        }, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        await Aio.Sleep(Seconds(0.02));
        Assert.Equal(0, drained);
        Assert.Equal(20_000_000, (await reader.Read()).Length);
        Assert.Equal(10, await all);
        await End(writer, server);

        async Coroutine Drain(AsyncStreamWriter writer)
        {
            await writer.Drain();
            drained++;
        }
    });

    [Fact, Pins("test_streams.drain_raises", "test_streams.async_writer_api_exception_after_close")]
    public void A_drain_after_the_loss_says_so() => RunReal(async () =>
    {
        var server = Aio.StartServer(async (_, writer) =>
        {
            writer.Close();
            await writer.WaitClosed();
        }, "127.0.0.1", 0);
        var (_, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        var error = await Fails<Exception>(async () =>
        {
            while (true)
            {
                writer.Write(new byte[10_000]);
                await writer.Drain();
                await Aio.Sleep(Seconds(0.001));
            }
        });
        Assert.True(error is IOException or SocketException, error.ToString());
        writer.Close();
        await Fails<Exception>(writer.Drain);
        server.Close();
        await server.WaitClosed();
    });

    [Fact, Pins("test_streams.wait_closed_on_close", "test_streams.wait_closed_on_close_with_unread_data",
        "test_streams.eof_feed_when_closing_writer")]
    public void A_closed_writer_ends_its_reader_too() => RunReal(async () =>
    {
        var server = Aio.StartServer(TlsSpec.Upper, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        writer.Write("unread\n"u8);
        await Aio.Sleep(Seconds(0.01));
        Assert.False(writer.IsClosing);
        writer.Close();
        Assert.True(writer.IsClosing);
        await writer.WaitClosed();
        await reader.Read();
        Assert.True(reader.AtEof);
        server.Close();
        await server.WaitClosed();
    });

    // The handler's error goes to the loop's handler, and its connection is closed when what was written has gone out.
    [Fact, Pins("test_streams.unhandled_exception")]
    public void A_handler_that_fails_is_told_and_its_client_is_dropped() => RunReal(async () =>
    {
        var told = EventLoop.Current.CreateFuture<LoopExceptionContext>();
        EventLoop.Current.SetExceptionHandler((_, context) => told.SetResult(context));
        var server = Aio.StartServer(async (reader, writer) =>
        {
            await reader.ReadExactly(1);
            writer.Write("so far"u8);
            throw new InvalidTimeZoneException();
        }, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        writer.Write("x"u8);
        Assert.IsType<InvalidTimeZoneException>((await told).Exception);
        Assert.Equal("so far", Encoding.ASCII.GetString(await reader.Read()));
        await End(writer, server);
    });

    [Fact, Pins("test_server.TestServer2.wait_closed_basic", "test_server.TestServer2.wait_closed_race")]
    public void A_closed_server_waits_for_its_clients() => RunReal(async () =>
    {
        var server = Aio.StartServer(TlsSpec.Upper, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        writer.Write("one\n"u8);
        await reader.ReadLine();
        Assert.Equal(1, server.ConnectionCount);
        server.Close();
        var closed = Aio.CreateTask(server.WaitClosed());
        await Aio.Sleep(Seconds(0.02));
        Assert.False(closed.IsDone);
        writer.Close();
        await closed;
        Assert.Equal(0, server.ConnectionCount);
    });

    [Theory, Pins("test_server.TestServer2.close_clients", "test_server.TestServer2.abort_clients")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_can_send_its_clients_away(bool abort) => RunReal(async () =>
    {
        var server = Aio.StartServer(async (reader, writer) =>
        {
            writer.Write("hello\n"u8);
            await reader.Read();
        }, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        await reader.ReadLine();
        server.Close();
        if (abort) server.AbortClients();
        else server.CloseClients();
        await server.WaitClosed();
        Assert.Empty(await reader.Read());
        writer.Close();
    });

    [Fact]
    public void Serving_for_ever_ends_with_a_cancellation_and_closes() => RunReal(async () =>
    {
        var server = Aio.StartServer(TlsSpec.Upper, "127.0.0.1", 0);
        var serving = Aio.CreateTask(server.ServeForever());
        await Aio.Yield();
        await Fails<EventLoopException>(server.ServeForever);
        serving.Cancel();
        await Fails<CancelledError>(serving);
        Assert.False(server.IsServing);
    });

    // A thousand at once, all open until the last has had its answer.
    [Fact]
    public void A_thousand_connections_are_served_at_once() => RunReal(async () =>
    {
        const int count = 1000;
        var server = Aio.StartServer(TlsSpec.Upper, "127.0.0.1", 0, backlog: count);
        var open = new AsyncBarrier(count);
        var answers = await Aio.Gather([.. Enumerable.Range(0, count).Select(i => Client(i))]);
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"CLIENT {i}\n"), answers);
        server.Close();
        await server.WaitClosed();

        async Coroutine<string> Client(int i)
        {
            var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
            await open.Wait();
            writer.Write(Encoding.ASCII.GetBytes($"client {i}\n"));
            var line = Encoding.ASCII.GetString(await reader.ReadLine());
            writer.Close();
            return line;
        }
    });

    // CPython's own client, plain and over TLS: what it sends half-closed comes back.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pythons_client_is_served(bool tls) => RunReal(async () =>
    {
        Assert.SkipUnless(HasPython, "There is no python3 here.");
        var server = Aio.StartServer(TlsSpec.Upper, "127.0.0.1", 0, tls: tls ? Certificates.Server : null);
        const string plain = "import asyncio,sys\nasync def main():\n r,w=await asyncio.open_connection('127.0.0.1',int(sys.argv[1]))\n";
        const string secure = "import asyncio,ssl,sys\nc=ssl.create_default_context();" +
            "c.check_hostname=False;c.verify_mode=ssl.CERT_NONE\n" +
            "async def main():\n r,w=await asyncio.open_connection('127.0.0.1',int(sys.argv[1]),ssl=c)\n";
        const string rest = " n=0\n for i in range(200):\n  w.write(b'line %d\\n'%i)\n  await w.drain()\n" +
            "  n+=(await r.readline())==b'LINE %d\\n'%i\n" +
            " w.close()\n await w.wait_closed()\n print(n)\nasyncio.run(main())\n";
        string[] arguments = ["-c", (tls ? secure : plain) + rest, $"{TlsSpec.Port(server)}"];
        var client = await Aio.StartProcess("python3", arguments, pipeOutput: true, pipeError: true);
        var (output, error) = await client.Communicate();
        Assert.Equal(("200", ""), (Encoding.ASCII.GetString(output).Trim(), Encoding.ASCII.GetString(error)));
        server.Close();
        await server.WaitClosed();
    });

    private static bool HasPython { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "python3")));

    private static async Coroutine End(AsyncStreamWriter writer, AsyncServer server)
    {
        writer.Close();
        await writer.WaitClosed();
        server.Close();
        await server.WaitClosed();
    }
}
