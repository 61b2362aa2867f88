using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>Synchronous work as a goroutine, for code outside of the model: its end comes back as a task's.</summary>
public sealed class RunAsyncTests
{
    [Fact]
    public async Task The_result_comes_back_and_the_work_ran_on_the_scheduler()
    {
        Assert.Equal(42, await Go.RunAsync(() => 42));
        var count = await Go.RunAsync(() => Go.GoroutineCount);
        Assert.True(count > 0, "The work did not run as a goroutine.");
    }

    [Fact]
    public async Task Work_without_a_result_is_awaited_too()
    {
        var done = false;
        await Go.RunAsync(() => { done = true; });
        Assert.True(done);
    }

    [Fact]
    public async Task An_exception_ends_the_task_and_not_the_program()
    {
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => Go.RunAsync<int>(() => throw new InvalidDataException("bad")));
        Assert.Equal("bad", thrown.Message);
    }

    [Fact]
    public async Task Work_that_leaves_its_goroutine_is_cancelled() =>
        await Assert.ThrowsAsync<TaskCanceledException>(() => Go.RunAsync(() => Go.Exit()));

    [Fact]
    public async Task Nil_work_is_refused() => await Assert.ThrowsAsync<ArgumentNullException>(() => Go.RunAsync((Func<int>)null!));
}
