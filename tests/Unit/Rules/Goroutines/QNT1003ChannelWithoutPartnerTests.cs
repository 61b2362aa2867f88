using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Goroutines.QNT1003ChannelWithoutPartner>;

namespace Quintet.Tests.Rules.Goroutines;

public sealed partial class QNT1003ChannelWithoutPartnerTests
{
    private const string Unbounded = "var c = System.Threading.Channels.Channel.CreateUnbounded<int>();";
    private const string Rendezvous = "var c = System.Threading.Channels.Channel.CreateBounded<int>(0);";
    private const string OneSlot = "var c = System.Threading.Channels.Channel.CreateBounded<int>(1);";

    [Theory]
    [InlineData("await [|c.Reader.ReadAsync()|];")]
    [InlineData("while (await [|c.Reader.WaitToReadAsync()|]) { }")]
    [InlineData("await foreach (var item in [|c.Reader.ReadAllAsync()|]) { }")]
    [InlineData("await [|c.Reader.ReadAsync()|].ConfigureAwait(false);")]
    [InlineData("await foreach (var item in [|c.Reader.ReadAllAsync()|].ConfigureAwait(false)) { }")]
    [InlineData("_ = Task.Run(async () => await [|c.Reader.ReadAsync()|]); await Task.Yield();")]
    public Task A_receive_from_a_channel_to_which_nobody_sends_is_flagged(string statement) =>
        Flags($"async Task M() {{ {Unbounded} {statement} }}", "to which nobody sends and which nobody closes");

    [Theory]
    [InlineData("await c.Writer.WriteAsync(1); await c.Reader.ReadAsync();")] // it holds the value
    [InlineData("c.Writer.TryWrite(1); await c.Reader.ReadAsync();")]
    [InlineData("c.Writer.Complete(); await foreach (var item in c.Reader.ReadAllAsync()) { }")]
    [InlineData("_ = Task.Run(() => c.Writer.TryComplete()); await c.Reader.WaitToReadAsync();")]
    [InlineData("Give(c.Writer); await c.Reader.ReadAsync();")] // somebody else can send
    [InlineData("Give(c); await c.Reader.ReadAsync();")]
    [InlineData("var other = c; await c.Reader.ReadAsync();")]
    [InlineData("await c.Reader.ReadAsync(token);")] // a token can end the wait
    [InlineData("await c.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(1));")] // and so can a time
    [InlineData("await Task.WhenAny(c.Reader.ReadAsync().AsTask(), Task.Delay(1));")]
    [InlineData("c.Reader.TryRead(out _); await Task.Yield();")] // waits for nothing
    [InlineData("c = field; await c.Reader.ReadAsync();")] // another channel by then
    public Task A_receive_that_something_can_end_is_allowed(string statements) => Allows(
        $$"""
        System.Threading.Channels.Channel<int> field;
        async Task M(CancellationToken token) { {{Unbounded}} {{statements}} }
        static void Give(object c) { }
        """);

    [Fact]
    public Task A_send_to_a_channel_without_a_buffer_from_which_nobody_receives_is_flagged() =>
        Flags($"async Task M() {{ {Rendezvous} await [|c.Writer.WriteAsync(1)|]; }}", "from which nobody receives");

    [Theory]
    [InlineData(OneSlot, "await c.Writer.WriteAsync(1);")] // it has room for one
    [InlineData(Unbounded, "await c.Writer.WriteAsync(1);")]
    [InlineData(Rendezvous, "c.Writer.TryWrite(1);")]
    [InlineData(Rendezvous, "var sent = c.Writer.WriteAsync(1); await c.Reader.ReadAsync(); await sent;")]
    [InlineData(Rendezvous, "_ = Task.Run(async () => await c.Reader.ReadAsync()); await c.Writer.WriteAsync(1);")]
    [InlineData(Rendezvous, "async Task Take() => await c.Reader.ReadAsync(); _ = Take(); await c.Writer.WriteAsync(1);")]
    public Task A_send_that_is_taken_or_kept_is_allowed(string channel, string statements) =>
        Allows($"async Task M() {{ {channel} {statements} await Task.Yield(); }}");

    [Theory]
    [InlineData("await [|c.Writer.WriteAsync(1)|]; await c.Reader.ReadAsync();")]
    [InlineData("await [|c.Reader.ReadAsync()|]; await c.Writer.WriteAsync(1);")]
    public Task Both_sides_in_one_body_without_a_buffer_are_flagged(string statements) =>
        Flags($"async Task M() {{ {Rendezvous} {statements} }}", "the other side stands in the same body");

    [Fact]
    public Task Both_sides_in_one_body_with_a_buffer_are_allowed() =>
        Allows($"async Task M() {{ {OneSlot} await c.Writer.WriteAsync(1); await c.Reader.ReadAsync(); }}");

    [Theory]
    [InlineData("readonly System.Threading.Channels.Channel<int> c = System.Threading.Channels.Channel.CreateUnbounded<int>();", "")]
    [InlineData("", "System.Threading.Channels.Channel<int> c")]
    public Task A_channel_that_others_know_is_allowed(string field, string parameter) =>
        Allows($"{field} async Task M({parameter}) => await c.Reader.ReadAsync();");

    [Fact]
    public Task A_channel_that_a_method_gives_is_allowed() => Allows(
        """
        static System.Threading.Channels.Channel<int> Shared() => null;
        async Task M() { var c = Shared(); await c.Reader.ReadAsync(); }
        """);
}
