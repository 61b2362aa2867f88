using System.Net;
using System.Net.Sockets;
using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Transports: what is read when, what is written still, and who is told of failures. Rules from test_selector_events,
/// test_transports and test_sslproto.</summary>
public sealed class TransportSpec : AsyncioSpec
{
    private const string Tests = "test_selector_events.SelectorSocketTransportTests.";

    // pause_reading in connection_made: nothing is read before resume_reading. Both twice are as once. By TLS, too, where what has come
    // already and was not decrypted, or not passed on, waits as well.
    [Theory, Pins(Tests + "test_pause_resume_reading", Tests + "test_pause_reading_connection_made")]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_read_while_reading_is_paused(bool tls) => RunReal(async () =>
    {
        Recorder? served = null;
        served = new Recorder
        {
            At = line =>
            {
                if (line is "made" or "data two") served!.Transport!.PauseReading();
            },
        };
        var (server, transport, client) = await Pair(served, tls);
        await served.Until("made");
        Assert.False(served.Transport!.IsReading);
        transport.Write("one"u8);
        await Aio.Sleep(Seconds(0.02));
        Assert.Equal(["made"], served.Log);
        served.Transport.PauseReading();
        served.Transport.ResumeReading();
        served.Transport.ResumeReading();
        Assert.True(served.Transport.IsReading);
        Assert.Equal(["made"], served.Log);
        await served.Until("data one");

        transport.Write("two"u8);
        await served.Until("data two");
        transport.Write("three"u8);
        await Aio.Sleep(Seconds(0.02));
        Assert.Equal(["made", "data one", "data two"], served.Log);
        served.Transport.ResumeReading();
        await served.Until("data three");
        transport.Close();
        await client.Until("lost");
        await End(server);
    });

