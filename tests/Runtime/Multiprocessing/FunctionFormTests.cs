using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>What may be given to a pool as a function, and what is said of the rest.</summary>
public sealed class FunctionFormTests : IAsyncLifetime
{
    private readonly ProcessPool _pool = new(new ProcessPoolOptions { WorkerCount = 1 });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Patience.EndAsync(_pool);

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_generic_method_that_is_named_with_its_types_crosses()
    {
        Assert.Equal("Int32 3", await _pool.RunAsync(FormFunctions.Tell<int>, 3));
        Assert.Equal("String a", await _pool.RunAsync(FormFunctions.Tell<string>, "a"));
        Assert.Equal("Object a", await _pool.RunAsync(FormFunctions<object>.Tell, "a"));
        Assert.Equal(["Int32 1", "Int32 2"], await _pool.MapAsync(FormFunctions.Tell<int>, [1, 2]));
    }

    [Fact]
    public void One_whose_types_only_its_caller_knows_is_refused()
    {
        var refused = Assert.Throws<ProcessFunctionException>(() => { _ = FormFunctions.TellInAsync(_pool, 3L); });
        Assert.Contains("generic", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_static_method_that_is_bound_to_a_value_is_refused()
    {
        var refused = Assert.Throws<ProcessFunctionException>(() => { _ = _pool.RunAsync("abc".Length3); });
        Assert.Contains("bound", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task The_same_method_with_its_value_as_argument_crosses() => Assert.Equal(9, await _pool.RunAsync(Texts.Length3, "abc"));

    [Fact(Timeout = Patience.OfATest)]
    public async Task Functions_without_a_result_take_up_to_three_arguments()
    {
        await _pool.RunAsync(static (int a, int b) => FormFunctions.Sum = a + b, 1, 2);
        Assert.Equal(3, await _pool.RunAsync(static () => FormFunctions.Sum));
        await _pool.RunAsync(FormFunctions.Add, 1, 2, 3);
        Assert.Equal(6, await _pool.RunAsync(static () => FormFunctions.Sum));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_function_whose_result_can_never_cross_is_not_run_in_vain()
    {
        var refused = Assert.Throws<PayloadSerializationException>(() => { _ = _pool.RunAsync(FormFunctions.BeginValueAsync, 5); });
        Assert.Contains("returns a Task is waited for", refused.Reason, StringComparison.Ordinal);
        Assert.Throws<PayloadSerializationException>(() => { _ = _pool.MapAsync(FormFunctions.BeginValueAsync, [5]); });
        Assert.Throws<PayloadSerializationException>(() => { _ = _pool.MapUnorderedAsync(FormFunctions.BeginValueAsync, [5]); });
        Assert.Equal(0, await _pool.RunAsync(static () => FormFunctions.Begun));
    }

    [Fact]
    public void A_token_as_an_argument_is_told_of_the_token_that_there_is() => Assert.Contains(
        nameof(ProcessWorker.Cancellation),
        Assert.Throws<PayloadSerializationException>(() => { _ = _pool.RunAsync(FormFunctions.Heed, 1, CancellationToken.None); }).Reason,
        StringComparison.Ordinal);

    [Fact]
    public void A_type_that_its_class_keeps_to_itself_is_told_to_be_internal() => Assert.Contains(
        "at least internal",
        Assert.Throws<PayloadSerializationException>(() => { _ = _pool.RunAsync(static (Kept kept) => kept.Name, new Kept("a")); }).Reason,
        StringComparison.Ordinal);

    private sealed record Kept(string Name);
}
