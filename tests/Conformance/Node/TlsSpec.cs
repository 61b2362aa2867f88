using System.Net;
using System.Security.Authentication;
using System.Text;
using Quintet.Node;
using Quintet.Tests.Conformance.Asyncio;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Connections by TLS. Rules from Node's tls and test-tls-*.</summary>
public sealed class TlsSpec : NodeSpec
{
    [Fact]
    public void Two_ends_talk_in_secret_and_end() => Assert.Equal("secured PING PONG client-closed server-closed", TraceReal(log =>
    {
        NetServer? server = null;
        server = NodeTls.CreateServer(Certificates.Server, c =>
        {
            Assert.True(c.Tls!.IsEncrypted);
            c.OnData(d =>
            {
                log(Text(d));
                c.Write("PONG");
            });
        });
        server.Listen(0, "127.0.0.1", () =>
        {
            var client = NodeTls.Connect(Port(server), "127.0.0.1", Certificates.Client(), () => log("secured"));
            // Waits for the handshake.
            client.Write("PING");
            client.OnData(d =>
            {
                log(Text(d));
                client.End();
            });
            client.On("close", () =>
            {
                log("client-closed");
                server.Close(() => log("server-closed"));
            });
        });
    }));

    [Theory]
    [InlineData(null, "secured")]
    [InlineData("elsewhere", "refused")]
    public void A_certificate_for_another_name_is_refused(string? name, string expected) => Assert.Equal(expected, TraceReal(log =>
    {
        var server = NodeTls.CreateServer(Certificates.Server, c => c.On<Exception>("error", static _ => { }));
        server.Listen(0, "127.0.0.1", () =>
        {
            var client = NodeTls.Connect(Port(server), "127.0.0.1", Certificates.Client(name));
            client.On("secureConnect", () =>
            {
                log("secured");
                client.Destroy();
            });
            client.On<Exception>("error", error =>
            {
                Assert.IsType<AuthenticationException>(error, exactMatch: false);
                log("refused");
            });
            client.On("close", () => server.Close());
        });
    }));

    [Fact]
    public void A_stranger_without_tls_is_told_of_and_harms_nobody() => Assert.Equal("stranger PONG", TraceReal(log =>
    {
        var server = NodeTls.CreateServer(Certificates.Server, c => c.OnData(_ => c.End("PONG")));
        server.On("tlsClientError", (Exception error, NetSocket _) =>
        {
            Assert.NotNull(error);
            log("stranger");
            var client = NodeTls.Connect(Port(server), "127.0.0.1", Certificates.Client());
            client.Write("PING");
            client.OnData(d => log(Text(d)));
            client.On("close", () => server.Close());
        });
        server.Listen(0, "127.0.0.1", () =>
        {
            var stranger = NetSocket.Connect(Port(server), "127.0.0.1");
            stranger.On<Exception>("error", static _ => { });
            stranger.End("GET / HTTP/1.0\r\n\r\n");
            stranger.Resume();
        });
    }));

    // More than any buffer holds, both ways, with a reader that is slower than the writer.
    [Fact]
    public void Much_goes_through_and_nothing_is_lost() => Assert.Equal("4000000", TraceReal(log =>
    {
        const int size = 4_000_000;
        var server = NodeTls.CreateServer(Certificates.Server, c => c.Pipe(c));
        server.Listen(0, "127.0.0.1", () =>
        {
            var client = NodeTls.Connect(Port(server), "127.0.0.1", Certificates.Client());
            var sent = new byte[size];
            new Random(1).NextBytes(sent);
            var got = new MemoryStream();
            client.Write(sent);
            client.OnData(d =>
            {
                got.Write(d);
                if (got.Length < size) return;
                Assert.True(got.ToArray().AsSpan().SequenceEqual(sent));
                log(got.Length.ToString());
                client.End();
            });
            client.On("close", () => server.Close());
        });
    }));

    private static int Port(NetServer server) => ((IPEndPoint)server.Address!).Port;

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
