using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>The edges of TLS: handshakes that fail, hang or are left, and ends that the other side does not keep to. The other side is the
/// base library's on a thread of the pool. Rules from CPython's test_ssl and test_sslproto.</summary>
public sealed class TlsEdgesSpec : AsyncioSpec
{
    private static readonly TimeSpan Brief = Seconds(0.1);

    // For a peer that answers.
    private static readonly TimeSpan Enough = Seconds(3);

    [Fact, Pins("test_ssl.create_connection_ssl_failed_certificate", "test_sslproto.create_connection_ssl_failed_certificate")]
    public void A_certificate_that_nobody_vouches_for_is_refused() => RunReal(async () =>
    {
        var server = Aio.StartServer(TlsSpec.Upper, "127.0.0.1", 0, tls: Certificates.Server);
        await Fails<AuthenticationException>(async () =>
            await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server), new SslClientAuthenticationOptions()));
        // The near miss: the server serves the next one.
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server), Certificates.Client());
        writer.Write("next\n"u8);
        Assert.Equal("NEXT\n", Encoding.ASCII.GetString(await reader.ReadLine()));
        await Close(writer, server);
    });

    [Fact, Pins("test_ssl.ssl_handshake_timeout", "test_sslproto.handshake_timeout", "test_ssl.create_connection_ssl_slow_handshake",
        "test_sslproto.create_connection_ssl_slow_handshake", "test_ssl.connect_timeout_warning",
        "test_base_events.BaseEventLoopWithSelectorTests.create_connection_ssl_timeout_for_plain_socket")]
    public void A_handshake_that_is_not_answered_is_given_up() => Limited(async () =>
    {
        using var silent = new Listener(_ => Task.CompletedTask);
        var error = await Fails<TimeoutException>(async () =>
            await Aio.OpenConnection("127.0.0.1", silent.Port, Certificates.Client()));
        Assert.NotNull(error);
        await silent.SeesTheEnd();
    }, Real with { TlsHandshakeTimeout = Brief });

    [Fact, Pins("test_sslproto.eof_received_waiter", "test_ssl.ssl_handshake_connection_lost", "test_sslproto.connection_lost")]
    public void A_connection_that_is_lost_in_the_handshake_fails_it() => RunReal(async () =>
    {
        using var rude = new Listener(socket =>
        {
            socket.Dispose();
            return Task.CompletedTask;
        });
        var error = await Fails<Exception>(async () => await Aio.OpenConnection("127.0.0.1", rude.Port, Certificates.Client()));
        // An end, or a reset: which one is a matter of what has come until then.
        Assert.True(error is IOException or SocketException, error.ToString());
    });

    [Fact, Pins("test_ssl.start_tls_slow_client_cancel", "test_sslproto.start_tls_slow_client_cancel",
        "test_sslproto.close_during_handshake")]
    public void Who_gives_up_waiting_for_the_handshake_closes_the_connection() => RunReal(async () =>
    {
        using var silent = new Listener(_ => Task.CompletedTask);
        var (_, writer) = await Aio.OpenConnection("127.0.0.1", silent.Port);
        var starting = Aio.CreateTask(writer.StartTls(Certificates.Client("localhost")));
        await silent.SeesBytes();
        starting.Cancel();
        await Fails<CancelledError>(starting);
        Assert.True(starting.IsCancelled);
        await silent.SeesTheEnd();
    });

    [Fact, Pins("test_ssl.start_tls_client_corrupted_ssl", "test_sslproto.start_tls_client_corrupted_ssl")]
    public void What_is_no_tls_after_the_handshake_fails_the_reader() => RunReal(async () =>
    {
        using var corrupt = new Listener(async socket =>
        {
            await using var ssl = await Served(socket);
            await socket.SendAsync("please corrupt the SSL connection"u8.ToArray());
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        });
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", corrupt.Port, Certificates.Client());
        var error = await Fails<IOException>(async () => await reader.ReadExactly(1));
        Assert.NotNull(error);
        await Fails<IOException>(writer.WaitClosed);
    });

    [Fact, Pins("test_ssl.remote_shutdown_receives_trailing_data")]
    public void Who_has_said_the_end_still_gets_what_the_other_writes() => RunReal(async () =>
    {
        var all = 0;
        using var peer = new Listener(async socket =>
        {
            await using var ssl = await Served(socket);
            await ssl.ShutdownAsync();
            var buffer = new byte[64 * 1024];
            for (int count; (count = await ssl.ReadAsync(buffer)) > 0;) all += count;
        });
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", peer.Port, Certificates.Client());
        Assert.Empty(await reader.Read());
        writer.Write(new byte[1_000_000]);
        writer.Close();
        await Aio.Wrap(peer.Served);
        Assert.Equal(1_000_000, all);
        await writer.WaitClosed();
    });

    [Fact, Pins("test_ssl.shutdown_cleanly", "test_ssl.flush_before_shutdown", "test_sslproto.data_received_after_closing",
        "test_sslproto.write_after_closing")]
    public void A_close_sends_what_was_written_before_and_nothing_of_what_comes_after() => RunReal(async () =>
    {
        var all = "";
        using var peer = new Listener(async socket =>
        {
            await using var ssl = await Served(socket);
            using var text = new StreamReader(ssl, Encoding.ASCII);
            all = await text.ReadToEndAsync();
            await ssl.WriteAsync("after the end"u8.ToArray());
            await ssl.ShutdownAsync();
        });
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", peer.Port, Certificates.Client());
        writer.Write("before"u8);
        writer.Close();
        writer.Write("after"u8);
        await writer.WaitClosed();
        await Aio.Wrap(peer.Served);
        Assert.Equal("before", all);
        Assert.Empty(await reader.Read());
    });

    [Fact, Pins("test_ssl.shutdown_timeout_handler_leak")]
    public void A_close_that_is_not_answered_is_given_up() => Limited(async () =>
    {
        using var deaf = new Listener(async socket =>
        {
            _ = await Served(socket);
        });
        var (_, writer) = await Aio.OpenConnection("127.0.0.1", deaf.Port, Certificates.Client());
        writer.Close();
        await Fails<TimeoutException>(writer.WaitClosed);
    }, Real with { TlsShutdownTimeout = Brief });

    [Fact, Pins("test_ssl.shutdown_timeout_handler_not_set", "test_sslproto.get_extra_info_on_closed_connection")]
    public void A_close_that_is_answered_leaves_no_limit_behind() => Limited(async () =>
    {
        using var peer = new Listener(async socket =>
        {
            await using var ssl = await Served(socket);
            while (await ssl.ReadAsync(new byte[16]) > 0)
            {
                // Until its end.
            }

            await ssl.ShutdownAsync();
        });
        var (_, writer) = await Aio.OpenConnection("127.0.0.1", peer.Port, Certificates.Client());
        writer.Close();
        await Aio.Wrap(peer.Served);
        await writer.WaitClosed();
        await Aio.Sleep(Enough + Brief);
        await writer.WaitClosed();
        Assert.Equal(peer.Port, ((IPEndPoint)writer.RemoteEndPoint!).Port);
    }, Real with { TlsShutdownTimeout = Enough });

    [Theory, Pins("test_sslproto.handshake_timeout_zero", "test_sslproto.handshake_timeout_negative")]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_that_is_none_is_refused(int seconds)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoop(Real with { TlsHandshakeTimeout = Seconds(seconds) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoop(Real with { TlsShutdownTimeout = Seconds(seconds) }));
    }

    // Only the limit that a test is about is brief: the rest of it succeeds however busy the machine is.
    private static void Limited(Func<Coroutine> body, EventLoopOptions options) =>
        Bounded.Run(() => EventLoop.Run(body(), options));

    private static async Task<SslStream> Served(Socket socket)
    {
        var ssl = new SslStream(new NetworkStream(socket));
        await ssl.AuthenticateAsServerAsync(Certificates.Server);
        return ssl;
    }

    private static async Coroutine Close(AsyncStreamWriter writer, AsyncServer server)
    {
        writer.Close();
        await writer.WaitClosed();
        server.Close();
        await server.WaitClosed();
    }

    /// <summary>A server on the thread pool, for one connection.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly Socket _listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly TaskCompletionSource<Socket> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Listener(Func<Socket, Task> serve)
        {
            _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listening.Listen();
            Served = Task.Run(async () =>
            {
                var socket = await _listening.AcceptAsync();
                _accepted.SetResult(socket);
                await serve(socket);
            });
        }

        internal int Port => ((IPEndPoint)_listening.LocalEndPoint!).Port;

        internal Task Served { get; }

        internal async Coroutine SeesBytes() => Assert.True(await Aio.Wrap(Receive()) > 0);

        internal async Coroutine SeesTheEnd() => await Aio.Wrap(ReadToEnd());

        public void Dispose()
        {
            _listening.Dispose();
            if (_accepted.Task is { IsCompletedSuccessfully: true, Result: var socket }) socket.Dispose();
        }

        private async Task<int> Receive() => await (await _accepted.Task).ReceiveAsync(new byte[16 * 1024]);

        private async Task<int> ReadToEnd()
        {
            try
            {
                while (await Receive() > 0)
                {
                    // What the client said of itself.
                }
            }
            catch (SocketException)
            {
                // Broken off: an end as well.
            }

            return 0;
        }
    }
}
