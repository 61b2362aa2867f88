using System.ComponentModel;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Subprocesses: what their streams give, when they are over, signals and cancelled communication.</summary>
internal sealed class Subprocesses(Transcript t)
{
    private static readonly EventLoopOptions Real = new() { HandleInterrupt = false };

    [Twin("asyncio/81-py313-subprocesses")]
    internal static void Parts(Transcript t) => EventLoop.Run(new Subprocesses(t).All(), Real);

    private static Coroutine<AsyncProcess> Shell(
        string script, bool input = false, bool output = false, bool error = false, AsyncProcessOptions? options = null) =>
        Aio.StartProcess("/bin/sh", ["-c", script], input, output, error, options);

    /// <summary>What communicate gives: None where there is no pipe.</summary>
    private static async Coroutine<string> Communicate(AsyncProcess p, byte[]? input = null)
    {
        var (output, error) = await p.Communicate(input);
        return $"({Told(p.StandardOutput, output)}, {Told(p.StandardError, error)})";
    }

    private static string Told(AsyncStreamReader? pipe, byte[] bytes) => pipe is null ? "None" : Transcript.Repr(bytes);

    private async Coroutine All()
    {
        await Part("lines", Lines);
        await Part("both_outputs", BothOutputs);
        await Part("input_and_output", InputAndOutput);
        await Part("input_not_read", InputNotRead);
        await Part("signals", Signals);
        await Part("cancelled", Cancelled);
        await Part("many", Many);
        await Part("limits", Limits);
    }

    private async Coroutine Part(string name, Func<Coroutine> run)
    {
        t.Print("--", name);
        await run();
    }

    private async Coroutine Lines()
    {
        var p = await Shell("echo one; echo two; printf three; exit 5", output: true);
        var output = p.StandardOutput!;
        while (await output.ReadLine() is { Length: > 0 } line) t.Print(line);
        t.Print(output.AtEof, await output.Read());
        t.Print(await p.Wait(), p.ReturnCode, await p.Wait());
    }

    private async Coroutine BothOutputs()
    {
        var p = await Shell("echo out; echo err >&2; exit 1", output: true, error: true);
        var (output, error) = await p.Communicate();
        t.Print(output, error, p.ReturnCode);
        p = await Shell("exec 2>&1; echo out; echo err >&2", output: true);
        (output, error) = await p.Communicate();
        t.Print(output, Told(p.StandardError, error));
        p = await Shell("exit 3");
        t.Print(await Communicate(p), p.ReturnCode);
        t.Print(p.StandardInput, p.StandardOutput, p.StandardError);
    }

    private async Coroutine InputAndOutput()
    {
        var p = await Shell("cat", input: true, output: true);
        p.StandardInput!.Write("a\n"u8);
        await p.StandardInput.Drain();
        t.Print(await p.StandardOutput!.ReadLine());
        p.StandardInput.Write("rest"u8);
        p.StandardInput.Close();
        await p.StandardInput.WaitClosed();
        t.Print(await p.StandardOutput.Read(), await p.Wait());
        p = await Shell("cat", input: true, output: true);
        var (output, _) = await p.Communicate(new byte[300_000]);
        t.Print(output.Length, p.ReturnCode);
        p = await Shell("cat", input: true, output: true);
        t.Print(await Communicate(p), p.ReturnCode);
    }

    private async Coroutine InputNotRead()
    {
        var p = await Shell("exit 0", input: true);
        await p.Wait();
        t.Print(await Communicate(p, new byte[300_000]));
        p = await Shell("head -c 3", input: true, output: true);
        t.Print(await Communicate(p, [.. Enumerable.Repeat("abcdef"u8.ToArray(), 100_000).SelectMany(static x => x)]), p.ReturnCode);
    }

    private async Coroutine Signals()
    {
        var p = await Shell("exec sleep 20");
        p.Terminate();
        t.Print("terminate", await p.Wait());
        p = await Shell("exec sleep 20");
        p.Kill();
        t.Print("kill", await p.Wait());
        p = await Shell("exec sleep 20");
        p.Signal(10);
        t.Print("SIGUSR1", await p.Wait());
        p = await Shell("trap 'echo trapped; exit 4' TERM; echo ready; while :; do sleep .01; done", output: true);
        t.Print(await p.StandardOutput!.ReadLine());
        p.Terminate();
        t.Print(await p.StandardOutput.Read(), await p.Wait());
        await Aio.Sleep(Seconds(.02));
        foreach (Action how in new[] { p.Terminate, p.Kill })
        {
            try
            {
                how();
                t.Print("nothing");
            }
            catch (InvalidOperationException)
            {
                t.Print("gone");
            }
        }
    }

    private async Coroutine Cancelled()
    {
        var p = await Shell("echo partial; exec sleep 20", output: true);
        var task = Aio.CreateTask(p.Communicate());
        await Aio.Sleep(Seconds(.05));
        task.Cancel();
        try
        {
            await task;
        }
        catch (CancelledError)
        {
            t.Print("communicate cancelled", p.ReturnCode);
        }

        p.Kill();
        t.Print(await p.Wait());
        p = await Shell("exec sleep 20");
        try
        {
            await Aio.WaitFor(p.Wait(), Seconds(.02));
        }
        catch (TimeoutException)
        {
            t.Print("timed out", p.ReturnCode);
        }

        p.Kill();
        t.Print((object)await Aio.Gather(p.Wait(), p.Wait(), p.Wait()));
    }

    private async Coroutine Many()
    {
        async Coroutine<string> Run(int n)
        {
            var p = await Shell($"sleep .0{5 - n}; echo {n}; exit {n}", output: true);
            var (output, _) = await p.Communicate();
            return $"({Transcript.Repr(output)}, {p.ReturnCode})";
        }

        var all = await Aio.Gather(Enumerable.Range(0, 5).Select(n => Aio.CreateTask(Run(n))));
        t.Print("[" + string.Join(", ", all) + "]");
    }

    private async Coroutine Limits()
    {
        var p = await Shell("head -c 100 /dev/zero; echo; echo next", output: true, options: new() { Limit = 32 });
        try
        {
            await p.StandardOutput!.ReadUntil("\n"u8.ToArray());
        }
        catch (LimitOverrunException)
        {
            t.Print("overrun");
        }

        t.Print((await p.StandardOutput!.ReadExactly(101)).Length, await p.StandardOutput.ReadLine(), await p.Wait());
        try
        {
            await Aio.StartProcess("/no/such/program", []);
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            t.Print("not found");
        }

        p = await Aio.StartShell("exit 7");
        t.Print(await p.Wait());
        var options = new AsyncProcessOptions
        {
            Environment = new Dictionary<string, string> { ["VALUE"] = "given " }, WorkingDirectory = "/",
        };
        p = await Aio.StartShell("printf $VALUE; pwd", pipeOutput: true, options: options);
        t.Print(await Communicate(p));
    }
}
