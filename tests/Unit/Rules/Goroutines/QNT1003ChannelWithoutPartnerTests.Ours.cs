using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Goroutines.QNT1003ChannelWithoutPartner>;

namespace Quintet.Tests.Rules.Goroutines;

/// <summary>Channels of our runtime, and each way in which a channel is made, named and used.</summary>
public sealed partial class QNT1003ChannelWithoutPartnerTests
{
    private const string Ours = "using Quintet.Goroutines;\nclass C { Chan<int> c; async Task M(CancellationToken token, int n) { ";

    private const string End = " await Task.Yield(); } }";

    [Theory]
    [InlineData("var c = new Chan<int>();")]
    [InlineData("var c = new Quintet.Goroutines.Chan<int>();")]
    [InlineData("var c = Chan.Make<int>();")]
    [InlineData("Chan<int> c = new();")]
    [InlineData("Chan<int>? c = new();")]
    [InlineData("Quintet.Goroutines.Chan<int> c = new();")]
    [InlineData("var c = new Chan<int>(1);")]
    public async Task A_receive_from_a_channel_of_ours_is_flagged(string made)
    {
        await Flags(Ours + made + " [|c.Receive()|];" + End, "to which nobody sends");
        await Flags(Ours + made + " await [|c.ReceiveAsync()|];" + End);
        await Flags(Ours + made + " await foreach (var item in [|c|]) { }" + End);
        await Flags(Ours + made + " Console.Write(c.Count); await [|c.ReceiveAsync()|];" + End);
        await Flags(Ours + made + " c.TryReceive(out _); await [|c.ReceiveAsync()|];" + End);
        await Flags(Ours + made + " Console.Write(this.c); await [|c.ReceiveAsync()|];" + End);
        await Allows(Ours + made + " await c.ReceiveAsync(token);" + End);
        await Allows(Ours + made + " c.TryReceive(out _);" + End);
        await Allows(Ours + made + " Go.Run(() => c.Send(1)); await c.ReceiveAsync();" + End);
        await Allows(Ours + made + " Go.Run(async GoTask () => await c.SendAsync(1)); await c.ReceiveAsync();" + End);
        await Allows(Ours + made + " Go.Run(() => c.TrySend(1)); await c.ReceiveAsync();" + End);
        await Allows(Ours + made + " Go.Run(() => c.Close()); await c.ReceiveAsync();" + End);
        await Allows(Ours + made + " Console.Write(c); await c.ReceiveAsync();" + End);
    }

    [Theory]
    [InlineData("var c = new Chan<int>();", true)]
    [InlineData("var c = new Chan<int>(0);", true)]
    [InlineData("Chan<int> c = new();", true)]
    [InlineData("var c = Chan.Make<int>();", true)]
    [InlineData("var c = new Chan<int>(1);", false)]
    [InlineData("var c = Chan.Make<int>(1);", false)]
    [InlineData("Chan<int> c = new(n);", false)]
    public async Task A_send_to_a_channel_of_ours_waits_for_a_partner(string made, bool flagged)
    {
        foreach (var send in new[] { "{0}c.Send(1){1};", "await {0}c.SendAsync(1){1};" })
        {
            if (flagged) await Flags(Ours + made + " c.TrySend(1); " + send.Replace("{0}", "[|").Replace("{1}", "|]") + End);
            else await Allows(Ours + made + " " + send.Replace("{0}", "").Replace("{1}", "") + End);
        }

        await Allows(Ours + made + " await c.SendAsync(1, token);" + End);
        await Allows(Ours + made + " Go.Run(() => c.Receive()); c.Send(1);" + End);
        await Allows(Ours + made + " Go.Run(async GoTask () => await c.ReceiveAsync()); await c.SendAsync(1);" + End);
        await Allows(Ours + made + " Go.Run(() => c.TryReceive(out _)); c.Send(1);" + End);
    }

    [Theory]
    [InlineData("Console.Write(c.Reader.Count); await [|c.Reader.ReadAsync()|];")]
    [InlineData("Console.Write(c.Reader.CanCount); await [|c.Reader.ReadAsync()|];")]
    [InlineData("Console.Write(c.Reader.Completion); await [|c.Reader.ReadAsync()|];")]
    [InlineData("c.Reader.TryPeek(out _); await [|c.Reader.ReadAsync()|];")]
    [InlineData("c.Reader.TryRead(out _); await [|c.Reader.ReadAsync()|];")]
    [InlineData("Func<object, object> same = c => c; await [|c.Reader.ReadAsync()|];")]
    public Task Whoever_only_looks_does_not_help(string statements) => Flags($"async Task M() {{ {Unbounded} {statements} }}");

