using System.Net;
using System.Security.Authentication;
using System.Text;
using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Streams over TLS: connecting, refusing, going over to it, both kinds of end. Rules from CPython's streams and
/// sslproto.</summary>
public sealed class TlsSpec : AsyncioSpec
{
    [Fact, Pins("test_streams.open_connection_no_loop_ssl", "test_ssl.create_server_ssl_1", "test_ssl.create_connection_ssl_1")]
    public void What_is_written_at_one_end_is_read_at_the_other() => RunReal(async () =>
    {
        var server = Aio.StartServer(Upper, "127.0.0.1", 0, tls: Certificates.Server);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", Port(server), Certificates.Client());
        writer.Write("one\ntwo\n"u8);
        await writer.Drain();
        Assert.Equal("ONE\n", Encoding.ASCII.GetString(await reader.ReadLine()));
        Assert.Equal("TWO\n", Encoding.ASCII.GetString(await reader.ReadLine()));
        Assert.True(writer.Tls!.IsEncrypted);
        Assert.Equal(Port(server), ((IPEndPoint)writer.RemoteEndPoint!).Port);
        await Close(writer, server);
    });

    // A close tells the other end, which then reads the end; nothing that was written before is lost.
    [Fact]
    public void A_close_is_the_end_for_the_other_and_loses_nothing() => RunReal(async () =>
    {
        var server = Aio.StartServer(async (_, writer) =>
        {
            writer.Write(new byte[3_000_000]);
            writer.Close();
            await writer.WaitClosed();
        }, "127.0.0.1", 0, tls: Certificates.Server);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", Port(server), Certificates.Client());
        Assert.Equal(3_000_000, (await reader.Read()).Length);
        Assert.True(reader.AtEof);
        await Close(writer, server);
    });

    // Here more is promised than asyncio does: the end of writing leaves reading open (TLS 1.3).
    [Fact]
    public void The_end_of_writing_leaves_reading_open() => RunReal(async () =>
    {
        var server = Aio.StartServer(async (reader, writer) =>
        {
            var all = await reader.Read();
            writer.Write(Encoding.ASCII.GetBytes($"{all.Length} bytes"));
            writer.Close();
        }, "127.0.0.1", 0, tls: Certificates.Server);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", Port(server), Certificates.Client());
        writer.Write(new byte[100_000]);
        writer.WriteEof();
        Assert.Equal("100000 bytes", Encoding.ASCII.GetString(await reader.Read()));
        await Close(writer, server);
    });

    [Fact]
    public void A_name_that_the_certificate_does_not_have_is_refused() => RunReal(async () =>
    {
        var served = 0;
        var server = Aio.StartServer(async (_, writer) =>
        {
            served++;
            writer.Close();
        }, "127.0.0.1", 0, tls: Certificates.Server);
        await Fails<AuthenticationException>(async () =>
            await Aio.OpenConnection("127.0.0.1", Port(server), Certificates.Client("elsewhere.example")));
        // The near miss: another name that it does have.
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", Port(server), Certificates.Client("localhost"));
        Assert.Empty(await reader.Read());
        Assert.InRange(served, 1, 2);
        await Close(writer, server);
    });

    // A peer that speaks no TLS does not disturb the server.
    [Fact, Pins("test_base_events.create_server_ssl_timeout_for_plain_socket")]
    public void A_stranger_without_tls_is_dropped_and_the_others_are_served() => RunReal(async () =>
    {
        var server = Aio.StartServer(Upper, "127.0.0.1", 0, tls: Certificates.Server);
        var (plainReader, plainWriter) = await Aio.OpenConnection("127.0.0.1", Port(server));
        plainWriter.Write("GET / HTTP/1.0\r\n\r\n"u8);
        try
        {
            await plainReader.Read();
        }
        catch (IOException)
        {
            // Dropped with a reset.
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Dropped with a reset.
        }

        plainWriter.Abort();
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", Port(server), Certificates.Client());
        writer.Write("still here\n"u8);
        Assert.Equal("STILL HERE\n", Encoding.ASCII.GetString(await reader.ReadLine()));
        await Close(writer, server);
    });

    // The command and the first bytes of TLS may come in one piece: none of them may be lost.
    [Fact, Pins("test_streams.start_tls", "test_ssl.start_tls_client_reg_proto_1", "test_ssl.start_tls_server_1")]
    public void A_connection_goes_over_to_tls() => RunReal(async () =>
    {
        var server = Aio.StartServer(async (reader, writer) =>
        {
            Assert.Equal("STARTTLS\n", Encoding.ASCII.GetString(await reader.ReadLine()));
            await writer.StartTls(Certificates.Server);
            await Upper(reader, writer);
        }, "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", Port(server));
        Assert.Null(writer.Tls);
        writer.Write("STARTTLS\n"u8);
        await writer.StartTls(Certificates.Client("localhost"));
        Assert.NotNull(writer.Tls);
        writer.Write("secret\n"u8);
        Assert.Equal("SECRET\n", Encoding.ASCII.GetString(await reader.ReadLine()));
        await Fails<EventLoopException>(() => writer.StartTls(Certificates.Client("localhost")));
        await Close(writer, server);
    });

    // The limits of streams hold under TLS too: a writer that nobody reads from waits.
    [Fact]
    public void A_slow_reader_holds_the_writer() => RunReal(async () =>
    {
        var written = 0;
        var release = new AsyncEvent();
        var server = Aio.StartServer(async (_, writer) =>
        {
            for (var i = 0; i < 400; i++)
            {
                writer.Write(new byte[64 * 1024]);
                await writer.Drain();
                written++;
                if (written == 1) release.Set();
            }

            writer.Close();
        }, "127.0.0.1", 0, tls: Certificates.Server);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", Port(server), Certificates.Client());
        await release.Wait();
        var before = -1;
        for (var still = 0; still < 20; before = written)
        {
            await Aio.Sleep(Seconds(0.005));
            still = written == before ? still + 1 : 0;
        }

        Assert.InRange(written, 1, 399);
        Assert.Equal(400 * 64 * 1024, (await reader.Read()).Length);
        Assert.Equal(400, written);
        await Close(writer, server);
    });

    [Fact]
    public void A_connection_that_is_broken_off_says_so_at_the_other_end() => RunReal(async () =>
    {
        var server = Aio.StartServer(async (reader, writer) =>
        {
            await reader.ReadExactly(1);
            writer.Abort();
        }, "127.0.0.1", 0, tls: Certificates.Server);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", Port(server), Certificates.Client());
        writer.Write("x"u8);
        var error = await Fails<IOException>(async () => await reader.ReadExactly(10));
        Assert.NotNull(error);
        await Close(writer, server);
    });

    internal static int Port(AsyncServer server) => ((IPEndPoint)server.LocalEndPoint).Port;

    internal static async Coroutine Upper(AsyncStreamReader reader, AsyncStreamWriter writer)
    {
        while (await reader.ReadLine() is { Length: > 0 } line)
        {
            writer.Write(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(line).ToUpperInvariant()));
            await writer.Drain();
        }

        writer.Close();
        await writer.WaitClosed();
    }

    private static async Coroutine Close(AsyncStreamWriter writer, AsyncServer server)
    {
        writer.Close();
        try
        {
            await writer.WaitClosed();
        }
        catch (IOException)
        {
            // Broken off by the other end.
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Broken off by the other end.
        }

        server.Close();
        await server.WaitClosed();
    }
}
