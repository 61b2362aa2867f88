using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>What the specifications of lives and ends run in workers.</summary>
internal static class LifeFunctions
{
    internal const string FirstOnly = "QUINTET_TEST_FIRST";

    private static ProcessPool? _left;
    private static WeakReference? _seen;

    internal static int Add(int a, int b) => a + b;

    internal static int AddThree(int a, int b, int c) => a + b + c;

    internal static int Multiply((int A, int B) pair) => pair.A * pair.B;

    internal static int FailAtLength(int length) => throw new ArgumentException(new string('x', length));

    internal static Stream? NotToCross() => Stream.Null;

    internal static bool See(byte[] argument)
    {
        _seen = new WeakReference(argument);
        return _seen.IsAlive;
    }

    /// <summary>Whether what was seen last is no longer there; a collection may need more than one turn for it.</summary>
    internal static bool HasForgotten()
    {
        for (var turn = 0; turn < 50 && _seen!.IsAlive; turn++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return !_seen!.IsAlive;
    }

    internal static void CountAtExit(SharedValue<int> ends) =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ends.Update(static count => count + 1);

    internal static void CountAtExitAndStay(SharedValue<int> ends, ProcessEvent ready)
    {
        CountAtExit(ends);
        ready.Set();
        SharedFunctions.Forever();
    }

    internal static int CountAtExitAndHear(SharedValue<int> ends, ProcessEvent ready)
    {
        CountAtExit(ends);
        using var heard = new ManualResetEventSlim();
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            heard.Set();
        });
        ready.Set();
        heard.Wait();
        return 7;
    }

    internal static int ReportAndWait(ProcessQueue<int> started, ProcessEvent gate, int value)
    {
        using (started)
        using (gate)
        {
            started.Put(value);
            gate.Wait();
            return value;
        }
    }

    internal static bool PutWaitPut(ProcessQueue<string> told, ProcessEvent gate)
    {
        told.Put("started");
        gate.Wait();
        told.Put("finished");
        return true;
    }

    /// <summary>An initializer that succeeds in one worker only.</summary>
    internal static void SucceedOnce() =>
        new FileStream(Path.Combine(Environment.GetEnvironmentVariable(FirstOnly)!, "first"), FileMode.CreateNew).Dispose();

    internal static int LeaveAPool(SharedValue<int> worker)
    {
        _left = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, AllowInWorker = true });
        var squares = _left.MapAsync(SpecFunctions.Square, Enumerable.Range(0, 10)).GetAwaiter().GetResult();
        worker.Value = _left.WorkerProcessIds.Single();
        return squares.Sum() == 285 ? 0 : 1;
    }

    internal static int MakeProcessesOfAllKinds(ProcessQueue<int> results)
    {
        using var inner = new ProcessQueue<int>();
        using var child = WorkerProcess.Start(
            SharedFunctions.PutNumbers, inner, 0, 3, new WorkerProcessOptions { AllowInWorker = true });
        for (var i = 0; i < 3; i++) results.Put(inner.Get());
        var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2, AllowInWorker = true });
        foreach (var square in pool.MapAsync(SpecFunctions.Square, [3, 4]).GetAwaiter().GetResult()) results.Put(square);
        pool.DisposeAsync().AsTask().Wait();
        return child.WaitAsync().GetAwaiter().GetResult();
    }

    internal static string ReadStandardInput() => Console.In.ReadLine() ?? "end";

    internal static string ReadInAChild()
    {
        using var child = Process.Start(new ProcessStartInfo("cat") { RedirectStandardOutput = true })!;
        return child.StandardOutput.ReadToEnd();
    }

    /// <summary>Of this thread and of a new one.</summary>
    internal static string Culture()
    {
        var ofAnother = "";
        using (ExecutionContext.SuppressFlow())
        {
            var thread = new Thread(() => ofAnother = CultureInfo.CurrentCulture.Name);
            thread.Start();
            thread.Join();
        }

        return $"{CultureInfo.CurrentCulture.Name}|{1.5}|{ofAnother}";
    }

    internal static string Surroundings(string variable) =>
        $"{Environment.CurrentDirectory}|{Environment.GetEnvironmentVariable(variable)}|{AppContext.BaseDirectory}";

    /// <summary>Answers one message, in whose waiting it is interrupted as often as somebody likes.</summary>
    internal static void EchoThroughSignals(ProcessConnection<string, string> end, ProcessSemaphore heard)
    {
        if (OperatingSystem.IsWindows()) return;
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => heard.Release());
        end.Send("ready");
        end.Send(end.Receive());
    }

    internal static void SendTen(ProcessConnection<(int, int), (int, int)> end)
    {
        for (var i = 0; i < 10; i++) end.Send((i, Environment.ProcessId));
        end.Dispose();
    }

    internal static void SendNumbers(ProcessConnection<int, int> end, int count)
    {
        for (var i = 0; i < count; i++) end.Send(i);
        end.Dispose();
    }

    internal static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);

            // A process that nobody has asked about since its end is no process any more.
            return !OperatingSystem.IsLinux() || !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            return false;
        }
    }
}
