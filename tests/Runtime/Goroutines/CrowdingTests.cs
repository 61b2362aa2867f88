using System.Runtime.CompilerServices;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>Processors that get in each other's way, and goroutines that are offered to idle machines: seen from inside.</summary>
public sealed class CrowdingTests
{
    [Fact]
    public void A_crowded_processor_gives_its_goroutines_to_the_others_and_all_of_them_go_on() => Run(2, async () =>
    {
        const int waiting = 50;
        var (here, there, group) = (false, false, new WaitGroup());
        Go.Run(() =>
        {
            Volatile.Write(ref here, true);
            while (!Volatile.Read(ref there)) // one processor is busy with this
            {
            }
        });
        while (!Volatile.Read(ref here)) await Go.Yield();
        for (var i = 0; i < waiting; i++) group.Go(async () => await Go.Yield());
        var crowded = Processor.Current!;
        while (!crowded.IsCrowded && Processor.Current == crowded) crowded.FoundHeld(); // unless the system sets the thread aside
        await Go.Yield();
        Volatile.Write(ref there, true);
        await group.WaitAsync();
        Assert.Equal(0, group.Count);
    });

    [Fact]
    public void The_only_processor_is_never_crowded() => Run(1, async () =>
    {
        for (var i = 0; i < 1_000; i++) Processor.Current!.FoundHeld();
        Assert.False(Processor.Current!.IsCrowded);
        await Go.Yield();
    });

    // Sixteen goroutines on one channel, so that processors leave and come back; pauses in which slices are long.
    [Theory]
    [InlineData(0, 2)]
    [InlineData(0, 4)]
    [InlineData(8, 4)]
    public void Gathering_and_spreading_loses_nothing(int capacity, int processors) => Run(processors, async () =>
    {
        const int each = 5_000;
        var (channel, senders, receivers, total) = (new Chan<int>(capacity), new WaitGroup(), new WaitGroup(), 0L);
        for (var n = 0; n < 8; n++)
        {
            senders.Go(async () =>
            {
                for (var i = 0; i < each; i++)
                {
                    await channel.SendAsync(i);
                    if (i % 1_000 == 0) Thread.SpinWait(20_000);
                }
            });
            receivers.Go(async () =>
            {
                await foreach (var v in channel) Interlocked.Add(ref total, v);
            });
        }

        await senders.WaitAsync();
        channel.Close();
        await receivers.WaitAsync();
        Assert.Equal(8L * each * (each - 1) / 2, total);
    });

    // The trace of the sieve differed once on a busy machine: slices were long, and what they made ready went to the end of the ring.
    [Fact]
    public void Where_no_machine_is_idle_what_is_made_ready_last_runs_first_however_long_slices_are() => Run(1, async () =>
    {
        var order = new List<int>();
        Processor.Current!.EagerWakes = 1_000;
        for (var i = 0; i < 4; i++) Go.Run(Note(i));
        await Go.Yield();
        Assert.Equal([3, 0, 1, 2], order);

        async GoTask Note(int i)
        {
            order.Add(i);
            await GoTask.CompletedTask;
        }
    });

    private static void Run(int processors, Func<GoTask> main, [CallerMemberName] string test = "") =>
        LimitedRun.Run(main, new GoSchedulerOptions { MaxProcs = processors, TimeSlice = Timeout.InfiniteTimeSpan }, test);
}
