using System.Diagnostics;
using Quintet.Multiprocessing.Functions;

namespace Quintet.Multiprocessing.Pooling;

/// <summary>
/// What a worker does at a time. It is answered exactly once: with results, with a failure, or by being cancelled. A unit whose worker dies
/// before it was begun goes to another worker; one that was begun never does.
/// </summary>
internal abstract class WorkUnit(FunctionReference function, int count)
{
    internal FunctionReference Function { get; } = function;

    /// <summary>How many arguments it holds.</summary>
    internal int Count { get; } = count;

    /// <summary>Its number on the worker that has it.</summary>
    internal long Sequence { get; set; }

    /// <summary>The worker that has it; set under that worker's lock.</summary>
    internal PoolWorker? Worker { get; set; }

    /// <summary>A large body on its way to the worker.</summary>
    internal SharedSegment? Body { get; set; }

    /// <summary>How much of it is used.</summary>
    internal int BodyLength { get; set; }

    /// <summary>When it, or its map, was queued, or 0 if nobody wants to know.</summary>
    internal long QueuedAt { get; set; }

    /// <summary>When it was written for its worker, if that is wanted.</summary>
    internal long SentAt { get; private set; }

    /// <summary>The map that it belongs to, if it does.</summary>
    internal virtual WorkSource? Source => null;

    /// <summary>Whether its caller has given up.</summary>
    internal abstract bool IsCancelled { get; }

    internal void Sent()
    {
        if (QueuedAt != 0) SentAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Writes the arguments. May throw what user code throws; then the unit fails and nobody else.</summary>
    internal abstract void WriteArguments(PayloadWriter writer);

    internal abstract void Complete(ref PayloadReader results);

    internal abstract void Fail(Exception exception);

    internal abstract void Cancel();
}
