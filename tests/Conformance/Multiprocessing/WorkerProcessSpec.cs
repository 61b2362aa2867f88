using System.Globalization;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>The portable part of CPython's _TestProcess and _TestSubclassingProcess.</summary>
public sealed class WorkerProcessSpec
{
    // A started process is alive, has an id and a name and is among the active ones; what it was given arrives; when it has been joined its
    // exit code is 0 and it is no longer active.
    [Fact(Timeout = Patience.OfATest)]
    [Ports("_TestProcess.test_process", "_TestProcess.test_args_argument", "_TestProcess.test_active_children")]
    public async Task A_process_runs_its_function_and_ends_with_zero()
    {
        using var queue = new ProcessQueue<string>();
        await using var process = WorkerProcess.Start(
            SharedFunctions.Describe, "hello", 7, queue, new WorkerProcessOptions { Name = "greeter" });
        Assert.Equal("greeter", process.Name);
        Assert.NotEqual(Environment.ProcessId, process.ProcessId);
        Assert.Equal($"hello 7 {process.ProcessId} True", await queue.GetAsync());
        Assert.Equal(0, await process.WaitAsync());
        Assert.Equal((0, null, false), (process.ExitCode, process.Signal, process.IsAlive));
        Assert.DoesNotContain(process, WorkerProcess.Active);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task One_that_has_not_ended_is_active_and_has_no_exit_code()
    {
        await using var process = WorkerProcess.Start(SharedFunctions.Forever);
        Assert.True(process.IsAlive);
        Assert.Null(process.ExitCode);
        Assert.Contains(process, WorkerProcess.Active);
        Assert.False(process.Wait(TimeSpan.Zero));
    }

    // terminate() ends it with the signal TERM, kill() with KILL; joining with no time returns at once.
    [Theory(Timeout = Patience.OfATest), Ports("_TestProcess.test_terminate", "_TestProcess.test_kill")]
    [InlineData(false, 15)]
    [InlineData(true, 9)]
    public async Task What_is_terminated_or_killed_says_by_which_signal(bool kill, int signal)
    {
        if (OperatingSystem.IsWindows()) return;
        await using var process = WorkerProcess.Start(SharedFunctions.Forever);
        if (kill) process.Kill();
        else process.Terminate();
        Assert.Equal(128 + signal, await process.WaitAsync());
        Assert.Equal(signal, process.Signal);
        process.Kill();
        process.Terminate();
    }

    // A daemonic process may not have children.
    [Fact(Timeout = Patience.OfATest), Ports("_TestProcess.test_daemon_argument")]
    public async Task A_worker_may_not_start_another_unless_allowed()
    {
        using var queue = new ProcessQueue<string>();
        await using var process = WorkerProcess.Start(SharedFunctions.StartAnother, queue);
        Assert.Contains("AllowInWorker", await queue.GetAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await process.WaitAsync());
    }

    // The sentinel can be waited for and is ready when the process has ended.
    [Fact(Timeout = Patience.OfATest), Ports("_TestProcess.test_sentinel")]
    public async Task Its_end_can_be_waited_for_with_other_things()
    {
        using var told = new ProcessEvent();
        using var done = new ProcessEvent();
        await using var process = WorkerProcess.Start(SharedFunctions.SetWhenTold, told, done);
        var end = process.WaitAsync();
        Assert.False(end.IsCompleted);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.WaitAsync(cancellation.Token));
        told.Set();
        Assert.Equal(0, await end);
        Assert.True(done.IsSet);
    }

    // close() of what runs is an error in Python; here disposing ends it. Closing again does nothing.
    [Fact, Ports("_TestProcess.test_close")]
    public void Disposing_of_one_that_runs_ends_it_and_may_be_repeated()
    {
        var process = WorkerProcess.Start(SharedFunctions.Forever);
        process.Dispose();
        Assert.False(process.IsAlive);
        process.Dispose();
        Assert.NotEqual(0, process.ExitCode);
    }

    // Many are started and joined, or killed.
    [Fact(Timeout = Patience.OfATest), Ports("_TestProcess.test_many_processes")]
    public async Task Many_can_be_started_and_ended()
    {
        var ending = Enumerable.Range(0, 4).Select(_ => WorkerProcess.Start(SharedFunctions.Nothing)).ToArray();
        var killed = Enumerable.Range(0, 4).Select(_ => WorkerProcess.Start(SharedFunctions.Forever)).ToArray();
        Assert.All(await Task.WhenAll(ending.Select(process => process.WaitAsync())), code => Assert.Equal(0, code));
        foreach (var process in killed) process.Kill();
        Assert.All(await Task.WhenAll(killed.Select(process => process.WaitAsync())), code => Assert.NotEqual(0, code));
    }

