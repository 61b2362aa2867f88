namespace Quintet.Asyncio;

/// <summary>The state of one call of a coroutine method: not started, running, done; and who awaits it.</summary>
/// <remarks>A box returns to its pool when its outcome is taken; its version then changes, which is how a second await is
/// recognised.</remarks>
internal abstract class CoroutineBox
{
    internal enum Phase : byte
    {
        Created,
        Claimed,
        Done,
    }

    internal Phase State { get; set; }

    internal int Version { get; private protected set; }

    internal Exception? Error { get; set; }

    /// <summary>The coroutine that awaits this one.</summary>
    internal CoroutineBox? Parent { get; set; }

    /// <summary>The task on whose behalf it runs.</summary>
    internal LoopTask? Task { get; set; }

    internal CoroutineTracker? Tracker { get; set; }

    /// <summary>Whether <see cref="TryFinish(int)"/> may do something.</summary>
    internal virtual bool IsQuick => false;

    internal abstract string MethodName { get; }

    internal abstract void MoveNext();

    internal abstract void Recycle();

    /// <summary>Runs the body if it needs no wait; it is claimed then.</summary>
    private protected virtual bool TryFinish() => false;

    /// <summary>Lets an await go on at once, if the body needs no wait: a coroutine of the library has no deep stack to fear.</summary>
    internal bool TryFinish(int version)
    {
        if (!CanStart(version) || !TryFinish()) return false;
        Claim(version);
        State = Phase.Done;
        return true;
    }

    /// <summary>Whether it is still the coroutine of <paramref name="version"/>, and nobody has awaited it.</summary>
    internal bool CanStart(int version) => Version == version && State == Phase.Created;

    internal static InvalidOperationException IsUsed() => new("cannot reuse already awaited coroutine");

    internal static InvalidOperationException IsNotDone() =>
        new("The coroutine has no result: it has not run. Await it, make a task of it, or give it to EventLoop.Run.");

    internal void Finish(Exception? error)
    {
        Error = error;
        State = Phase.Done;
    }

    /// <summary>Takes the coroutine for its one run.</summary>
    internal void Claim(int version)
    {
        if (!CanStart(version)) throw IsUsed();
        State = Phase.Claimed;
        Tracker?.Awaited();
        Tracker = null;
    }
}
