using System.Net;
using System.Text;
using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

public sealed partial class NetSpec
{
    [Fact, Pins("test-net-server-max-connections", "test-net-server-drop-connections")]
    public void More_connections_than_allowed_are_dropped() => Assert.Equal("connection drop closed", TraceReal(log =>
    {
        NetServer? server = null;
        NetSocket? first = null;
        server = Serve(_ => log("connection"), port =>
        {
            server!.MaxConnections = 1;
            server.On("drop", () => log("drop"));
            first = Connect(port, () =>
            {
                var second = Connect(port);
                second.On<Exception>("error", _ => { });
                second.Resume();
                second.On("close", () =>
                {
                    first!.Destroy();
                    server.Close(() => log("closed"));
                });
            });
        });
    }));

    [Fact, Pins("test-net-server-pause-on-connect")]
    public void A_server_may_give_connections_that_do_not_flow() => Assert.Equal("True flows:hi", TraceReal(log =>
    {
        NetServer? server = null;
        server = new NetServer(
            c =>
            {
                log(c.IsPaused.ToString());
                var flows = false;
                c.OnData(d => log((flows ? "flows:" : "too early:") + Text(d)));
                After(20, () =>
                {
                    flows = true;
                    c.Resume();
                });
                server!.Close();
            },
            pauseOnConnect: true);
        server.Listen(0, "127.0.0.1", () =>
        {
            var client = Connect(PortOf(server));
            client.End("hi");
            client.Resume();
        });
    }));

    [Fact, Pins("test-net-socket-timeout", "test-net-settimeout", "test-net-can-reset-timeout",
        "test-timers-socket-timeout-removes-other-socket-unref-timer")]
    public void A_silent_connection_tells_its_timeout_and_goes_on() => Assert.Equal("timeout alive", TraceReal(log =>
    {
        NetServer? server = null;
        server = Serve(
            c =>
            {
                c.SetTimeout(20, () =>
                {
                    log("timeout");
                    c.SetTimeout(0);
                    c.End("alive");
                });
                server!.Close();
            },
            port => Connect(port).OnData(d => log(Text(d))));
    }));

    [Fact, Pins("test-net-server-unref", "test-net-socket-timeout-unref", "test-net-persistent-ref-unref")]
    public void A_server_without_a_ref_does_not_hold_the_loop() => Assert.Equal("listening exit", TraceReal(log =>
    {
        var server = new NetServer();
        server.Listen(0, "127.0.0.1", () =>
        {
            log("listening");
            server.Ref();
            server.Unref();
        });
        Loop.Process.Exit += _ => log("exit");
    }));

    [Fact, Pins("test-net-server-listen-options-signal", "test-net-connect-abort-controller")]
    public void Signals_close_a_server_and_destroy_a_connection() => Assert.Equal("ABORT_ERR closed", TraceReal(log =>
    {
        var controller = new AbortController();
        var server = new NetServer();
        server.On("close", () => log("closed"));
        server.Listen(new IPEndPoint(IPAddress.Loopback, 0), () =>
        {
            var client = NetSocket.Connect(server.Address!, signal: AbortSignal.Aborted());
            client.On<Exception>("error", e =>
            {
                log(Code(e));
                controller.Abort();
            });
        }, signal: controller.Signal);
    }));

    [Fact, Pins("test-net-server-listen-path", "test-net-connect-options-path")]
    public void A_path_is_a_socket_that_is_gone_when_it_is_closed()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsUnixDomainSockets, "There are no Unix-domain sockets here.");
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Equal("hi False", TraceReal(log =>
        {
            NetServer? server = null;
            server = new NetServer(c =>
            {
                c.OnData(d => log(Text(d)));
                server!.Close();
            });
            server.Listen(path, () =>
            {
                var client = NetSocket.Connect(path);
                client.End("hi");
                client.Resume();
                client.On("close", () => After(10, () => log(File.Exists(path).ToString())));
            });
        }));
    }

    [Fact, Pins("test-net-throttle", "test-net-pause-resume-connecting", "test-net-bytes-written-large")]
    public void A_reader_that_pauses_holds_the_writer() => Assert.Equal("False True drain 8388608", TraceReal(log =>
    {
        NetServer? server = null;
        server = Serve(
            c =>
            {
                c.Pause();
                server!.Close();
                var total = 0L;
                c.OnData(d => total += d.Length);
                c.On("end", () => log(total.ToString()));
                After(50, () => c.Resume());
            },
            port =>
            {
                var client = Connect(port);
                log(client.Write(new byte[8 << 20]).ToString());
                client.Resume();
                After(20, () => log((client.WritableLength > 0).ToString()));
                client.On("drain", () =>
                {
                    log("drain");
                    client.End();
                });
            });
    }));

    [Fact, Pins("test-net-server-capture-rejection")]
    public void A_rejection_of_a_connection_listener_is_told() => Assert.Equal("unhandled:kaboom", TraceReal(log =>
    {
        Loop.Process.UnhandledRejection += (e, _) => log("unhandled:" + e.Message);
        NetServer? server = null;
        server = new NetServer();
        server.On<NetSocket>("connection", async c =>
        {
            await Promise.Resolve();
            c.Destroy();
            server.Close();
            throw Bad("kaboom");
        });
        server.Listen(0, "127.0.0.1", () =>
        {
            var client = Connect(PortOf(server));
            client.On<Exception>("error", _ => { });
            client.Resume();
        });
    }));

    // An address is connected to in a tick: who destroys the socket before that, has reached nobody.
    [Theory, Pins("test-net-connect-destroy", "test-net-connect-immediate-destroy")]
    [InlineData(false, "destroyed refused:ERR_STREAM_DESTROYED early-closed over 0")]
    // The near miss: destroyed after the tick.
    [InlineData(true, "destroyed refused:ERR_STREAM_DESTROYED early-closed over 1")]
    public void A_socket_that_is_destroyed_at_once_reaches_nobody(bool later, string expected) => Assert.Equal(expected, TraceReal(log =>
    {
        var connections = 0;
        NetServer? server = null;
        server = Serve(
            c =>
            {
                connections++;
                c.On<Exception>("error", _ => { });
                // The last one's: who came before it was taken before it.
                c.OnData(_ =>
                {
                    log("over " + (connections - 1));
                    c.Destroy();
                    server!.Close();
                });
            },
            port =>
            {
                var early = Connect(port, () => log("never"));
                early.On("close", () =>
                {
                    log("early-closed");
                    var last = Connect(port);
                    last.Write("last");
                    last.On<Exception>("error", _ => { });
                    last.Resume();
                });
                void Leave()
                {
                    early.Destroy();
                    log("destroyed");
                    early.Write("x"u8.ToArray(), e => log("refused:" + ((StreamError)e!).Code));
                }

                if (later) Tick(() => Leave());
                else Leave();
            });
    }));
}
