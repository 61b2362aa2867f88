using System.Diagnostics;
using System.Net;
using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Our server under Node's own client: a thousand connections, half-closes, resets, a slow reader. Skipped where there is no
/// Node.</summary>
public sealed class NodeClientSpec : NodeSpec
{
    [Fact]
    public void A_thousand_connections_are_answered() => Assert.Equal("echoed 1000", Run("""
        let left = 1000, good = 0;
        for (let i = 0; i < 1000; i++) {
          const c = net.connect(port, '127.0.0.1', () => c.write('message ' + i));
          let all = '';
          c.setEncoding('utf8');
          c.on('data', (d) => { all += d; if (all.length >= ('message ' + i).length) c.end(); });
          c.on('error', () => {});
          c.on('close', () => { if (all === 'message ' + i) good++; if (--left === 0) console.log('echoed', good); });
        }
        """, Echo));

    [Fact]
    public void A_half_closed_connection_still_gets_its_answer() => Assert.Equal("data late, end", Run("""
        const seen = [];
        const c = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        c.end('question');
        c.setEncoding('utf8');
        c.on('data', (d) => seen.push('data ' + d));
        c.on('end', () => seen.push('end'));
        c.on('close', () => console.log(seen.join(', ')));
        """, c =>
        {
            c.On("end", () => After(20, () => c.End("late")));
            c.Resume();
        }, allowHalfOpen: true));

    [Fact]
    public void A_reset_is_an_error_of_one_connection_and_of_no_other()
    {
        var errors = 0;
        Assert.Equal("still here", Run("""
            const c = net.connect(port, '127.0.0.1', () => c.write('x'));
            c.on('error', () => {});
            c.once('data', () => { c.resetAndDestroy(); setTimeout(() => {
              const d = net.connect(port, '127.0.0.1', () => d.write('still here'));
              d.on('data', (data) => { console.log(String(data)); d.end(); });
            }, 50); });
            """, c =>
            {
                c.On<Exception>("error", _ => errors++);
                Echo(c);
            }));
        Assert.Equal(1, errors);
    }

    [Fact]
    public void A_slow_reader_gets_everything_and_holds_the_writer()
    {
        var refused = false;
        var drained = 0;
        Assert.Equal("16777216", Run("""
            let total = 0;
            const c = net.connect(port, '127.0.0.1');
            c.on('data', (d) => { total += d.length; if (total < 2000000) { c.pause(); setTimeout(() => c.resume(), 5); } });
            c.on('end', () => console.log(String(total)));
            """, c =>
            {
                c.Resume();
                refused = !c.Write(new byte[16 << 20]);
                c.On("drain", () =>
                {
                    drained++;
                    c.End();
                });
            }));
        Assert.Equal((true, 1), (refused, drained));
    }

    private static void Echo(NetSocket c) => c.OnData(d => c.Write(d));

    /// <summary>Runs a script of Node against a server of ours, and gives what it printed.</summary>
    private static string Run(string script, Action<NetSocket> onConnection, bool allowHalfOpen = false)
    {
        if (!HasNode) Assert.Skip("Node is not installed.");
        var printed = "";
        TraceReal(_ =>
        {
            var server = new NetServer(
                c =>
                {
                    c.On<Exception>("error", static _ => { });
                    onConnection(c);
                },
                allowHalfOpen);
            server.Listen(new IPEndPoint(IPAddress.Loopback, 0), () => Loop.QueueWork(
                () => RunNode($"const net = require('net'); const port = {((IPEndPoint)server.Address!).Port};\n{script}"),
                (error, output) =>
                {
                    printed = output ?? error!.Message;
                    server.Close();
                }), backlog: 2048);
        });
        return printed;
    }

    private static string RunNode(string script)
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", script]) { RedirectStandardOutput = true })!;
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return output.Trim();
    }

    private static bool HasNode
    {
        get
        {
            try
            {
                return RunNode("console.log(1)") == "1";
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
