using Letters;
using Quintet.Asyncio;
using Quintet.Node;
using Quintet.Tests.Runtime.Goroutines;

namespace Quintet.Tests.Runtime.Loops;

/// <summary>samples/EventLoops: the wrong programs are found, the moved ones are not, and all seal the same.</summary>
public sealed class SampleTests
{
    private static readonly string[] Sent = [.. Enumerable.Range(1, 6).Select(n => $"letter {n}")];

    [Fact]
    public void All_programs_seal_the_same()
    {
        var options = new EventLoopOptions { HandleInterrupt = false };
        var expected = Sent.Select(Seal.Of).Order().ToArray();
        Assert.Equal(expected, EventLoop.Run(BlockedPost.Send(Sent), options).Order());
        Assert.Equal(expected, EventLoop.Run(MovedPost.Send(Sent), options).Order());
        Assert.Equal(expected, OnNode(BlockedDesk.Send));
        Assert.Equal(expected, OnNode(MovedDesk.Send));
    }

    [Theory]
    [InlineData(nameof(BlockedPost), 2)]
    [InlineData(nameof(MovedPost), 0)]
    [InlineData(nameof(BlockedDesk), 1)]
    [InlineData(nameof(MovedDesk), 0)]
    [InlineData(nameof(Seal), 0)]
    [InlineData(nameof(Heartbeat), 0)]
    public void The_analyzers_find_what_is_marked_and_nothing_else(string program, int marks)
    {
        string[] all = [nameof(BlockedPost), nameof(MovedPost), nameof(BlockedDesk), nameof(MovedDesk), nameof(Seal), nameof(Heartbeat)];
        Assert.Equal(marks, Findings.MarkedIn(program).Length);
        Assert.Equal(Findings.MarkedIn(program), Findings.Of(program, [.. all.Where(other => other != program)]));
    }

    private static IEnumerable<string> OnNode(Action<IReadOnlyList<string>, Action<string, string>> send)
    {
        var seals = new List<string>();
        NodeLoop.Run(() => send(Sent, (_, seal) => seals.Add(seal)));
        return seals.Order();
    }
}
