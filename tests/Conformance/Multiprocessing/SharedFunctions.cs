using System.Diagnostics;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>What the specifications of processes and shared objects run in workers.</summary>
internal static class SharedFunctions
{
    internal static void Nothing() { }

    internal static int Code(int code) => code;

    internal static int ExitWith(int code)
    {
        Environment.Exit(code);
        return 0;
    }

    internal static void Throw(string text) => throw new InvalidOperationException(text);

    internal static void Forever() => Thread.Sleep(Timeout.Infinite);

    internal static void UntilCancelled() => ProcessWorker.Cancellation.WaitHandle.WaitOne();

    internal static void Describe(string text, int number, ProcessQueue<string> queue) =>
        queue.Put($"{text} {number} {Environment.ProcessId} {ProcessWorker.IsWorker}");

    internal static void StartAnother(ProcessQueue<string> queue)
    {
        try
        {
            using var another = WorkerProcess.Start(Nothing);
            queue.Put("started");
        }
        catch (WorkerStartException refused)
        {
            queue.Put(refused.Message);
        }
    }

    internal static void Echo(ProcessConnection<string, string> end)
    {
        while (end.Receive() is { Length: > 0 } text) end.Send(text);
        end.Dispose();
    }

    internal static void SendThenDie(ProcessConnection<string, string> end)
    {
        end.Send("last words");
        Die();
    }

    internal static void Die()
    {
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    internal static void HoldAndDie(ProcessMutex mutex, ProcessEvent held)
    {
        mutex.TryEnter(Timeout.InfiniteTimeSpan);
        held.Set();
        Die();
    }

    internal static void Increment(SharedValue<long> value, int times)
    {
        for (var i = 0; i < times; i++) value.Update(static x => x + 1);
    }

    internal static void TakePermits(ProcessSemaphore semaphore, ProcessEvent taken)
    {
        semaphore.Wait();
        semaphore.Wait();
        taken.Set();
        Forever();
    }

    internal static void WaitNotified(ProcessCondition condition, SharedValue<int> sleeping, SharedValue<int> woken)
    {
        using (condition.Mutex.Enter())
        {
            sleeping.Update(static x => x + 1);
            condition.Wait();
            woken.Update(static x => x + 1);
        }
    }

    internal static void SetWhenTold(ProcessEvent told, ProcessEvent done)
    {
        told.Wait();
        done.Set();
    }

    internal static void Meet(ProcessBarrier barrier, int rounds, SharedArray<int> met)
    {
        for (var round = 0; round < rounds; round++)
        {
            Interlocked.Increment(ref met[round]);
            barrier.SignalAndWait();

            // All have been here before anybody goes on.
            if (Volatile.Read(ref met[round]) != barrier.ParticipantCount) Environment.Exit(3);
        }
    }

    internal static void MeetOnce(ProcessBarrier barrier) => barrier.SignalAndWait();

    internal static void PutNumbers(ProcessQueue<int> queue, int from, int count)
    {
        for (var i = from; i < from + count; i++) queue.Put(i);
    }

    internal static void MoveNumbers(ProcessQueue<int> from, ProcessQueue<int> to)
    {
        try
        {
            while (true)
            {
                to.Put(from.Get());
                from.TaskDone();
            }
        }
        catch (ProcessQueueClosedException)
        {
            // All is moved.
        }
    }

    internal static void TakeOneAndDie(ProcessQueue<int> queue)
    {
        queue.Get();
        Die();
    }
}
