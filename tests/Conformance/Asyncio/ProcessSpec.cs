using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Other programs. Rules from CPython's test_subprocess, each with a program of the shell instead of Python's.</summary>
public sealed class ProcessSpec : AsyncioSpec
{
    // What goes in and comes out, piece by piece.
    [Fact, Pins("test_subprocess.stdin_stdout")]
    public void Input_is_written_and_output_read_by_hand() => RunUnix(async () =>
    {
        var process = await Aio.StartProcess("cat", [], pipeInput: true, pipeOutput: true);
        process.StandardInput!.Write("some data"u8);
        await process.StandardInput.Drain();
        process.StandardInput.Close();
        Assert.Equal("some data", Text(await process.StandardOutput!.Read()));
        Assert.Equal(0, await process.Wait());
        Assert.Equal(0, process.ReturnCode);
    });

    [Fact, Pins("test_subprocess.communicate")]
    public void Communicate_writes_reads_and_waits() => RunUnix(async () =>
    {
        var process = await Aio.StartProcess("cat", [], pipeInput: true, pipeOutput: true);
        var (output, error) = await process.Communicate("some data"u8.ToArray());
        Assert.Equal("some data", Text(output));
        Assert.Empty(error);
        Assert.Equal(0, process.ReturnCode);
    });

    // Much more than a pipe holds, in both directions at once: nobody may wait for the other for ever.
    [Fact]
    public void Communicate_passes_megabytes_both_ways() => RunUnix(async () =>
    {
        var process = await Aio.StartProcess("cat", [], pipeInput: true, pipeOutput: true);
        var input = new byte[5_000_000];
        new Random(1).NextBytes(input);
        var (output, _) = await process.Communicate(input);
        Assert.True(input.AsSpan().SequenceEqual(output));
    });

    [Fact, Pins("test_subprocess.communicate_none_input", "test_subprocess.empty_input")]
    public void Communicate_without_input_gives_the_program_an_end() => RunUnix(async () =>
    {
        var process = await Aio.StartProcess("sh", ["-c", "wc -c; echo done"], pipeInput: true, pipeOutput: true);
        var (output, _) = await process.Communicate();
        Assert.Equal(["0", "done"], Text(output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    });

    [Fact, Pins("test_subprocess.subprocess_communicate_stdout")]
    public void Communicate_reads_both_outputs_apart() => RunUnix(async () =>
    {
        var process = await Aio.StartShell("echo out; echo err >&2", pipeOutput: true, pipeError: true);
        var (output, error) = await process.Communicate();
        Assert.Equal(("out\n", "err\n"), (Text(output), Text(error)));
    });

    [Fact, Pins("test_subprocess.shell")]
    public void The_shell_gives_its_exit_code() => RunUnix(async () =>
    {
        var process = await Aio.StartShell("exit 7");
        Assert.Equal(7, await process.Wait());
    });

    [Fact, Pins("test_subprocess.kill", "test_subprocess.close_kill_running")]
    public void A_killed_program_has_minus_nine() => RunUnix(async () =>
    {
        var process = await Aio.StartProcess("sleep", ["60"]);
        Assert.Null(process.ReturnCode);
        process.Kill();
        Assert.Equal(-9, await process.Wait());
    });

    [Fact, Pins("test_subprocess.terminate")]
    public void A_terminated_program_has_minus_fifteen() => RunUnix(async () =>
    {
        var process = await Aio.StartProcess("sleep", ["60"]);
        process.Terminate();
        Assert.Equal(-15, await process.Wait());
    });

    // The program says when its trap is set; before that the signal would end it. Not the hangup: a shell cannot trap what was ignored when
    // it began, and whoever starts the tests with nohup ignores that.
    [Fact, Pins("test_subprocess.send_signal")]
    public void A_signal_may_be_caught_by_the_program() => RunUnix(async () =>
    {
        var process = await Aio.StartShell("trap 'echo caught; exit 5' TERM; echo ready; while :; do sleep 0.01; done", pipeOutput: true);
        Assert.Equal("ready\n", Text(await process.StandardOutput!.ReadLine()));
        process.Signal(15);
        Assert.Equal("caught\n", Text(await process.StandardOutput.ReadLine()));
        Assert.Equal(5, await process.Wait());
    });

    // When it has ended, there is nobody to send a signal to: an error, not silence, and never another process's end.
    [Fact, Pins("test_subprocess.proc_exited", "test_subprocess.close_dont_kill_finished")]
    public void A_program_that_has_ended_takes_no_signal() => RunUnix(async () =>
    {
        var process = await Aio.StartProcess("true", []);
        await process.Wait();
        Assert.Throws<EventLoopException>(process.Kill);
        Assert.Throws<EventLoopException>(process.Terminate);
        Assert.Throws<EventLoopException>(() => process.Signal(1));
    });

    // A signal between the program's end and the news of it does no harm.
    [Fact, Pins("test_subprocess.subprocess_send_signal_race")]
    public void A_signal_beside_the_end_is_harmless() => RunUnix(async () =>
    {
        for (var i = 0; i < 10; i++)
        {
            var process = await Aio.StartProcess("true", []);
            try
            {
                process.Terminate();
            }
            catch (EventLoopException)
            {
                // The news had come already.
            }

            Assert.Contains(await process.Wait(), (int[])[0, -15]);
        }
    });

    [Fact, Pins("test_subprocess.stdin_broken_pipe")]
    public void Writing_to_a_program_that_has_ended_fails() => RunUnix(async () =>
    {
        var process = await Aio.StartProcess("true", [], pipeInput: true);
        await process.Wait();
        await Fails<IOException>(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                process.StandardInput!.Write(new byte[100_000]);
                await process.StandardInput.Drain();
                await Aio.Sleep(Seconds(0.001));
            }
        });
    });

