using System.Net;
using System.Net.Sockets;
using System.Text;
using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Connections with callbacks: the order of the calls, both kinds of end, what goes wrong in them. Rules from asyncio's
/// protocols and test_selector_events.</summary>
public sealed class ProtocolSpec : AsyncioSpec
{
    [Fact]
    [Pins(
        "test_selector_events.SelectorTransportTests.test_close",
        "test_selector_events.SelectorTransportTests.test_connection_lost",
        "test_selector_events.SelectorSocketTransportTests.test_ctor",
        "test_selector_events.SelectorSocketTransportTests.test_read_ready",
        "test_selector_events.SelectorSocketTransportTests.test_write")]
    public void The_calls_come_in_order() => RunReal(async () =>
    {
        var served = new Recorder();
        var server = Aio.CreateServer(() => served, "127.0.0.1", 0);
        var (transport, client) = await Aio.CreateConnection(() => new Recorder(), "127.0.0.1", TlsSpec.Port(server));
        // Made before the connect returns, and not told again.
        Assert.Equal(["made"], client.Log);
        served.OnData = data => served.Transport!.Write(Encoding.ASCII.GetBytes(data.ToUpperInvariant()));
        transport.Write("hello"u8);
        await client.Until("data HELLO");
        Assert.Equal(TlsSpec.Port(server), ((IPEndPoint)transport.RemoteEndPoint!).Port);
        transport.Close();
        Assert.True(transport.IsClosing);
        // Told in a later turn: who closes goes on first.
        Assert.DoesNotContain("lost", client.Log);
        await client.Until("lost");
        await served.Until("lost");
        Assert.Equal(["made", "data HELLO", "lost"], client.Log);
        Assert.Equal(["made", "data hello", "eof", "lost"], served.Log);
        await End(server);
    });

    [Theory]
    [Pins(
        "test_selector_events.SelectorSocketTransportTests.test_read_ready_eof",
        "test_selector_events.SelectorSocketTransportTests.test_read_ready_eof_keep_open",
        "test_selector_events.SelectorSocketTransportTests.test_write_eof")]
    [InlineData(true, "made,data late,eof,lost")]
    [InlineData(false, "made,eof,lost")]
    public void The_end_of_the_other_closes_unless_it_is_kept_open(bool keeps, string expected) => RunReal(async () =>
    {
        var served = new Recorder { KeepsOpen = keeps };
        var server = Aio.CreateServer(() => served, "127.0.0.1", 0);
        var (transport, client) = await Aio.CreateConnection(() => new Recorder { KeepsOpen = true }, "127.0.0.1", TlsSpec.Port(server));
        transport.WriteEof();
        Assert.Throws<EventLoopException>(() => transport.Write("more"u8));
        await served.Until("eof");
        if (keeps)
        {
            Assert.False(served.Transport!.IsClosing);
            served.Transport.Write("late"u8);
            await client.Until("data late");
            served.Transport.Close();
        }

        await served.Until("lost");
        await client.Until("eof");
        transport.Close();
        await client.Until("lost");
        Assert.Equal(expected, string.Join(',', client.Log));
        await End(server);
    });

    [Fact]
    [Pins(
        "test_selector_events.SelectorSocketTransportTests.test_data_received_error",
        "test_selector_events.SelectorTransportTests.test_fatal_error_custom_exception")]
    public void What_throws_at_data_is_reported_and_breaks_its_connection_only() => RunReal(async () =>
    {
        var reported = new List<LoopExceptionContext>();
        EventLoop.Current.SetExceptionHandler((_, context) => reported.Add(context));
        var all = new List<Recorder>();
        var server = Aio.CreateServer(() =>
        {
            var one = new Recorder();
            one.OnData = data =>
            {
                if (data == "bad") throw new InvalidOperationException("no");
                one.Transport!.Write("fine"u8);
            };
            all.Add(one);
            return one;
        }, "127.0.0.1", 0);
        var (bad, its) = await Aio.CreateConnection(() => new Recorder(), "127.0.0.1", TlsSpec.Port(server));
        var (good, other) = await Aio.CreateConnection(() => new Recorder(), "127.0.0.1", TlsSpec.Port(server));
        bad.Write("bad"u8);
        await its.Until("lost");
        good.Write("good"u8);
        await other.Until("data fine");
        Assert.Equal("no", Assert.Single(reported).Exception!.Message);
        Assert.Contains("data_received", reported[0].Message, StringComparison.Ordinal);
        Assert.Equal("no", all[0].Lost!.Message);
        Assert.Null(all[1].Lost);
        good.Close();
        await End(server);
    });