    // Of what comes together each piece is given when reading is resumed, and no more: by TLS several pieces come with one read.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_reader_that_pauses_at_each_piece_is_given_one_at_a_time(bool tls) => RunReal(async () =>
    {
        const int size = 300_000;
        var pieces = 0;
        var served = new Recorder();
        served.OnData = _ =>
        {
            pieces++;
            served.Transport!.PauseReading();
        };
        var (server, transport, client) = await Pair(served, tls);
        transport.Write(new byte[size]);
        for (var given = 1; served.Received < size; given++)
        {
            while (pieces < given) await Aio.Sleep(Seconds(0.001));
            await Turns(3);
            Assert.Equal(given, pieces);
            served.Transport!.ResumeReading();
        }

        transport.Close();
        await client.Until("lost");
        await End(server);
    });

    // resume_reading after close reads nothing, whatever is still to be written.
    [Theory, Pins(Tests + "test_write_ready_closing")]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_read_after_the_close(bool inConnectionMade) => RunReal(async () =>
    {
        Recorder? served = null;
        served = new Recorder
        {
            At = line =>
            {
                if (line != "made" || !inConnectionMade) return;
                served!.Transport!.Write(new byte[20_000_000]);
                served.Transport.Close();
            },
        };
        var (server, transport, client) = await Pair(served);
        transport.PauseReading();
        transport.Write("late"u8);
        await served.Until("made");
        if (!inConnectionMade)
        {
            served.Transport!.PauseReading();
            served.Transport.Write(new byte[20_000_000]);
            served.Transport.Close();
            served.Transport.ResumeReading();
        }

        Assert.True(served.Transport!.IsClosing && served.Transport.WriteBufferSize > 0 && !served.Transport.IsReading);
        await Aio.Sleep(Seconds(0.02));
        transport.ResumeReading();
        await served.Until("lost");
        transport.Close();
        await client.Until("lost");
        Assert.Equal(["made", "lost"], served.Log.Where(static line => line is not ("pause" or "resume")));
        await End(server);
    });

    // eof_received that raises: reported, and the connection is lost with it.
    [Fact, Pins(Tests + "test_read_eof_received_error", "test_selector_events.SelectorTransportTests.test_fatal_error")]
    public void What_throws_at_the_end_is_reported_and_breaks_the_connection() => RunReal(async () =>
    {
        var reported = Reports();
        var served = new Recorder { At = ThrowAt("eof") };
        var (server, transport, client) = await Pair(served);
        transport.WriteEof();
        await served.Until("lost");
        Assert.Equal("at eof", Assert.Single(reported).Exception!.Message);
        Assert.Equal("at eof", served.Lost!.Message);
        await client.Until("lost");
        await End(server);
    });

    // pause_writing, resume_writing, connection_made and connection_lost that raise are reported; the connection goes on, and its end is
    // seen by the server.
    [Theory, Pins("test_transports.TransportTests.test_flowcontrol_mixin_set_write_limits")]
    [InlineData("pause", "pause_writing")]
    [InlineData("resume", "resume_writing")]
    [InlineData("made", "connection_made")]
    [InlineData("lost", "connection_lost")]
    public void What_throws_elsewhere_is_reported_and_the_connection_goes_on(string when, string name) => RunReal(async () =>
    {
        var reported = Reports();
        var served = new Recorder { At = ThrowAt(when) };
        var (server, transport, client) = await Pair(served);
        await served.Until("made");
        transport.PauseReading();

        // The limits hold for what is kept already: they are set when too much is.
        served.Transport!.SetWriteBufferLimits(high: 40_000_000);
        served.Transport.Write(new byte[20_000_000]);
        Assert.DoesNotContain("pause", served.Log);
        served.Transport.SetWriteBufferLimits(high: 1_000);
        Assert.Contains("pause", served.Log);
        transport.ResumeReading();
        await served.Until("resume");
        served.Transport.Close();
        await served.Until("lost");
        await client.Until("lost");
        Assert.Equal(20_000_000, client.Received);
        await End(server);
        var report = Assert.Single(reported);
        Assert.Equal($"at {when}", report.Exception!.Message);
        Assert.Contains(name, report.Message, StringComparison.Ordinal);
    });

    // A reset is what connection_lost is told; it is nobody's failure. Writing to what is lost is no error.
    [Fact, Pins(Tests + "test_read_ready_conn_reset", Tests + "test_read_ready_err", Tests + "test_write_closing")]
    public void A_reset_is_told_as_the_reason_of_the_loss() => RunReal(async () =>
    {
        var reported = Reports();
        var served = new Recorder();
        var server = Aio.CreateServer(() => served, "127.0.0.1", 0);
        using (var breaker = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            breaker.Connect(IPAddress.Loopback, TlsSpec.Port(server));
            await served.Until("made");
            breaker.LingerState = new LingerOption(true, 0);
        }

        await served.Until("lost");
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(served.Lost).SocketErrorCode);
        served.Transport!.Write("anybody"u8);
        served.Transport.Write([]);
        Assert.Equal(0, served.Transport.WriteBufferSize);
        Assert.Empty(reported);
        await End(server);
    });

    // write_eof comes behind what is kept; after close it is too late, and no error. No data is nothing to write.
    [Fact, Pins(Tests + "test_write_eof_buffer", Tests + "test_write_eof_after_close", Tests + "test_write_no_data",
        Tests + "test_write_ready_no_data")]
    public void The_end_comes_behind_what_was_written() => RunReal(async () =>
    {
        var served = new Recorder { KeepsOpen = true };
        var (server, transport, client) = await Pair(served);
        transport.Write([]);
        Assert.Equal(0, transport.WriteBufferSize);
        transport.Write(new byte[10_000_000]);
        transport.WriteEof();
        await served.Until("eof");
        Assert.Equal(10_000_000, served.Received);
        served.Transport!.Close();
        served.Transport.WriteEof();
        await client.Until("lost");
        await served.Until("lost");
        await End(server);
    });

    // abort: what is kept is lost, and connection_lost is told without an error, in a later turn; twice is as once.
    [Fact, Pins("test_selector_events.SelectorTransportTests.test_abort", "test_selector_events.SelectorTransportTests.test_force_close",
        Tests + "test_transport_close_remove_writer")]
    public void An_aborted_connection_is_lost_without_an_error() => RunReal(async () =>
    {
        var served = new Recorder();
        var (server, transport, client) = await Pair(served);
        await served.Until("made");
        transport.PauseReading();
        served.Transport!.Write(new byte[20_000_000]);
        served.Transport.Abort();
        served.Transport.Abort();
        served.Transport.Close();
        Assert.DoesNotContain("lost", served.Log);
        await served.Until("lost");
        Assert.Null(served.Lost);
        Assert.Single(served.Log, "lost");
        transport.ResumeReading();
        await client.Until("lost");
        Assert.True(client.Received < 20_000_000);
        await End(server);
    });

    // set_protocol: what comes afterwards is the new one's, its end too.
    [Fact, Pins("test_selector_events.SelectorSocketTransportBufferedProtocolTests.test_proto_type_switch")]
    public void Another_protocol_can_take_over() => RunReal(async () =>
    {
        var (first, second) = (new Recorder(), new Recorder());
        var (server, transport, client) = await Pair(first);
        transport.Write("one"u8);
        await first.Until("data one");
        first.Transport!.Protocol = second;
        transport.Write("two"u8);
        await second.Until("data two");
        transport.Close();
        await second.Until("lost");
        await client.Until("lost");
        Assert.Equal(["made", "data one"], first.Log);
        Assert.Equal(["data two", "eof", "lost"], second.Log);
        await End(server);
    });

    // "Error on transport creation for incoming connection": told to the loop's handler, the connection is closed, and the server goes on.
    [Fact]
    public void A_factory_that_throws_costs_its_connection() => RunReal(async () =>
    {
        var reported = Reports();
        var good = new Recorder();
        var fails = true;
        var server = Aio.CreateServer(() => fails ? throw new FormatException("no protocol") : good, "127.0.0.1", 0);
        var (_, bad) = await Aio.CreateConnection(static () => new Recorder(), "127.0.0.1", TlsSpec.Port(server));
        await bad.Until("lost");
        Assert.Equal("no protocol", Assert.Single(reported).Exception!.Message);
        fails = false;
        var (transport, _) = await Aio.CreateConnection(static () => new Recorder(), "127.0.0.1", TlsSpec.Port(server));
        await good.Until("made");
        transport.Close();
        await End(server);
    });

    private static List<LoopExceptionContext> Reports()
    {
        var reported = new List<LoopExceptionContext>();
        EventLoop.Current.SetExceptionHandler((_, context) => reported.Add(context));
        return reported;
    }

    private static Action<string> ThrowAt(string when) => line =>
    {
        if (line == when) throw new InvalidDataException($"at {when}");
    };

    private static async Coroutine<(AsyncServer Server, AsyncTransport Transport, Recorder Client)> Pair(Recorder served, bool tls = false)
    {
        var server = Aio.CreateServer(() => served, "127.0.0.1", 0, tls: tls ? Certificates.Server : null);
        var (transport, client) = tls
            ? await Aio.CreateConnection(static () => new Recorder(), "127.0.0.1", TlsSpec.Port(server), Certificates.Client())
            : await Aio.CreateConnection(static () => new Recorder(), "127.0.0.1", TlsSpec.Port(server));
        return (server, transport, client);
    }

    private static async Coroutine End(AsyncServer server)
    {
        server.Close();
        await server.WaitClosed();
    }
}