    [Fact, Pins("test_subprocess.communicate_ignore_broken_pipe")]
    public void Communicate_forgives_a_program_that_does_not_read() => RunUnix(async () =>
    {
        var process = await Aio.StartShell("exit 3", pipeInput: true, pipeOutput: true);
        await process.Communicate(new byte[2_000_000]);
        Assert.Equal(3, process.ReturnCode);
    });

    // Twice the limit is kept, then the program has to wait until somebody reads.
    [Fact, Pins("test_subprocess.pause_reading")]
    public void A_program_that_nobody_reads_from_is_held() => RunUnix(async () =>
    {
        const int size = 10_000_000;
        var options = new AsyncProcessOptions { Limit = 1024 };
        var process = await Aio.StartShell($"head -c {size} /dev/zero", pipeOutput: true, options: options);
        await Fails<TimeoutException>(async () => await Aio.Timeout(Seconds(0.2), async _ => await process.Wait()));
        Assert.Null(process.ReturnCode);
        Assert.Equal(size, (await process.StandardOutput!.Read()).Length);
        Assert.Equal(0, await process.Wait());
    });

    // Leaving the wait leaves the program.
    [Fact, Pins("test_subprocess.cancel_process_wait")]
    public void A_cancelled_wait_leaves_the_program_running() => RunUnix(async () =>
    {
        var process = await Aio.StartProcess("sleep", ["60"]);
        var wait = Aio.CreateTask(process.Wait());
        await Aio.Yield();
        wait.Cancel();
        await Fails<CancelledError>(wait);
        Assert.Null(process.ReturnCode);
        process.Kill();
        Assert.Equal(-9, await process.Wait());
    });

    [Fact, Pins("test_subprocess.subprocess_concurrent_wait")]
    public void Several_may_wait_for_one_program() => RunUnix(async () =>
    {
        var process = await Aio.StartShell("exit 4");
        var codes = await Aio.Gather(process.Wait(), process.Wait(), process.Wait());
        Assert.Equal([4, 4, 4], codes);
    });

    [Fact, Pins("test_subprocess.popen_error", "test_subprocess.popen_error_with_stdin_pipe")]
    public void A_program_that_does_not_exist_is_an_error_of_the_start() => RunUnix(async () =>
    {
        await Fails<Win32Exception>(async () => await Aio.StartProcess("no-such-program-here", []));
        await Fails<Win32Exception>(async () => await Aio.StartProcess("no-such-program-here", [], pipeInput: true));
    });

    // What was written before the end can be read after it.
    [Fact, Pins("test_subprocess.read_stdout_after_process_exit")]
    public void Output_survives_the_program() => RunUnix(async () =>
    {
        var process = await Aio.StartShell("printf 'one\\ntwo\\nthree'", pipeOutput: true);
        await process.Wait();
        var output = process.StandardOutput!;
        Assert.Equal("one\n", Text(await output.ReadLine()));
        Assert.Equal("two\n", Text(await output.ReadLine()));
        Assert.Equal("three", Text(await output.ReadLine()));
        Assert.Empty(await output.ReadLine());
    });