    // A slow reader: the writer is told to pause, once, and to go on when the rest is small enough.
    [Fact]
    [Pins(
        "test_selector_events.SelectorTransportTests.test_close_write_buffer",
        "test_selector_events.SelectorSocketTransportTests.test_write_buffer",
        "test_selector_events.SelectorSocketTransportTests.test_write_partial",
        "test_selector_events.SelectorSocketTransportTests.test_write_partial_none",
        "test_selector_events.SelectorSocketTransportTests.test_write_tryagain",
        "test_selector_events.SelectorSocketTransportTests.test_write_ready",
        "test_selector_events.SelectorSocketTransportTests.test_write_ready_partial",
        "test_selector_events.SelectorSocketTransportTests.test_write_ready_closing")]
    public void A_writer_is_held_back_and_goes_on() => RunReal(async () =>
    {
        var served = new Recorder();
        var server = Aio.CreateServer(() => served, "127.0.0.1", 0);
        var (transport, client) = await Aio.CreateConnection(() => new Recorder(), "127.0.0.1", TlsSpec.Port(server));
        await served.Until("made");
        served.Transport!.PauseReading();
        Assert.False(served.Transport.IsReading);
        transport.SetWriteBufferLimits(high: 100_000, low: 1_000);
        var block = new byte[1 << 20];
        var written = 0;
        while (!client.Log.Contains("pause"))
        {
            transport.Write(block);
            written += block.Length;
        }

        transport.Write(block);
        written += block.Length;
        Assert.Equal(1, client.Log.Count(line => line == "pause"));
        Assert.True(transport.WriteBufferSize > 100_000);
        served.Transport.ResumeReading();
        await client.Until("resume");
        Assert.True(transport.WriteBufferSize <= 1_000);
        transport.Close();
        await served.Until("lost");
        Assert.Equal(written, served.Received);
        await End(server);
    });

    [Fact, Pins("test_transports.TransportTests.test_flowcontrol_mixin_set_write_limits")]
    public void Limits_that_make_no_sense_are_refused() => RunReal(async () =>
    {
        var server = Aio.CreateServer(() => new Recorder(), "127.0.0.1", 0);
        var (transport, client) = await Aio.CreateConnection(() => new Recorder(), "127.0.0.1", TlsSpec.Port(server));
        Assert.Throws<ArgumentOutOfRangeException>(() => transport.SetWriteBufferLimits(high: 10, low: 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => transport.SetWriteBufferLimits(low: -1));
        transport.SetWriteBufferLimits(high: 10, low: 10);
        transport.Abort();
        await client.Until("lost");
        await End(server);
    });

    [Fact]
    public void A_connection_lives_in_the_context_in_which_it_was_made() => RunReal(async () =>
    {
        var value = new AsyncLocal<string>();
        var seen = new List<string?>();
        var server = Aio.CreateServer(() => new Recorder { Greeting = "hello" }, "127.0.0.1", 0);
        value.Value = "made";
        var (transport, client) = await Aio.CreateConnection(
            () => new Recorder { OnData = _ => seen.Add(value.Value) }, "127.0.0.1", TlsSpec.Port(server));
        value.Value = "later";
        await client.Until("data hello");
        transport.Close();
        await client.Until("lost");
        Assert.Equal(["made"], seen);
        await End(server);
    });

    [Fact]
    public void A_protocol_speaks_tls() => RunReal(async () =>
    {
        var served = new Recorder();
        var server = Aio.CreateServer(() => served, "127.0.0.1", 0, tls: Certificates.Server);
        var (transport, client) = await Aio.CreateConnection(
            () => new Recorder(), "127.0.0.1", TlsSpec.Port(server), Certificates.Client());
        Assert.True(transport.Tls!.IsEncrypted);
        served.OnData = data => served.Transport!.Write(Encoding.ASCII.GetBytes(data + "!"));
        transport.Write("secret"u8);
        await client.Until("data secret!");
        transport.Close();
        await client.Until("lost");
        await served.Until("lost");
        await End(server);
    });

    [Fact]
    public void Nobody_there_is_an_error_and_makes_no_connection() => RunReal(async () =>
    {
        var server = Aio.CreateServer(() => new Recorder(), "127.0.0.1", 0);
        var port = TlsSpec.Port(server);
        await End(server);
        await Fails<SocketException>(async () => await Aio.CreateConnection(() => new Recorder(), "127.0.0.1", port));
    });

    private static async Coroutine End(AsyncServer server)
    {
        server.Close();
        await server.WaitClosed();
    }
}
