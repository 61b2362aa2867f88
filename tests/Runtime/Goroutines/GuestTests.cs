using System.Collections.Concurrent;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>Plain async methods that a goroutine calls and does not wait for: they go on by themselves, also when it has ended.</summary>
public sealed class GuestTests
{
    private const int Rounds = 20;

    // The box of a goroutine that has ended serves the next one: what a guest of the first receives must not be looked for in it.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_a_guest_receives_after_its_goroutine_has_ended_is_its_own(int procs) => Run(procs, async () =>
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (questions, others, answers) = (new Chan<int>(), new Chan<int>(), new Chan<Received<int>>(1));
            var ended = new WaitGroup();
            ended.Go(() => Begin(() => Answer(questions, answers)));
            await ended.WaitAsync();
            ended.Go(async () => Assert.Equal(7, (await others.ReceiveAsync()).Value));
            await Go.Yield();
            await questions.SendAsync(42);
            await others.SendAsync(7);
            Assert.Equal(new Received<int>(42, true), (await answers.ReceiveAsync()).Value);
            await ended.WaitAsync();
        }
    });

    [Fact]
    public void What_a_guest_sends_after_its_goroutine_has_ended_was_sent_or_not_for_itself() => Run(1, async () =>
    {
        var (values, closed, told) = (new Chan<int>(), new Chan<int>(), new Chan<string>(1));
        var ended = new WaitGroup();
        ended.Go(() => Begin(() => Send(values, told)));
        await ended.WaitAsync();
        Assert.Equal(1, (await values.ReceiveAsync()).Value);
        Assert.Equal("sent", (await told.ReceiveAsync()).Value);

        ended.Go(() => Begin(() => Send(closed, told)));
        await ended.WaitAsync();
        closed.Close();
        Assert.Equal("send on closed channel", (await told.ReceiveAsync()).Value);
    });

    [Fact]
    public void A_guest_ranges_over_a_channel_after_its_goroutine_has_ended() => Run(1, async () =>
    {
        var (words, told) = (new Chan<string>(), new Chan<string>(1));
        var ended = new WaitGroup();
        ended.Go(() => Begin(() => Join(words, told)));
        await ended.WaitAsync();
        foreach (var word in (string[])["one", "two"]) await words.SendAsync(word);
        words.Close();
        Assert.Equal("onetwo", (await told.ReceiveAsync()).Value);
    });

    // The near miss: the goroutine that waits on is not mistaken for its guests.
    [Fact]
    public void A_goroutine_and_its_guests_wait_at_once() => Run(1, async () =>
    {
        var (first, second, own) = (new Chan<int>(), new Chan<int>(), new Chan<int>());
        var answers = new Chan<Received<int>>(3);
        Go.Run(async () =>
        {
            _ = Answer(first, answers);
            _ = Answer(second, answers);
            await answers.SendAsync(await own.ReceiveAsync());
        });
        await Go.Yield();
        await second.SendAsync(2);
        await own.SendAsync(3);
        await first.SendAsync(1);
        var values = new List<int>();
        for (var i = 0; i < 3; i++) values.Add((await answers.ReceiveAsync()).Value.Value);
        Assert.Equal([1, 2, 3], values.Order());
    });

    // A context that is set on a goroutine's thread is either that of other code which waits there, or the goroutine's own doing.
    [Fact]
    public void A_goroutine_that_sets_a_context_waits_for_itself() => Run(1, async () =>
    {
        var numbers = new Chan<int>();
        Go.Run(async () =>
        {
            for (var i = 0; i < 20; i++) await UnderAContext(async () => await numbers.SendAsync(i));
            numbers.Close();
        });
        for (var expected = 0; expected < 20; expected++)
            await UnderAContext(async () => Assert.Equal(new Received<int>(expected, true), await numbers.ReceiveAsync()));
        Assert.False((await numbers.ReceiveAsync()).Ok);

        static async GoTask UnderAContext(Func<GoTask> body)
        {
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            try
            {
                await body();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(null);
            }
        }
    });

    // Two guests wait on one channel, on the thread of one goroutine that runs their loop: each value goes to one of them.
    [Fact]
    public void Guests_of_a_loop_inside_of_a_goroutine_share_a_channel() => Run(1, async () =>
    {
        const int Count = 50;
        var numbers = new Chan<int>();
        Go.Run(async () =>
        {
            for (var i = 0; i < Count; i++) await numbers.SendAsync(i);
            numbers.Close();
        });
        var received = new List<int>();
        Pump.Run(() => Task.WhenAll(Drain(), Drain()));
        Assert.Equal(Enumerable.Range(0, Count), received.Order());

        async Task Drain()
        {
            var thread = Environment.CurrentManagedThreadId;
            await foreach (var number in numbers)
            {
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                received.Add(number);
            }
        }
    });

    private static async GoTask Begin(Func<Task> guest)
    {
        _ = guest();
        await GoTask.CompletedTask;
    }

    private static async Task Answer(Chan<int> questions, Chan<Received<int>> answers) =>
        await answers.SendAsync(await questions.ReceiveAsync());

    private static async Task Send(Chan<int> values, Chan<string> told)
    {
        try
        {
            await values.SendAsync(1);
            await told.SendAsync("sent");
        }
        catch (ChanClosedException error)
        {
            await told.SendAsync(error.Message);
        }
    }

    private static async Task Join(Chan<string> words, Chan<string> told)
    {
        var all = "";
        await foreach (var word in words) all += word;
        await told.SendAsync(all);
    }

    private static void Run(int procs, Func<GoTask> main) => LimitedRun.Run(main, new GoSchedulerOptions { MaxProcs = procs });

    /// <summary>The smallest loop: it runs what is posted to it until a task has ended.</summary>
    private sealed class Pump : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

        public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

        internal static void Run(Func<Task> main)
        {
            var pump = new Pump();
            SetSynchronizationContext(pump);
            try
            {
                var task = main();
                task.ContinueWith(_ => pump._posted.CompleteAdding(), TaskScheduler.Default);
                foreach (var (callback, state) in pump._posted.GetConsumingEnumerable()) callback(state);
                task.GetAwaiter().GetResult();
            }
            finally
            {
                SetSynchronizationContext(null);
            }
        }
    }
}
