using System.Collections.Concurrent;
using System.Threading.Channels;

namespace OrderDesk.Worker;

/// <summary>Orders that wait to be worked on, in the three kinds of queue that grew over the years.</summary>
public sealed class Inbox
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BlockingCollection<int> Fulfilment { get; } = [];

    public BlockingCollection<int> Labels { get; } = [];

    public Channel<int> Picking { get; } = Channel.CreateUnbounded<int>();

    public ManualResetEventSlim Gate { get; } = new();

    public Task Opened => _opened.Task;

    public void Put(int order)
    {
        Fulfilment.Add(order);
        Labels.Add(order);
        Picking.Writer.TryWrite(order);
    }

    public void Open()
    {
        Gate.Set();
        _opened.TrySetResult();
    }

    public void Close()
    {
        Fulfilment.CompleteAdding();
        Labels.CompleteAdding();
        Picking.Writer.TryComplete();
    }
}
