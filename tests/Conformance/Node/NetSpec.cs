using System.Net;
using System.Text;
using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Servers and connections. Rules from test-net-*.</summary>
public sealed partial class NetSpec : NodeSpec
{
    private static int PortOf(NetServer server) => ((IPEndPoint)server.Address!).Port;

    private static NetServer Serve(Action<NetSocket> onConnection, Action<int> listening, bool allowHalfOpen = false)
    {
        NetServer? server = null;
        server = new NetServer(onConnection, allowHalfOpen);
        return server.Listen(0, "127.0.0.1", () => listening(PortOf(server)));
    }

    private static NetSocket Connect(int port, Action? connected = null) => NetSocket.Connect(port, "127.0.0.1", connected);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    [Fact, Pins("test-net-pingpong", "test-net-stream")]
    public void Two_ends_talk_and_end() => Assert.Equal("PING PONG PING PONG PING PONG closed", TraceReal(log =>
    {
        NetServer? server = null;
        server = Serve(
            c => c.OnData(d =>
            {
                log(Text(d));
                c.Write("PONG");
            }),
            port =>
            {
                var count = 0;
                var client = Connect(port);
                client.Write("PING");
                client.OnData(d =>
                {
                    log(Text(d));
                    if (++count < 3) client.Write("PING");
                    else client.End();
                });
                client.On("close", () => server!.Close(() => log("closed")));
            });
    }));

    [Fact, Pins("test-net-server-close", "test-net-listen-close-server")]
    public void A_closed_server_waits_for_its_connections() => Assert.Equal("destroying server-closed", TraceReal(log =>
    {
        NetServer? server = null;
        NetSocket? client = null;
        server = Serve(
            c =>
            {
                server!.Close(() => log("server-closed"));
                Assert.False(server.IsListening);
                After(10, () =>
                {
                    log("destroying");
                    client!.Destroy();
                });
            },
            port => client = Connect(port));
    }));

    [Fact, Pins("test-net-eaddrinuse", "test-net-bind-twice", "test-net-listen-error")]
    public void A_port_that_is_taken_is_an_error_event() => Assert.Equal("EADDRINUSE False", TraceReal(log =>
    {
        var first = new NetServer();
        first.Listen(0, "127.0.0.1", () =>
        {
            var second = new NetServer();
            second.On<Exception>("error", e =>
            {
                log(NodeFs.CodeOf(e));
                log(second.IsListening.ToString());
                first.Close();
            });
            second.Listen(PortOf(first), "127.0.0.1");
        });
    }));

    [Fact, Pins("test-net-server-call-listen-multiple-times", "test-net-listening")]
    public void Listening_twice_is_refused_and_again_after_a_close_is_not() => Assert.Equal("True again", TraceReal(log =>
    {
        var server = new NetServer();
        server.Listen(0, "127.0.0.1", () =>
        {
            log(server.IsListening.ToString());
            Assert.Throws<InvalidOperationException>(() => server.Listen(0, "127.0.0.1"));
            server.Close(() => server.Listen(0, "127.0.0.1", () =>
            {
                log("again");
                server.Close();
            }));
        });
    }));

    [Fact, Pins("test-net-after-close", "test-net-server-listen-remove-callback")]
    public void Closing_what_does_not_listen_gives_an_error_to_the_callback() => Assert.Equal("ERR_SERVER_NOT_RUNNING", TraceReal(log =>
        new NetServer().Close((Exception? e) => log(Code(e)))));

    [Fact, Pins("test-net-connect-destroy", "test-net-connect-immediate-destroy", "test-net-connect-after-destroy")]
    public void A_connection_destroyed_before_it_is_made_only_closes() => Assert.Equal("close", TraceReal(log =>
    {
        var server = new NetServer();
        server.Listen(0, "127.0.0.1", () =>
        {
            var client = Connect(PortOf(server), () => log("never"));
            client.On("close", () =>
            {
                log("close");
                server.Close();
            });
            client.Destroy();
        });
    }));

