using System.Reflection;
using Quintet.Multiprocessing.Functions;
using Quintet.Multiprocessing.Wire;

namespace Quintet.Multiprocessing.Workers;

/// <summary>What a worker process for one function is told: the function and its argument.</summary>
internal sealed class OnlyTaskFrames : IDisposable
{
    private readonly PayloadWriter _frames = new();
    private SharedSegment? _body;

    private OnlyTaskFrames() { }

    /// <exception cref="PayloadSerializationException">The argument cannot cross.</exception>
    internal static OnlyTaskFrames Of<T>(FunctionReference function, T argument)
    {
        var made = new OnlyTaskFrames();
        var frames = made._frames;
        frames.Take(FrameHeader.Size);
        function.Write(frames);
        Header(frames, 0, FrameKind.Define, inSegment: false);

        var start = frames.Length;
        frames.Take(FrameHeader.Size);
        frames.Raw(0);
        var body = frames.Length;
        PayloadCodec<T>.Default.Write(frames, argument);
        var length = frames.Length - body;
        if (length >= FrameHeader.SegmentThreshold)
        {
            made._body = LargeBody.Store(frames.At(body, length));
            frames.CutTo(body);
            LargeBody.WriteReference(frames, made._body, length);
        }
        Header(frames, start, FrameKind.Run, made._body is not null);
        return made;
    }

    /// <summary>Sends them, and returns when the worker has read them.</summary>
    /// <exception cref="WorkerStartException">It ended before, or took too long.</exception>
    internal void Send(WorkerConnection connection, TimeSpan timeout, Assembly? home)
    {
        connection.Socket.ReceiveTimeout = timeout;
        connection.Socket.Send(_frames.Written);
        FrameHeader header;
        ReadOnlyMemory<byte> body;
        while (!connection.Frames.TryNext(out header, out body))
        {
            if (!connection.Frames.Fill())
                throw new WorkerStartException($"Process {connection.ProcessId} ended, or was too slow, before it had read its argument.");
        }
        connection.Socket.ReceiveTimeout = TimeSpan.Zero;
        if (header.Kind == FrameKind.Ready) return;
        if (header.Kind != FrameKind.Error) throw new ProcessProtocolException($"The worker began with a frame of kind {header.Kind}.");
        var reader = new PayloadReader(body.Span);
        throw RemoteFailure.Read(ref reader, home, connection.ProcessId);
    }

    public void Dispose() => _body?.Dispose();

    private static void Header(PayloadWriter frames, int start, FrameKind kind, bool inSegment)
    {
        var header = new FrameHeader
        {
            BodyLength = frames.Length - start - FrameHeader.Size,
            Kind = kind,
            InSegment = inSegment,
            Sequence = WorkerConnection.OnlyTask,
        };
        header.Write(frames.At(start, FrameHeader.Size));
    }
}
