namespace OrderDesk.Worker;

/// <summary>Keeps a pool thread for itself for as long as the program runs.</summary>
public sealed class FulfilmentWorker(Inbox inbox) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await Task.Yield();
        inbox.Gate.Wait(stopping); // wrong: QNT4001
        while (!inbox.Fulfilment.IsCompleted)
        {
            var order = Next(stopping); // wrong: QNT4002
            if (order is null) return;
            await PackAsync(order.Value);
        }
    }

    private int? Next(CancellationToken stopping)
    {
        try
        {
            return inbox.Fulfilment.Take(stopping);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task PackAsync(int order)
    {
        await Task.Delay(10);
        Console.WriteLine($"packed {order}");
    }
}

/// <summary>The same work as a reader of a channel: no thread waits while there is nothing to do.</summary>
public sealed class PickingWorker(Inbox inbox) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await inbox.Opened.WaitAsync(stopping); // right
        await foreach (var order in inbox.Picking.Reader.ReadAllAsync(stopping)) // right
        {
            await Task.Delay(10, stopping);
            Console.WriteLine($"picked {order}");
        }
    }
}

/// <summary>Blocks too, and may: the thread is its own.</summary>
public sealed class LabelPrinter(Inbox inbox) : IHostedService
{
    private Thread? _thread;

    public Task StartAsync(CancellationToken cancellation)
    {
        _thread = new Thread(Print) { IsBackground = true, Name = "labels" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    private void Print()
    {
        foreach (var order in inbox.Labels.GetConsumingEnumerable()) // right
        {
            Thread.Sleep(10); // right
            Console.WriteLine($"label for {order}");
        }
    }
}
