using System.Diagnostics;
using System.Runtime.InteropServices;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>
/// The portable part of CPython's TestWait, TestIgnoreEINTR and _TestPollEintr: waits on several things, and interrupted ones.
/// </summary>
public sealed class ConnectionWaitSpec
{
    // wait(readers) says which can be read; each message of each process arrives, and the end of each.
    [Fact(Timeout = Patience.OfATest), Ports("TestWait.test_wait", "TestWait.test_wait_slow")]
    public async Task Several_connections_are_waited_for_at_once()
    {
        var processes = new List<WorkerProcess>();
        var waits = new Dictionary<Task<(int, int)>, ProcessConnection<(int, int), (int, int)>>();
        for (var i = 0; i < 3; i++)
        {
            var (reader, writer) = ProcessPipe.Create<(int, int)>(duplex: false);
            processes.Add(WorkerProcess.Start(LifeFunctions.SendTen, writer));
            waits.Add(reader.ReceiveAsync(), reader);
        }
        var messages = new List<(int, int)>();
        while (waits.Count > 0)
        {
            var ready = await Task.WhenAny(waits.Keys);
            waits.Remove(ready, out var reader);
            try
            {
                messages.Add(await ready);
                waits.Add(reader!.ReceiveAsync(), reader);
            }
            catch (EndOfStreamException)
            {
                reader!.Dispose();
            }
        }
        Assert.Equal(
            processes.SelectMany(process => Enumerable.Range(0, 10).Select(i => (i, process.ProcessId))).Order(), messages.Order());
        foreach (var process in processes) Assert.Equal(0, await process.WaitAsync());
    }

    // wait([a, sentinel, b]) is ready with whichever comes first: the end of the process, then also what was sent.
    [Fact(Timeout = Patience.OfATest), Ports("TestWait.test_wait_integer", "TestWait.test_wait_timeout")]
    public async Task A_process_and_connections_are_waited_for_at_once()
    {
        using var told = new ProcessEvent();
        using var done = new ProcessEvent();
        await using var process = WorkerProcess.Start(SharedFunctions.SetWhenTold, told, done);
        var (first, second) = ProcessPipe.Create<int>();
        Assert.False(first.Poll(TimeSpan.FromMilliseconds(2)));
        var (end, received) = (process.WaitAsync(), second.ReceiveAsync());
        Assert.False(end.IsCompleted || received.IsCompleted);
        told.Set();
        Assert.Same(end, await Task.WhenAny(end, received));
        first.Send(5);
        Assert.Equal(5, await received);
        Assert.False(second.Poll());
        second.Send(6);
        Assert.True(first.Poll(Patience.OfAWait));
        Assert.Equal((0, 6), (await end, first.Receive()));
    }

    // Giving up a wait takes nothing: every message is received once and in order, however many waits for it were given up.
    [Fact(Timeout = Patience.OfATest)]
    public async Task A_wait_that_is_given_up_takes_no_message()
    {
        const int count = 300;
        var (reader, writer) = ProcessPipe.Create<int>(duplex: false);
        await using var process = WorkerProcess.Start(LifeFunctions.SendNumbers, writer, count);
        for (var next = 0; next < count;)
        {
            using var cancellation = new CancellationTokenSource();
            try
            {
                var waiting = reader.ReceiveAsync(cancellation.Token);
                cancellation.Cancel();
                Assert.Equal(next, await waiting);
                next++;
            }
            catch (OperationCanceledException)
            {
                // Before it came, or in the same moment.
            }
        }
        await Assert.ThrowsAsync<EndOfStreamException>(() => reader.ReceiveAsync());
    }

    // poll(-1), put(timeout=-1), get(timeout=-1), join(-1)... are a ValueError or no wait in Python; here no wait takes a negative time but
    // the infinite one.
    [Fact, Ports("TestWait.test_neg_timeout", "test_queue.BaseQueueTestMixin.test_negative_timeout_raises_exception",
        "test_queue.BaseSimpleQueueTest.test_negative_timeout_raises_exception")]
    public void A_negative_time_is_no_time_to_wait()
    {
        var negative = TimeSpan.FromSeconds(-1);
        var (first, second) = ProcessPipe.Create<int>();
        using var queue = new ProcessQueue<int>();
        using var mutex = new ProcessMutex();
        using var semaphore = new ProcessSemaphore(1);
        using var told = new ProcessEvent();
        using var barrier = new ProcessBarrier(2);
        Action[] waits =
        [
            () => first.Poll(negative),
            () => first.TryReceive(out _, negative),
            () => second.TrySend(1, negative),
            () => queue.TryPut(1, negative),
            () => queue.TryGet(out _, negative),
            () => queue.Join(negative),
            () => mutex.TryEnter(negative),
            () => semaphore.Wait(negative),
            () => told.Wait(negative),
            () => barrier.SignalAndWait(negative),
        ];
        Assert.All(waits, wait => Assert.Throws<ArgumentOutOfRangeException>(wait));
        Assert.Equal((0, 1, 0), (queue.Count, semaphore.CurrentCount, barrier.WaitingCount));
        Assert.False(mutex.IsHeldByCurrentThread);
        Assert.False(barrier.IsBroken);
    }

    // PEP 475: a signal in the middle of recv(), accept() or join() does not end it.
    [Fact(Timeout = Patience.OfATest), Ports("TestIgnoreEINTR.test_ignore", "_TestPollEintr.test_poll_eintr")]
    public async Task A_signal_does_not_end_a_wait()
    {
        if (OperatingSystem.IsWindows()) return;
        var (ours, theirs) = ProcessPipe.Create<string>();
        using var heardThere = new ProcessSemaphore(0, maximum: 100);
        using var heardHere = new SemaphoreSlim(0);
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => heardHere.Release());
        await using var process = WorkerProcess.Start(LifeFunctions.EchoThroughSignals, theirs, heardThere);
        Assert.Equal("ready", await ours.ReceiveAsync());
        var (end, answer) = (process.WaitAsync(), ours.ReceiveAsync());
        for (var i = 0; i < 5; i++)
        {
            Interrupt(process.ProcessId);
            Assert.True(heardThere.Wait(Patience.OfAWait));
            Interrupt(Environment.ProcessId);
            Assert.True(await heardHere.WaitAsync(Patience.OfAWait));
        }
        Assert.False(end.IsCompleted || answer.IsCompleted);
        ours.Send("after all");
        Assert.Equal("after all", await answer);
        Assert.Equal(0, await end);
    }

    private static void Interrupt(int processId)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -WINCH {processId}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
