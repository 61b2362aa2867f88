namespace Quintet.Node;

/// <summary>A stream to write to. Source: Node's <c>stream.Writable</c>.</summary>
/// <typeparam name="T">The type of the chunks.</typeparam>
/// <remarks>Give a function that writes, or derive and override <see cref="OnWrite"/>. Belongs to its loop's thread.</remarks>
public class Writable<T> : NodeStream, IWritable<T>, IWritableSink<T>
{
    private readonly WritableSide<T> _side;
    private readonly Action<T, Action<Exception?>>? _write;
    private readonly Action<IReadOnlyList<T>, Action<Exception?>>? _writeMany;
    private readonly Action<Action<Exception?>>? _final;

    /// <summary>A stream into <paramref name="write"/>, which is given one chunk at a time and says when it is done.</summary>
    /// <param name="write">Takes a chunk.</param>
    /// <param name="final">Is called before <c>finish</c>, to write what is left.</param>
    /// <param name="options">How it buffers, begins and ends.</param>
    /// <param name="writeMany">Takes all chunks that wait, where there are several (Node: <c>writev</c>).</param>
    public Writable(Action<T, Action<Exception?>>? write = null, Action<Action<Exception?>>? final = null, StreamOptions? options = null,
        Action<IReadOnlyList<T>, Action<Exception?>>? writeMany = null)
        : base(options)
    {
        _write = write;
        _writeMany = writeMany;
        _final = final;
        WriteState = _side = new WritableSide<T>(this, options ?? StreamOptions.Default, this);
        Begin();
    }

    /// <inheritdoc/>
    public NodeStream Stream => this;

    /// <inheritdoc/>
    public bool NeedsDrain => _side.TellsDrain;

    /// <summary>How much is buffered.</summary>
    public int WritableLength => _side.Length;

    /// <summary>The high-water mark.</summary>
    public int WritableHighWaterMark => _side.Limit;

    /// <summary>How many <see cref="Cork"/>s have not been taken back.</summary>
    public int CorkCount => _side.Corked;

    /// <summary>Whether <see cref="End(Action{Exception})"/> was called.</summary>
    public bool IsEnding => _side.IsEnding;

    /// <summary>Whether <c>finish</c> was emitted.</summary>
    public bool IsFinished => _side.IsFinished;

    /// <inheritdoc/>
    public bool Write(T chunk, Action<Exception?>? done = null) => _side.Write(chunk, done);

    /// <inheritdoc/>
    public void End(Action<Exception?>? done = null) => _side.End(done);

    /// <summary>Writes a last chunk, unless it is null, and says that nothing more will be written.</summary>
    public void End(T chunk, Action<Exception?>? done = null) => _side.End(chunk, done);

    /// <summary>Keeps what is written in the buffer until <see cref="Uncork"/>.</summary>
    public void Cork() => _side.Cork();

    /// <summary>Takes back one <see cref="Cork"/>.</summary>
    public void Uncork() => _side.Uncork();

    // A derived class may have overridden OnFinal.
    bool IWritableSink<T>.HasFinal => _final is not null || GetType() != typeof(Writable<T>);

    bool IWritableSink<T>.CallsOnce => false;

    bool IWritableSink<T>.TakesMany => TakesMany;

    void IWritableSink<T>.Write(T chunk, Action<Exception?> done)
    {
        if (_write is null && _writeMany is not null) _writeMany([chunk], done);
        else OnWrite(chunk, done);
    }

    void IWritableSink<T>.WriteMany(IReadOnlyList<T> chunks, Action<Exception?> done) => OnWriteMany(chunks, done);

    void IWritableSink<T>.Final(Action<Exception?> done) => OnFinal(done);

    private protected virtual bool TakesMany => _writeMany is not null;

    private protected virtual void OnWriteMany(IReadOnlyList<T> chunks, Action<Exception?> done) => _writeMany!(chunks, done);

    /// <summary>Takes a chunk, and says when it is done.</summary>
    /// <exception cref="NotSupportedException">Nobody said how.</exception>
    protected virtual void OnWrite(T chunk, Action<Exception?> done)
    {
        if (_write is null) throw new NotSupportedException("Give a write function, or override OnWrite.");
        _write(chunk, done);
    }

    /// <summary>Writes what is left.</summary>
    protected virtual void OnFinal(Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        if (_final is null) done(null);
        else _final(done);
    }
}
