using System.Text;
using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>A protocol that writes down what it is told.</summary>
internal sealed class Recorder : AsyncProtocol
{
    private readonly AsyncEvent _changed = new();

    internal List<string> Log { get; } = [];

    internal AsyncTransport? Transport { get; private set; }

    internal Action<string>? OnData { get; set; }

    internal bool KeepsOpen { get; init; }

    internal string? Greeting { get; init; }

    /// <summary>Is called with each line, before anything else.</summary>
    internal Action<string>? At { get; init; }

    internal Exception? Lost { get; private set; }

    internal int Received { get; private set; }

    public override void ConnectionMade(AsyncTransport transport)
    {
        Transport = transport;
        Add("made");
        if (Greeting is not null) transport.Write(Encoding.ASCII.GetBytes(Greeting));
    }

    public override void DataReceived(ReadOnlySpan<byte> data)
    {
        Received += data.Length;
        if (data.Length < 100) Add("data " + Encoding.ASCII.GetString(data));
        OnData?.Invoke(Encoding.ASCII.GetString(data));
    }

    public override bool EofReceived()
    {
        Add("eof");
        return KeepsOpen;
    }

    public override void ConnectionLost(Exception? error)
    {
        Lost = error;
        Add("lost");
    }

    public override void PauseWriting() => Add("pause");

    public override void ResumeWriting() => Add("resume");

    internal async Coroutine Until(string line)
    {
        while (!Log.Contains(line))
        {
            _changed.Clear();
            await _changed.Wait();
        }
    }

    private void Add(string line)
    {
        Log.Add(line);
        _changed.Set();
        At?.Invoke(line);
    }
}
