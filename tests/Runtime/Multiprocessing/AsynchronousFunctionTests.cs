using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>Functions that return a task: the worker waits for it, and what it comes to is the result.</summary>
public sealed class AsynchronousFunctionTests : IAsyncLifetime
{
    private readonly ProcessPool _pool = new(new ProcessPoolOptions { WorkerCount = 1, CancellationGrace = Timeout.InfiniteTimeSpan });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Patience.EndAsync(_pool);

    [Fact(Timeout = Patience.OfATest)]
    public async Task Methods_and_lambdas_of_up_to_three_arguments_cross()
    {
        Assert.Equal("a 1", await _pool.RunAsync(AsynchronousFunctions.JoinAsync, "a", 1));
        Assert.Equal(["c", "b", "a"], await _pool.RunAsync(AsynchronousFunctions.SplitAsync, "a,b,c", ',', true));
        Assert.Equal("same", await _pool.RunAsync(AsynchronousFunctions.SameAsync<string>, "same"));
        Assert.Equal(7, await _pool.RunAsync(PrivateAsync, 7));
        Assert.Equal(3, await _pool.RunAsync(static async () =>
        {
            await Task.Yield();
            return 3;
        }));
        Assert.Equal(9, await _pool.RunAsync(
            static async (int value) =>
            {
                await Task.Yield();
                return value * value;
            },
            3));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_function_whose_task_has_no_result_is_over_with_it()
    {
        await _pool.RunAsync(AsynchronousFunctions.SeeAsync, 4);
        Assert.Equal(4, await _pool.RunAsync(static () => AsynchronousFunctions.Seen));
        await _pool.RunAsync(static async () => await AsynchronousFunctions.SeeAsync(5));
        Assert.Equal(5, await _pool.RunAsync(static () => AsynchronousFunctions.Seen));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Maps_take_them()
    {
        int[] inputs = [1, 2, 3];
        var all = await _pool.MapAsync(AsynchronousFunctions.DoubleAsync, inputs);
        Assert.Equal([2, 4, 6], all);
        var ordered = await _pool.MapOrderedAsync(AsynchronousFunctions.DoubleAsync, inputs).ToListAsync(Stop);
        Assert.Equal([2, 4, 6], ordered);
        var unordered = await _pool.MapUnorderedAsync(AsynchronousFunctions.DoubleAsync, inputs).ToListAsync(Stop);
        Assert.Equal([2, 4, 6], unordered.Order());
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task What_the_task_throws_is_told_with_its_type_and_its_stack()
    {
        var failure = await Assert.ThrowsAsync<FormatException>(() => _pool.RunAsync(AsynchronousFunctions.FailAsync, 8));
        Assert.Equal("no 8", failure.Message);
        var remote = Assert.IsType<RemoteException>(failure.InnerException);
        Assert.Contains(nameof(AsynchronousFunctions.FailAsync), remote.RemoteStackTrace, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_function_that_gives_no_task_fails_and_nothing_else_does()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _pool.RunAsync(AsynchronousFunctions.GiveNothing, 0));
        Assert.Equal(1, await _pool.RunAsync(AsynchronousFunctions.GiveNothing, 1));
    }

    // The grace is endless: only a function that hears of it ends.
    [Fact(Timeout = Patience.OfATest)]
    public async Task The_token_reaches_what_it_awaits_and_its_worker_lives_on()
    {
        var process = await _pool.RunAsync(WorkerFunctions.ProcessId);
        using var cancellation = new CancellationTokenSource();
        using var begun = new ProcessEvent();
        var running = _pool.RunAsync(AsynchronousFunctions.WaitUntilCancelledAsync, begun, cancellation.Token);
        await begun.WaitAsync(Stop);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(process, await _pool.RunAsync(WorkerFunctions.ProcessId));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_process_of_its_own_ends_with_the_task()
    {
        await using var first = WorkerProcess.Start(AsynchronousFunctions.ExitAsync, 3);
        Assert.Equal(3, await first.WaitAsync(Stop));
        await using var second = WorkerProcess.Start(AsynchronousFunctions.SeeAsync, 3);
        Assert.Equal(0, await second.WaitAsync(Stop));
        await using var third = WorkerProcess.Start(static async () =>
        {
            await Task.Yield();
            throw new FormatException("third");
        });
        Assert.Equal(1, await third.WaitAsync(Stop));
        Assert.IsType<FormatException>(third.Failure);
    }

    // Native AOT has nothing but the table. The near miss is one that only its class can name.
    [Fact]
    public void A_marked_one_is_in_the_dispatch_table()
    {
        Func<string, char, bool, Task<List<string>>> marked = AsynchronousFunctions.SplitAsync;
        Func<int, Task<int>> unseen = PrivateAsync;
        Assert.NotNull(ProcessFunctionTable.IdOf(marked));
        Assert.Null(ProcessFunctionTable.IdOf(unseen));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<int> PrivateAsync(int value)
    {
        await Task.Yield();
        return value;
    }
}
