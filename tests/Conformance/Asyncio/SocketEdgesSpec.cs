using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>What is cancelled, refused, large or copied on a connection. Rules from CPython's test_sock_lowlevel and test_sendfile, whose
/// operations are streams here.</summary>
public sealed class SocketEdgesSpec : AsyncioSpec
{
    [Fact, Pins("test_sock_lowlevel.sock_client_racing")]
    public void A_read_that_is_cancelled_takes_no_bytes_with_it() => RunReal(async () =>
    {
        var server = Aio.StartServer(async (reader, writer) =>
        {
            await reader.ReadExactly(1);
            writer.Write("kept"u8);
            writer.Close();
        }, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        var reading = Aio.CreateTask(reader.ReadExactly(4));
        await Turns(1);
        reading.Cancel();
        await Fails<CancelledError>(reading);
        // Cancelled when the bytes are there already, and given up before it ran.
        writer.Write("x"u8);
        var late = Aio.CreateTask(reader.ReadExactly(4));
        late.Cancel();
        await Fails<CancelledError>(late);
        Assert.Equal("kept", Encoding.ASCII.GetString(await reader.ReadExactly(4)));
        await Close(writer, server);
    });

    [Fact, Pins("test_sock_lowlevel.sock_client_connect_racing")]
    public void A_connection_that_is_cancelled_leaves_none_behind() => RunReal(async () =>
    {
        var served = 0;
        var server = Aio.StartServer(async (reader, writer) =>
        {
            served++;
            Assert.Empty(await reader.Read());
            writer.Close();
        }, "127.0.0.1", 0);
        for (var turns = 0; turns < 4; turns++)
        {
            var connecting = Aio.CreateTask(Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server)));
            await Turns(turns);
            if (!connecting.Cancel())
            {
                var (_, early) = await connecting;
                early.Close();
                continue;
            }

            await Fails<CancelledError>(connecting);
        }

        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        writer.WriteEof();
        Assert.Empty(await reader.Read());
        Assert.InRange(served, 1, 5);
        await Close(writer, server);
    });

    [Fact, Pins("test_sock_lowlevel.sock_client_fail")]
    public void A_connection_that_is_refused_says_so() => RunReal(async () =>
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var error = await Fails<SocketException>(async () =>
            await Aio.OpenConnection("127.0.0.1", ((IPEndPoint)bound.LocalEndPoint!).Port));
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    });

    [Fact, Pins("test_sock_lowlevel.huge_content")]
    public void Much_is_echoed_while_much_is_sent() => RunReal(async () =>
    {
        var server = Aio.StartServer(async (reader, writer) =>
        {
            while (await reader.Read(64 * 1024) is { Length: > 0 } chunk)
            {
                writer.Write(chunk);
                await writer.Drain();
            }

            writer.Close();
        }, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        var content = new byte[4 << 20];
        new Random(1).NextBytes(content);
        var sending = Aio.CreateTask(Send(writer, content));
        Assert.Equal(content, await reader.Read());
        await sending;
        await Close(writer, server);
    });

    [Fact, Pins("test_sendfile.sendfile_force_fallback", "test_sendfile.sendfile_pre_and_post_data")]
    public void A_stream_is_copied_between_what_is_written_before_and_after() => Copies(null, null);

    [Fact, Pins("test_sendfile.sendfile_ssl", "test_sendfile.sendfile_ssl_pre_and_post_data")]
    public void A_stream_is_copied_over_tls() => Copies(Certificates.Server, Certificates.Client());

    [Fact, Pins("test_sendfile.sendfile_fallback_close_peer_in_the_middle_of_receiving")]
    public void A_peer_that_goes_while_it_is_copied_to_fails_the_copy() => RunReal(async () =>
    {
        var server = Aio.StartServer(async (reader, writer) =>
        {
            await reader.ReadExactly(1024);
            writer.Abort();
        }, "127.0.0.1", 0);
        var (_, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        var error = await Fails<Exception>(() => Copy(new MemoryStream(new byte[64 << 20]), writer));
        Assert.True(error is IOException or SocketException, error.ToString());
        await Close(writer, server);
    });

    [Fact, Pins("test_sendfile.sendfile_for_closing_transp")]
    public void Nothing_is_copied_to_what_is_closed() => RunReal(async () =>
    {
        var all = 0;
        var server = Aio.StartServer(async (reader, writer) =>
        {
            all = (await reader.Read()).Length;
            writer.Close();
        }, "127.0.0.1", 0);
        var (_, writer) = await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server));
        writer.Close();
        await Fails<IOException>(() => Copy(new MemoryStream(new byte[100]), writer));
        await Close(writer, server);
        Assert.Equal(0, all);
    });

    private static void Copies(SslServerAuthenticationOptions? serverTls, SslClientAuthenticationOptions? clientTls) => RunReal(async () =>
    {
        byte[]? all = null;
        var server = Aio.StartServer(async (reader, writer) =>
        {
            all = await reader.Read();
            writer.Close();
        }, "127.0.0.1", 0, tls: serverTls);
        var (reader, writer) = clientTls is null
            ? await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server))
            : await Aio.OpenConnection("127.0.0.1", TlsSpec.Port(server), clientTls);
        writer.Write("PREFIX"u8);
        await Copy(new MemoryStream(new byte[1_000_000]), writer);
        writer.Write("SUFFIX"u8);
        writer.WriteEof();
        Assert.Empty(await reader.Read());
        Assert.Equal(1_000_012, all!.Length);
        Assert.Equal("PREFIX", Encoding.ASCII.GetString(all, 0, 6));
        Assert.Equal("SUFFIX", Encoding.ASCII.GetString(all, 1_000_006, 6));
        await Close(writer, server);
    });

    private static async Coroutine Copy(Stream from, AsyncStreamWriter to)
    {
        var buffer = new byte[256 * 1024];
        while (await Aio.ToThread(() => from.Read(buffer)) is > 0 and var count)
        {
            to.Write(buffer.AsSpan(0, count));
            await to.Drain();
        }
    }

    private static async Coroutine Send(AsyncStreamWriter writer, byte[] content)
    {
        writer.Write(content);
        await writer.Drain();
        writer.WriteEof();
    }

    private static async Coroutine Close(AsyncStreamWriter writer, AsyncServer server)
    {
        writer.Close();
        try
        {
            await writer.WaitClosed();
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // Broken off by the other end.
        }

        server.Close();
        await server.WaitClosed();
    }
}
