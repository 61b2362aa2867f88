using System.Text.Json;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>What was thrown in a worker is caught here as what it was.</summary>
public sealed class RemoteExceptionTests : IAsyncLifetime
{
    private readonly ProcessPool _pool = new(new ProcessPoolOptions { WorkerCount = 1 });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Patience.EndAsync(_pool);

    [Fact(Timeout = Patience.OfATest)]
    public async Task One_that_takes_a_message_alone_has_the_remote_stack_as_its_own()
    {
        var thrown = await ThrownAsync<OnlyMessageException>("message");
        Assert.Equal("m", thrown.Message);
        Assert.Contains(nameof(RemoteExceptionFunctions.Throw), thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task One_that_no_message_makes_is_its_nearest_base_and_if_there_is_none_the_remote_exception()
    {
        var argument = await ThrownAsync<ArgumentException>("argument");
        Assert.Equal(typeof(NumberedArgumentException).FullName, Assert.IsType<RemoteException>(argument.InnerException).RemoteTypeName);
        var number = await ThrownAsync<RemoteException>("number");
        Assert.Equal((typeof(NumberedException).FullName, "number 3"), (number.RemoteTypeName, number.Message));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Those_of_the_whole_base_library_keep_their_type()
    {
        Assert.Equal("h", (await ThrownAsync<HttpRequestException>("http")).Message);
        Assert.IsType<RemoteException>((await ThrownAsync<JsonException>("json")).InnerException);
        Assert.Contains("'('", (await ThrownAsync<ArgumentException>("regex")).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task What_the_constructor_makes_of_its_text_is_not_made_twice()
    {
        var thrown = await ThrownAsync<TypeInitializationException>("type");
        Assert.Equal(typeof(NeverInitialized).FullName, thrown.TypeName);
        Assert.IsType<RemoteException>(thrown.InnerException);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task One_that_holds_several_holds_them_here_too()
    {
        var thrown = await ThrownAsync<AggregateException>("several");
        Assert.Equal("both (a) (One or more errors occurred. (b))", thrown.Message);
        Assert.IsType<RemoteException>(Assert.IsType<FormatException>(thrown.InnerExceptions[0]).InnerException);
        Assert.IsType<OnlyMessageException>(Assert.IsType<AggregateException>(thrown.InnerExceptions[1]).InnerException);
        Assert.Contains(nameof(RemoteExceptionFunctions.Throw), thrown.StackTrace, StringComparison.Ordinal);
    }

    // Whatever it holds, an answer fits into a frame.
    [Fact(Timeout = Patience.OfATest)]
    public async Task However_long_its_texts_are_the_worker_lives_on()
    {
        var process = await _pool.RunAsync(WorkerFunctions.ProcessId);
        Assert.IsType<FormatException>((await ThrownAsync<AggregateException>("long")).InnerException);
        Assert.Equal(process, await _pool.RunAsync(WorkerFunctions.ProcessId));
    }

    private Task<TException> ThrownAsync<TException>(string what) where TException : Exception =>
        Assert.ThrowsAsync<TException>(() => _pool.RunAsync(RemoteExceptionFunctions.Throw, what));
}
