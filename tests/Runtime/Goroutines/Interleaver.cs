using Quintet.Core;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>
/// Runs threads one at a time and switches between them at the probe points of lock-free code, where a seed says so. In release builds
/// there are no probe points, and the threads run one after the other.
/// </summary>
internal sealed class Interleaver(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<SemaphoreSlim> _alive = [];

    /// <summary>How often another thread went on at a probe point.</summary>
    internal int Switches { get; private set; }

    internal void Run(params Action[] bodies)
    {
        List<Exception> thrown = [];
        var turns = bodies.Select(_ => new SemaphoreSlim(0)).ToArray();
        _alive.AddRange(turns);
        var threads = bodies.Select((body, n) => new Thread(() => Live(body, turns[n], thrown)) { IsBackground = true }).ToArray();
        foreach (var thread in threads) thread.Start();
        Next().Release();
        foreach (var thread in threads) Assert.True(thread.Join(TimeSpan.FromMinutes(1)), "a thread does not end");
        Assert.Empty(thrown);
    }

    private void Live(Action body, SemaphoreSlim turn, List<Exception> thrown)
    {
        turn.Wait();
        Probe.Reached = () => Switch(turn);
        try
        {
            body();
        }
        catch (Exception error)
        {
            thrown.Add(error);
        }

        Probe.Reached = null;
        _alive.Remove(turn);
        if (_alive.Count > 0) Next().Release();
    }

    private void Switch(SemaphoreSlim mine)
    {
        var next = Next();
        if (next == mine) return;
        Switches++;
        next.Release();
        mine.Wait();
    }

    private SemaphoreSlim Next() => _alive[_random.Next(_alive.Count)];
}
