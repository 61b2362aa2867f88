using Quintet.Multiprocessing.Functions;
using Quintet.Multiprocessing.Wire;

namespace Quintet.Multiprocessing.Pooling;

/// <summary>One call of one function.</summary>
internal sealed class SingleTask<TOut> : WorkUnit
{
    private readonly byte[] _arguments;
    private readonly TaskCompletionSource<TOut> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _cancellation;

    private SingleTask(FunctionReference function, byte[] arguments, CancellationToken cancellation) : base(function, 1) =>
        (_arguments, _cancellation) = (arguments, cancellation);

    internal Task<TOut> Task => _result.Task;

    internal override bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>The argument is turned into bytes now: what the caller does to it afterwards is the caller's business.</summary>
    internal static SingleTask<TOut> Of<TIn>(FunctionReference function, TIn argument, CancellationToken cancellation)
    {
        var writer = ArgumentWriter.Rent();
        try
        {
            PayloadCodec<TIn>.Default.Write(writer, argument);
            var length = writer.Length;
            if (length < FrameHeader.SegmentThreshold)
                return new SingleTask<TOut>(function, writer.Written.ToArray(), cancellation);
            return new SingleTask<TOut>(function, [], cancellation) { Body = writer.TakeSegment(), BodyLength = length };
        }
        finally
        {
            writer.Trim();
        }
    }

    internal override void WriteArguments(PayloadWriter writer) => writer.Bytes(_arguments);

    internal override void Complete(ref PayloadReader results) => _result.TrySetResult(PayloadCodec<TOut>.Default.Read(ref results));

    internal override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException && IsCancelled) Cancel();
        else _result.TrySetException(exception);
    }

    internal override void Cancel() => _result.TrySetCanceled(_cancellation);
}
