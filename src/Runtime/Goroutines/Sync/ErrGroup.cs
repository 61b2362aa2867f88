// How an error group works
// ------------------------
// A wait group, the first error, and optionally a context that the first error cancels and a limit on the goroutines at work.
//
// Source: golang.org/x/sync/errgroup.

using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Quintet.Goroutines;

/// <summary>Runs goroutines for the parts of one task, and tells the first error (Go's <c>x/sync/errgroup.Group</c>).</summary>
/// <remarks>Safe for use by any number of goroutines at once.</remarks>
public sealed class ErrGroup
{
    private readonly WaitGroup _group = new();
    private readonly Action<Exception?>? _cancel;
    private Chan<Unit>? _places;
    private ExceptionDispatchInfo? _first;

    /// <summary>Makes a group without a context.</summary>
    public ErrGroup()
    {
    }

    private ErrGroup(Action<Exception?> cancel) => _cancel = cancel;

    /// <summary>Makes a group, and a context that ends with the first error or when all are done.</summary>
    /// <param name="parent">The context to derive from.</param>
    /// <returns>The group and the context.</returns>
    public static (ErrGroup Group, GoContext Context) WithContext(GoContext parent)
    {
        var (context, cancel) = GoContext.WithCancelCause(parent);
        return (new ErrGroup(cancel), context);
    }

    /// <summary>Limits how many goroutines of the group are at work at once; a negative number means no limit.</summary>
    /// <param name="limit">The limit; with 0 no goroutine can be started.</param>
    /// <exception cref="InvalidOperationException">Goroutines of the group are at work.</exception>
    public void SetLimit(int limit)
    {
        if (_group.Count > 0)
            throw new InvalidOperationException($"errgroup: modify limit while {_group.Count} goroutines in the group are still active");
        _places = limit < 0 ? null : new Chan<Unit>(limit);
    }

    /// <summary>Starts a goroutine of the group; waits while the group is at its limit.</summary>
    /// <param name="body">What it does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <returns>What to await: the start, not the end.</returns>
    public async GoTask GoAsync(Func<GoTask> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (_places is { } places) await places.SendAsync(default);
        Start(body, file, line);
    }

    /// <summary>Starts a goroutine of the group. At its limit it blocks the calling code.</summary>
    /// <param name="body">What it does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    public void Go(Func<GoTask> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(body);
        _places?.Send(default);
        Start(body, file, line);
    }

    /// <summary>Starts a goroutine of the group unless it is at its limit.</summary>
    /// <param name="body">What it does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <returns>Whether it was started.</returns>
    public bool TryGo(Func<GoTask> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (_places is { } places && !places.TrySend(default)) return false;
        Start(body, file, line);
        return true;
    }

    /// <summary>Waits until all have ended, and throws the first error if there was one.</summary>
    /// <returns>What to await.</returns>
    public async GoTask WaitAsync()
    {
        await _group.WaitAsync();
        End();
    }

    /// <summary>As <see cref="WaitAsync"/>, and blocks the calling code meanwhile.</summary>
    public void Wait()
    {
        _group.Wait();
        End();
    }

    private void End()
    {
        _cancel?.Invoke(_first?.SourceException);
        _first?.Throw();
    }

    private void Start(Func<GoTask> body, string file, int line)
    {
        _group.Add(1);
        Goroutines.Go.Run(Guarded(body), file, line);
    }

    private async GoTask Guarded(Func<GoTask> body)
    {
        try
        {
            await body();
        }
        catch (Exception error) when (error is not GoExitException)
        {
            if (Interlocked.CompareExchange(ref _first, ExceptionDispatchInfo.Capture(error), null) is null) _cancel?.Invoke(error);
        }
        finally
        {
            _places?.TryReceive(out _);
            _group.Done();
        }
    }
}