    [Fact, Pins("test_subprocess.create_subprocess_env_exec", "test_subprocess.create_subprocess_env_shell")]
    public void The_environment_is_what_was_asked_for() => RunUnix(async () =>
    {
        var options = new AsyncProcessOptions { Environment = new Dictionary<string, string> { ["FOO"] = "bar" } };
        var process = await Aio.StartProcess("/bin/sh", ["-c", "echo $FOO-$HOME"], pipeOutput: true, options: options);
        Assert.Equal("bar-\n", Text((await process.Communicate()).Output));
        process = await Aio.StartShell("echo $FOO", pipeOutput: true, options: options);
        Assert.Equal("bar\n", Text((await process.Communicate()).Output));
    });

    [Fact]
    public void The_folder_is_what_was_asked_for() => RunUnix(async () =>
    {
        var process = await Aio.StartShell("pwd", pipeOutput: true, options: new AsyncProcessOptions { WorkingDirectory = "/" });
        Assert.Equal("/\n", Text((await process.Communicate()).Output));
    });

    // bpo-43884: a killed shell has ended although what it started lives on and has its output.
    [Fact, Pins("test_subprocess.SubprocessMixin.kill_issue43884")]
    public void A_killed_shell_has_ended_though_its_command_has_not() => RunUnix(async () =>
    {
        var process = await Aio.StartShell("sleep 60 & echo $!; wait", pipeOutput: true);
        var command = int.Parse(Text(await process.StandardOutput!.ReadLine()), CultureInfo.InvariantCulture);
        process.Kill();
        Assert.Equal(-9, await process.Wait());
        using var left = Process.GetProcessById(command);
        left.Kill();
        Assert.Empty(await process.StandardOutput.Read());
    });

    // asyncio issue 209: a program's standard input is not inherited by the next one, which would keep it open.
    [Fact, Pins("test_subprocess.SubprocessMixin.stdin_not_inheritable")]
    public void A_programs_input_ends_though_a_later_program_runs() => RunUnix(async () =>
    {
        var reader = await Aio.StartProcess("cat", [], pipeInput: true, pipeOutput: true);
        var later = await Aio.StartProcess("sleep", ["60"], pipeInput: true, pipeOutput: true);
        Assert.Equal("abc", Text((await reader.Communicate("abc"u8.ToArray())).Output));
        Assert.Equal(0, await reader.Wait());
        Assert.Null(later.ReturnCode);
        later.Kill();
        await later.Wait();
    });

    // "Exception during subprocess creation, kill the subprocess": a start that is cancelled, whenever that is, leaves no program.
    [Theory, Pins("test_subprocess.SubprocessMixin.cancel_make_subprocess_transport_exec",
        "test_subprocess.SubprocessMixin.cancel_post_init")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_start_that_is_cancelled_leaves_no_program(int turns) => RunUnix(async () =>
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Programs are looked for in /proc.");
        var mark = $"{Guid.NewGuid():N}";
        var options = new AsyncProcessOptions { Environment = new Dictionary<string, string> { ["MARK"] = mark } };
        for (var i = 0; i < 5; i++)
        {
            var start = Aio.CreateTask(Aio.StartProcess("/bin/sleep", ["3600"], options: options));
            await Turns(turns);
            if (start.Cancel())
            {
                await Fails<CancelledError>(start);
                continue;
            }

            // So much time may have passed that the program was there: then it is ours to end.
            start.Result.Kill();
            await start.Result.Wait();
        }

        // A start that was cancelled late is still under way in the pool. When all its threads have met, it is over.
        var threads = EventLoop.Current.Core.Pool.Size;
        using var all = new Barrier(threads);
        await Aio.Gather(Enumerable.Range(0, threads)
            .Select(_ => EventLoop.Current.RunInExecutor(() => all.SignalAndWait(Patience.OfAWait))));
        while (IsThere(mark)) await Aio.Sleep(Seconds(0.01));
    });

    private static bool IsThere(string mark) => Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private static void RunUnix(Func<Coroutine> body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs are those of a Unix shell.");
        RunReal(body);
    }

    private static string Text(byte[] bytes) => Encoding.ASCII.GetString(bytes);
}