    [Theory]
    [InlineData("Console.Write(c.Reader); await c.Reader.ReadAsync();")]
    [InlineData("Console.Write(c.Reader.GetType()); await c.Reader.ReadAsync();")]
    [InlineData("Func<int, bool> write = c.Writer.TryWrite; await c.Reader.ReadAsync();")]
    [InlineData("await c.Reader.WaitToReadAsync(token);")]
    [InlineData("await foreach (var item in c.Reader.ReadAllAsync(token)) { }")]
    [InlineData("var all = c.Reader.ReadAllAsync(); await Task.Yield();")]
    [InlineData("var all = c.Reader.ReadAllAsync().ConfigureAwait(false); await Task.Yield();")]
    [InlineData("var one = c.Reader.ReadAsync().ConfigureAwait(false); await Task.Yield();")]
    [InlineData("c.Writer.TryComplete(); await c.Reader.ReadAsync();")]
    public Task What_lets_somebody_else_in_is_allowed(string statements) =>
        Allows($"async Task M(CancellationToken token) {{ {Unbounded} {statements} }}");

    [Theory]
    [InlineData("await [|c.Writer.WaitToWriteAsync()|];")]
    [InlineData("c.Writer.TryWrite(1); await [|c.Writer.WriteAsync(1)|];")]
    [InlineData("await [|c.Writer.WriteAsync(1)|].ConfigureAwait(false);")]
    [InlineData("Console.Write(c.Reader.Count); await [|c.Writer.WriteAsync(1)|]; await c.Reader.ReadAsync();")]
    public Task A_send_without_a_buffer_is_flagged(string statements) => Flags($"async Task M() {{ {Rendezvous} {statements} }}");

    [Theory]
    [InlineData("await c.Writer.WaitToWriteAsync(token);")]
    [InlineData("await c.Writer.WriteAsync(1, token);")]
    [InlineData("_ = Task.Run(() => c.Reader.TryRead(out var one)); await c.Writer.WriteAsync(1);")]
    [InlineData("Func<ValueTask<int>> read = () => c.Reader.ReadAsync(); await c.Writer.WriteAsync(1);")]
    public Task A_send_that_something_can_end_is_allowed(string statements) =>
        Allows($"async Task M(CancellationToken token) {{ {Rendezvous} {statements} }}");

    [Fact]
    public Task The_function_that_waits_is_named() => Flags(
        $"async Task M() {{ {Unbounded} void No() {{ }} await Take(); async Task Take() => await [|c.Reader.ReadAsync()|]; }}", "'Take'");

    [Theory]
    [InlineData("class C { async Task M() { var c = new Quintet.Goroutines.Chan<int>(); Console.Write(c.Capacity); "
        + "await [|c.ReceiveAsync()|]; } }", true)]
    [InlineData("using G = Quintet.Goroutines;\nclass C { async Task M() { G::Chan<int> c = new(); await [|c.ReceiveAsync()|]; } }", true)]
    [InlineData("class C { async Task M() { var c = System.Threading.Channels.Channel.CreateUnboundedPrioritized<int>(); "
        + "await [|c.Reader.ReadAsync()|]; } }", true)]
    [InlineData("static class Shared { static readonly System.Threading.Channels.Channel<int> all = null; "
        + "public static System.Threading.Channels.Channel<int> CreateUnbounded() => all; }\n"
        + "class C { async Task M() { var c = Shared.CreateUnbounded(); await c.Reader.ReadAsync(); } }", false)]
    [InlineData("namespace N { class Channel<T> { public System.Threading.Channels.ChannelReader<T> Reader; } "
        + "class C { async Task M() { var c = new Channel<int>(); await c.Reader.ReadAsync(); } } }", false)]
    [InlineData("namespace N { class Chan<T> { public Task<T> ReceiveAsync() => null; } "
        + "class C { async Task M() { var c = new Chan<int>(); await c.ReceiveAsync(); } } }", false)]
    public Task A_channel_is_known_by_who_makes_it(string code, bool flagged) => flagged ? Flags(code) : Allows(code);
}
