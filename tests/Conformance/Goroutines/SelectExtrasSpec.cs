using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>What our select has beyond Go's statement: it is an object that is used again.</summary>
public sealed class SelectExtrasSpec
{
    [Fact]
    public void A_time_out_is_chosen_when_nothing_else_is_ready() => GoTest.Run(1, async () =>
    {
        var channel = new Chan<int>(1);
        var select = new Select();
        var received = select.Receive(channel);
        var late = select.After(TimeSpan.FromSeconds(3));
        Assert.Equal(late, await select);
        Assert.Equal(late, await select); // it starts anew in each round
        await channel.SendAsync(1);
        Assert.Equal(received.Index, await select);
    });

    [Fact]
    public void A_select_that_waits_cannot_be_changed_or_used_by_another() => GoTest.Run(1, async () =>
    {
        var select = new Select();
        select.Receive(new Chan<int>());
        Go.Run(async () => await select);
        await GoTest.IdleAsync();
        Assert.Throws<InvalidOperationException>(() => select.Default());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await select);
    });
}
