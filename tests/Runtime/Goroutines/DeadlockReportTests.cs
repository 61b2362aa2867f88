using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>What is told of those who are asleep: each once, by the name of its user's method, with all that it waits for.</summary>
public sealed class DeadlockReportTests
{
    [Fact]
    public void A_select_is_told_once_with_all_of_its_cases()
    {
        var parked = Parked(SelectsAsync);
        var one = Assert.Single(parked);
        Assert.Equal("DeadlockReportTests.SelectsAsync", one.Goroutine);
        Assert.StartsWith("select: ", one.WaitsFor);
        Assert.Contains("receive from Chan<Int32>", one.WaitsFor);
        Assert.Contains(", send to Chan<String>", one.WaitsFor);
    }

    // The near miss: two goroutines in two selects on one channel.
    [Fact]
    public void Two_selects_are_told_twice()
    {
        var channel = new Chan<int>();
        Assert.Equal(2, Parked(async () =>
        {
            Go.Run(() => Wait(channel));
            await Wait(channel);
        }).Count);

        static async GoTask Wait(Chan<int> channel)
        {
            var select = new Select();
            select.Receive(channel);
            await select;
        }
    }

    [Fact]
    public void Who_waits_for_a_mutex_is_told_by_its_own_method() =>
        Assert.Equal(["DeadlockReportTests.LockTwice"], Parked(LockTwice).Select(one => one.Goroutine));

    [Fact]
    public void Who_waits_with_its_thread_is_told_by_its_own_method() =>
        Assert.Equal(
            ["DeadlockReportTests.Receive (with its thread)", "DeadlockReportTests.Start (with its thread)"],
            Parked(Start).Select(one => one.Goroutine).Order(StringComparer.Ordinal));

    [Fact]
    public void Who_was_started_by_a_group_is_told_by_its_own_method() =>
        Assert.Equal(
            ["DeadlockReportTests.LockTwice", "DeadlockReportTests.LockTwice", "DeadlockReportTests.StartInGroups"],
            Parked(StartInGroups).Select(one => one.Goroutine).Order(StringComparer.Ordinal));

    // A token may be cancelled by anybody; the near miss is a context that has let go of its token.
    [Fact]
    public void Who_waits_for_the_context_of_a_live_token_is_not_asleep() => LimitedRun.Run(async () =>
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var (context, _) = GoContext.WithToken(GoContext.Background, source.Token);
        var (child, _) = GoContext.WithCancel(context);
        await child.Done.ReceiveAsync();
        Assert.Same(ContextCanceledException.Instance, child.Error);
        Assert.IsType<OperationCanceledException>(child.Cause);
    }, null);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_waits_beside_the_context_of_a_token_that_has_ended_is_asleep(bool withParent) => Assert.Single(Parked(async () =>
    {
        using var source = new CancellationTokenSource();
        var (parent, endParent) = GoContext.WithCancel(GoContext.Background);
        var (_, end) = GoContext.WithToken(parent, source.Token);
        (withParent ? endParent : end)();
        await new Chan<int>().ReceiveAsync();
    }));

    [Fact]
    public void Who_waits_for_the_context_of_a_token_that_nobody_can_cancel_is_asleep() => Assert.Single(Parked(async () =>
    {
        var (context, _) = GoContext.WithToken(GoContext.Background, CancellationToken.None);
        await context.Done.ReceiveAsync();
    }));

    private static async GoTask SelectsAsync()
    {
        var select = new Select();
        select.Receive(new Chan<int>());
        select.Send(new Chan<string>(), "never");
        await select;
    }

    private static async GoTask StartInGroups()
    {
        var (group, errors) = (new WaitGroup(), new ErrGroup());
        group.Go(LockTwice);
        errors.Go(LockTwice);
        await group.WaitAsync();
    }

    private static async GoTask LockTwice()
    {
        var mutex = new GoMutex();
        await mutex.LockAsync();
        await mutex.LockAsync();
    }

    private static async GoTask Start()
    {
        Go.Run(Receive);
        var group = new WaitGroup();
        group.Add(1);
        group.Wait();
        await GoTask.CompletedTask;
    }

    private static void Receive() => new Chan<int>().Receive();

    private static IReadOnlyList<ParkedGoroutine> Parked(Func<GoTask> main) =>
        Assert.Throws<GoDeadlockException>(() => LimitedRun.Run(main, null)).Parked;
}
