using Quintet.Multiprocessing;

namespace Mandelbrot;

/// <summary>
/// Everything that processes can share, once: a single worker process that is talked to through a pipe and a queue, counts in shared memory
/// and keeps step by the shared primitives. try-every-host asks for it under each host with the argument "shared".
/// </summary>
internal static class SharedTour
{
    internal static async Task RunAsync()
    {
        const int numbers = 20;
        using var kit = new Kit(
            new SharedValue<int>(0), new SharedArray<int>(numbers), new ProcessQueue<int>(4), new ProcessSemaphore(1), new ProcessEvent(),
            new ProcessCondition(), new ProcessBarrier(2));
        var (ours, theirs) = ProcessPipe.Create<string>();
        await using var worker = WorkerProcess.Start(Serve, kit, theirs);
        for (var n = 0; n < numbers; n++) await kit.Requests.PutAsync(n);
        kit.Requests.Complete();
        using (kit.Turn.Mutex.Enter())
        {
            kit.Turn.WaitFor(() => kit.Total.Unguarded == numbers * (numbers - 1) / 2, TimeSpan.FromSeconds(30));
        }

        await kit.Permits.WaitAsync();
        kit.Ended.Set();
        kit.Meeting.SignalAndWait(TimeSpan.FromSeconds(30));
        var said = await ours.ReceiveAsync();
        Console.WriteLine($"shared {said}, {kit.Total.Value}, {kit.Squares[numbers - 1]}, ended with {await worker.WaitAsync()}");
    }

    [ProcessFunction]
    internal static int Serve(Kit kit, ProcessConnection<string, string> home)
    {
        while (true)
        {
            int number;
            try
            {
                number = kit.Requests.Get();
            }
            catch (ProcessQueueClosedException)
            {
                break;
            }

            kit.Permits.Wait();
            kit.Squares[number] = number * number;
            kit.Permits.Release();
            using (kit.Turn.Mutex.Enter())
            {
                kit.Total.Update(total => total + number);
                kit.Turn.NotifyAll();
            }
        }

        kit.Ended.Wait();
        kit.Meeting.SignalAndWait(TimeSpan.FromSeconds(30));
        home.Send("all done");
        return 7;
    }

    internal sealed record Kit(
        SharedValue<int> Total, SharedArray<int> Squares, ProcessQueue<int> Requests, ProcessSemaphore Permits, ProcessEvent Ended,
        ProcessCondition Turn, ProcessBarrier Meeting) : IDisposable
    {
        public void Dispose()
        {
            foreach (var shared in (IDisposable[])[Total, Squares, Requests, Permits, Ended, Turn, Meeting]) shared.Dispose();
        }
    }
}