    [Fact, Pins("test-net-connect-econnrefused", "test-net-better-error-messages-port")]
    public void A_refused_connection_is_an_error_and_a_close() => Assert.Equal("ECONNREFUSED close:True", TraceReal(log =>
    {
        var server = new NetServer();
        server.Listen(0, "127.0.0.1", () =>
        {
            var port = PortOf(server);
            server.Close(() =>
            {
                var client = Connect(port, () => log("never"));
                client.On<Exception>("error", e => log(NodeFs.CodeOf(e)));
                client.On<bool>("close", hadError => log("close:" + hadError));
            });
        });
    }));

    [Fact, Pins("test-net-allow-half-open", "test-net-socket-no-halfopen-enforcer")]
    public void With_half_open_an_end_may_still_write_when_the_other_has_ended() => Assert.Equal("server-end late client-end", TraceReal(
        log =>
    {
        NetServer? server = null;
        server = Serve(
            c =>
            {
                c.On("end", () =>
                {
                    log("server-end");
                    After(10, () => c.End("late"));
                });
                c.Resume();
                server!.Close();
            },
            port =>
            {
                var client = NetSocket.Connect(new IPEndPoint(IPAddress.Loopback, port), allowHalfOpen: true);
                client.OnData(d => log(Text(d)));
                client.On("end", () => log("client-end"));
                client.End();
            },
            allowHalfOpen: true);
    }));

    [Fact, Pins("test-net-connect-reset", "test-net-socket-reset-send", "test-net-server-reset")]
    public void A_reset_is_an_error_of_the_other_end() => Assert.Equal("ECONNRESET close:True", TraceReal(log =>
    {
        NetServer? server = null;
        server = Serve(
            c =>
            {
                c.ResetAndDestroy();
                server!.Close();
            },
            port =>
            {
                var client = Connect(port);
                client.On<Exception>("error", e => log(NodeFs.CodeOf(e)));
                client.On<bool>("close", hadError => log("close:" + hadError));
                client.Resume();
            });
    }));

    [Fact, Pins("test-net-bytes-read", "test-net-bytes-stats", "test-net-socket-byteswritten")]
    public void Bytes_are_counted_at_both_ends() => Assert.Equal("6 6", TraceReal(log =>
    {
        NetServer? server = null;
        server = Serve(
            c =>
            {
                c.Resume();
                c.On("close", () => log(c.BytesRead.ToString()));
                server!.Close();
            },
            port =>
            {
                var client = Connect(port);
                client.End("abcdef");
                client.Resume();
                client.On("close", () => After(30, () => log(client.BytesWritten.ToString())));
            });
    }));

    [Fact, Pins("test-net-write-after-end-nt", "test-net-write-after-close", "test-net-socket-write-after-close")]
    public void Writing_after_the_end_is_an_error() => Assert.Equal("False ERR_STREAM_WRITE_AFTER_END", TraceReal(log =>
    {
        NetServer? server = null;
        server = Serve(
            c =>
            {
                c.On<Exception>("error", e => log(Code(e)));
                c.End();
                log(c.Write("late").ToString());
                server!.Close();
            },
            port => Connect(port).Resume());
    }));

    [Fact, Pins("test-net-connect-buffer", "test-net-write-connect-write", "test-net-socket-end-before-connect")]
    public void What_is_written_before_the_connection_is_made_is_sent() => Assert.Equal("True abc", TraceReal(log =>
    {
        NetServer? server = null;
        server = Serve(
            c =>
            {
                var all = "";
                c.OnData(d => all += Text(d));
                c.On("end", () => log(all));
                server!.Close();
            },
            port =>
            {
                var client = Connect(port);
                log(client.IsConnecting.ToString());
                client.Write("a");
                client.Write("b");
                client.End("c");
                client.Resume();
            });
    }));
}
