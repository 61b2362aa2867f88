// How a stream ends
// -----------------
// A stream that has ended on all of its sides, or failed, is destroyed: OnDestroy releases what is under it, and then come, in one tick,
// the error (once) and close (once, last). Destroying it again does nothing. One that is still being made ready is released when that is
// over.
//
// Invariants:
//   I1  error is emitted at most once, and before close.
//   I2  close is emitted at most once, and nothing after it.
//   I3  OnDestroy is called once, and not before Construct has called back.
//
// Ownership: the loop's thread.
// Source: Node 20 lib/internal/streams/destroy.js, add-abort-signal.js.

namespace Quintet.Node;

/// <summary>What all streams share: events, and an end.</summary>
public abstract class NodeStream : EventEmitter
{
    private readonly StreamOptions _options;
    private Action<Exception?>? _destroyLate;
    private bool _isConstructing;

    private protected NodeStream(StreamOptions? options)
    {
        Loop = NodeLoop.Current;
        _options = options ?? StreamOptions.Default;
    }

    /// <summary>Whether <see cref="Destroy"/> was called, by anybody.</summary>
    public bool IsDestroyed { get; private set; }

    /// <summary>Whether it was released, <c>close</c> being emitted then or about to be.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The error that ended it.</summary>
    public Exception? Errored { get; internal set; }

    /// <summary>Whether something may still be read from it (Node: <c>readable</c>).</summary>
    public bool IsReadable => ReadState is { EndEmitted: false } && !IsDestroyed && !IsErrorEmitted;

    /// <summary>Whether something may still be written to it (Node: <c>writable</c>).</summary>
    public bool IsWritable => WriteState is { IsEnding: false } && !IsDestroyed && Errored is null;

    internal NodeLoop Loop { get; }

    internal IReadState? ReadState { get; private protected set; }

    internal IWriteState? WriteState { get; private protected set; }

    internal bool IsErrorEmitted { get; private set; }

    internal bool IsCloseEmitted { get; private set; }

    internal bool IsConstructed => !_isConstructing;

    internal bool AutoDestroy => _options.AutoDestroy;

    internal bool AllowHalfOpen => _options.AllowHalfOpen;

    internal bool WillEmitClose => AutoDestroy && _options.EmitClose && !IsClosed;

    /// <summary>Ends it at once: what is buffered is lost. Emits <paramref name="error"/>, if given, and <c>close</c>.</summary>
    public void Destroy(Exception? error = null)
    {
        if (IsDestroyed) return;
        if (error is not null) Errored ??= error;
        WriteState?.OnDestroying();
        IsDestroyed = true;
        if (!_isConstructing) Release(error);
        else
            _destroyLate = late => Release(
                error is null || late is null || late == error ? late ?? error : new AggregateException(error.Message, error, late));
    }

    /// <summary>Destroys it with an <see cref="AbortError"/> when <paramref name="signal"/> is aborted (Node:
    /// <c>addAbortSignal</c>).</summary>
    public void AddAbortSignal(AbortSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        void Abort() => Destroy(new AbortError(signal.Reason));
        if (signal.IsAborted)
        {
            Abort();
            return;
        }

        signal.AddListener(Abort);
        StreamEnd.Watch(this, StreamSides.Whole, _ => signal.RemoveListener(Abort));
    }

    /// <summary>Calls <paramref name="done"/> once, when the stream has ended on its sides, or failed, or was closed too early (Node:
    /// <c>finished</c>).</summary>
    /// <param name="done">Gets the error, a <see cref="StreamError"/> with <c>ERR_STREAM_PREMATURE_CLOSE</c> if it was closed before its
    /// end, or null.</param>
    /// <param name="sides">What to wait for.</param>
    /// <param name="signal">Stops the waiting with an <see cref="AbortError"/>; the stream goes on.</param>
    /// <returns>What takes the listeners away.</returns>
    public Action Finished(Action<Exception?> done, StreamSides sides = StreamSides.Whole, AbortSignal? signal = null) =>
        StreamEnd.Watch(this, sides, done, signal);

    /// <summary>As <see cref="Finished(Action{Exception}, StreamSides, AbortSignal)"/>, as a promise.</summary>
    public Promise<bool> Finished(StreamSides sides = StreamSides.Whole, AbortSignal? signal = null) => new(resolver =>
        Finished(
            error =>
            {
                if (error is null) resolver.Resolve(true);
                else resolver.Reject(error);
            },
            sides,
            signal));

    /// <summary>Destroys the stream, or only tells, where it does not destroy itself.</summary>
    internal void Fail(Exception error, bool sync = false)
    {
        if (IsDestroyed) return;
        if (AutoDestroy)
        {
            Destroy(error);
            return;
        }

        Errored ??= error;
        if (sync) Loop.NextTick(() => EmitError(error));
        else EmitError(error);
    }

    /// <summary>The last thing that a constructor does.</summary>
    private protected void Begin()
    {
        if (_options.Signal is { } signal) AddAbortSignal(signal);
        if (_options.Construct is { } construct) BeginConstruct(construct);
    }

    /// <summary>For streams that know only in their own constructor how they are made ready.</summary>
    private protected void BeginConstruct(Action<Action<Exception?>> construct)
    {
        _isConstructing = true;
        Loop.NextTick(() => Construct(construct));
    }

    /// <summary>Releases what is under the stream.</summary>
    /// <param name="error">Why it ends, or null.</param>
    /// <param name="done">Is called when that has happened, with the error to emit.</param>
    protected virtual void OnDestroy(Exception? error, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        if (_options.Destroy is { } destroy) destroy(error, done);
        else done(error);
    }

    private protected override void OnListenerAdded(string name) => ReadState?.OnListenerAdded(name);

    private protected override void OnListenerRemoved(string name) => ReadState?.OnListenerRemoved(name);

    private protected override void OnNoneRemoved(string? name) => ReadState?.OnListenerRemoved(name ?? "readable");

    private protected override void OnListenerRejected(Exception error, string name) => Destroy(error);

    private void Construct(Action<Action<Exception?>> construct)
    {
        var called = false;
        void Done(Exception? error)
        {
            if (called)
            {
                Fail(error ?? new StreamError("ERR_MULTIPLE_CALLBACK", "Callback called multiple times"));
                return;
            }

            called = true;
            _isConstructing = false;
            if (_destroyLate is not null) _destroyLate(error);
            else if (error is not null) Fail(error, sync: true);
            else
            {
                ReadState?.OnConstructed();
                WriteState?.OnConstructed();
            }
        }

        try
        {
            construct(error => Loop.NextTick(() => Done(error)));
        }
        catch (Exception error)
        {
            Loop.NextTick(() => Done(error));
        }
    }

    private void Release(Exception? error)
    {
        var called = false;
        Action<Exception?> done = late =>
        {
            if (called) return;
            called = true;
            if (late is not null) Errored ??= late;
            IsClosed = true;
            Loop.NextTick(() =>
            {
                if (late is not null) EmitError(late);
                IsCloseEmitted = true;
                if (_options.EmitClose) Emit("close");
            });
        };
        try
        {
            OnDestroy(error, done);
        }
        catch (Exception failure)
        {
            done(failure);
        }
    }

    /// <summary>An error that nobody listens for is thrown; then close is not emitted, as in Node.</summary>
    private void EmitError(Exception error)
    {
        if (IsErrorEmitted) return;
        IsErrorEmitted = true;
        Emit("error", error);
    }
}
