namespace Quintet.Node;

/// <summary>Sends to all other channels of the same name in this process, on whatever loop they are. Source: Node's
/// <c>BroadcastChannel</c>.</summary>
/// <remarks>Event: <c>message</c>. Holds its loop until it is closed. Belongs to the loop's thread.</remarks>
public sealed class BroadcastChannel : EventEmitter, IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, List<BroadcastChannel>> Channels = [];

    private readonly NodeLoop _loop = NodeLoop.Current;
    private readonly MessagePort _port; // as in Node: what comes at once comes in the order in which the ports were made

    /// <summary>Joins the channels of this name.</summary>
    public BroadcastChannel(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        _port = new MessagePort(_loop, new Lock());
        lock (Gate)
        {
            if (!Channels.TryGetValue(name, out var channels)) Channels.Add(name, channels = []);
            channels.Add(this);
        }

        _loop.Leaving += Leave;
        _port.Start();
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    internal bool IsClosed { get; private set; }

    /// <summary>Sends a copy to each of the others.</summary>
    /// <exception cref="InvalidOperationException">It was closed.</exception>
    /// <exception cref="DataCloneException">The message cannot be copied.</exception>
    public void PostMessage<T>(T message)
    {
        if (IsClosed) throw new InvalidOperationException("BroadcastChannel is closed.");
        BroadcastChannel[] others;
        lock (Gate) others = [.. Channels[Name].Where(each => each != this)];
        foreach (var other in others) other._port.Post(new BroadcastMessage<T>(other, StructuredClone.Of(message)));
    }

    /// <summary>Leaves the others. A second time does nothing.</summary>
    public void Close()
    {
        if (IsClosed) return;
        Leave();
        Unref();
    }

    /// <inheritdoc cref="Close"/>
    public void Dispose() => Close();

    /// <summary>Lets it hold its loop, as it does from the beginning.</summary>
    public BroadcastChannel Ref()
    {
        if (!IsClosed) _port.Ref();
        return this;
    }

    /// <summary>Lets its loop end while it listens.</summary>
    public BroadcastChannel Unref()
    {
        _port.Unref();
        return this;
    }

    private void Leave()
    {
        IsClosed = true;
        _loop.Leaving -= Leave;
        lock (Gate)
        {
            var channels = Channels[Name];
            channels.Remove(this);
            if (channels.Count == 0) Channels.Remove(Name);
        }
    }
}