    // What was not caught ends the process with 1, its text on standard error; it is known here too.
    [Fact(Timeout = Patience.OfATest), Ports("_TestSubclassingProcess.test_stderr_flush")]
    public async Task What_the_function_throws_ends_the_process_with_one()
    {
        await using var process = WorkerProcess.Start(SharedFunctions.Throw, "no such luck");
        Assert.Equal(1, await process.WaitAsync());
        var failure = Assert.IsType<InvalidOperationException>(process.Failure);
        Assert.Equal("no such luck", failure.Message);
        Assert.Contains(nameof(SharedFunctions.Throw), Assert.IsType<RemoteException>(failure.InnerException).RemoteStackTrace,
            StringComparison.Ordinal);
    }

    // sys.exit(n) is the exit code.
    [Fact(Timeout = Patience.OfATest), Ports("_TestSubclassingProcess.test_sys_exit")]
    public async Task The_exit_code_is_what_the_function_returns_or_exits_with()
    {
        await using var returning = WorkerProcess.Start(SharedFunctions.Code, 8);
        await using var exiting = WorkerProcess.Start(SharedFunctions.ExitWith, 9);
        Assert.Equal((8, 9), (await returning.WaitAsync(), await exiting.WaitAsync()));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_function_that_looks_hears_that_it_is_cancelled()
    {
        await using var process = WorkerProcess.Start(SharedFunctions.UntilCancelled);
        process.Cancel();
        Assert.Equal(0, await process.WaitAsync());
    }

    // atexit handlers of a process run when its function has returned (gh-83856). "Note that exit handlers … will not be executed" when it
    // is terminated, unless its function hears of that and ends by itself.
    [Theory(Timeout = Patience.OfATest), Ports("_TestAtExit.test_atexit")]
    [InlineData("return", 0, 1)]
    [InlineData("terminate", 128 + 15, 0)]
    [InlineData("hear", 7, 1)]
    public async Task Its_exit_handlers_run_when_its_function_ends(string end, int code, int ran)
    {
        if (end != "return" && OperatingSystem.IsWindows()) return;
        using var ends = new SharedValue<int>();
        using var ready = new ProcessEvent();
        await using var process = end switch
        {
            "return" => WorkerProcess.Start(LifeFunctions.CountAtExit, ends),
            "terminate" => WorkerProcess.Start(LifeFunctions.CountAtExitAndStay, ends, ready),
            _ => WorkerProcess.Start(LifeFunctions.CountAtExitAndHear, ends, ready),
        };
        if (end != "return")
        {
            Assert.True(ready.Wait(Patience.OfAWait));
            process.Terminate();
        }
        Assert.Equal(code, await process.WaitAsync());
        Assert.Equal(ran, ends.Value);
    }

    // A process of a process has queues and pools of its own, if that is allowed.
    [Fact(Timeout = Patience.OfATest)]
    [Ports("TestStdinBadfiledescriptor.test_queue_in_process", "TestStdinBadfiledescriptor.test_pool_in_process")]
    public async Task A_process_may_have_processes_and_pools_if_they_say_so()
    {
        using var results = new ProcessQueue<int>();
        await using var process = WorkerProcess.Start(LifeFunctions.MakeProcessesOfAllKinds, results);
        Assert.Equal(0, await process.WaitAsync());
        results.Complete();
        var all = new List<int>();
        await foreach (var result in results.GetAllAsync()) all.Add(result);
        Assert.Equal([0, 1, 2, 9, 16], all);
    }

    // spawn gives its child the parent's directory, environment and flags.
    [Fact(Timeout = Patience.OfATest), Ports("TestFlags.test_flags")]
    public async Task It_has_the_surroundings_of_this_process()
    {
        const string variable = "QUINTET_TEST_SURROUNDINGS";
        Environment.SetEnvironmentVariable(variable, "inherited");
        try
        {
            await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
            Assert.Equal(LifeFunctions.Surroundings(variable), await pool.RunAsync(LifeFunctions.Surroundings, variable));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    // "sys.stdin.close(); sys.stdin = open(os.devnull)": what a child reads is not what its parent sends it, nor what the parent reads.
    [Fact(Timeout = Patience.OfATest)]
    public async Task It_has_nothing_to_read_and_neither_have_its_children()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        Assert.Equal("end", await pool.RunAsync(LifeFunctions.ReadStandardInput));
        if (!OperatingSystem.IsWindows()) Assert.Equal("", await pool.RunAsync(LifeFunctions.ReadInAChild));
    }

    // What formats here formats there: the culture is part of the surroundings, if it is not the system's anyway.
    [Fact(Timeout = Patience.OfATest)]
    public async Task It_has_the_culture_of_the_thread_that_started_it()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
            await pool.StartAsync();
            CultureInfo.CurrentCulture = before;
            Assert.Equal("de-DE|1,5|de-DE", await pool.RunAsync(LifeFunctions.Culture));
            await using var other = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
            Assert.Equal(LifeFunctions.Culture(), await other.RunAsync(LifeFunctions.Culture));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
