// When the answer comes
// ---------------------
// Node asks the pool again for each part of what it does with a file: readFile opens, looks, reads and closes, and its callback comes in
// the fourth poll phase after the call at the earliest. Here all parts are one piece of work, whose answer waits in the inbox until so
// many poll phases have gone by.
//
// A trip to Node's pool takes longer than a turn that has something else to do: immediates that are set beside the call come first. Here
// the work may be done before the callback that asked for it is over. So while immediates wait, an answer is held back for as many turns
// again, unless so much time has gone by since the call that Node's would have come, too.
//
// Source: libuv src/threadpool.c; Node 20 lib/fs.js, lib/internal/fs/promises.js.

using Quintet.Loops;

namespace Quintet.Node;

/// <summary>One piece of work on its way to the pool and back.</summary>
internal sealed class PoolCall<T>(NodeLoop loop, Func<T> work, Action<Exception?, T?> done, Func<Exception?, T?, int>? trips)
    : PoolAnswer
{
    private const long LongAgo = 5_000_000;

    internal static readonly SendOrPostCallback Work = static state => ((PoolCall<T>)state!).RunOnPool();

    private static readonly SendOrPostCallback Complete = static state => ((PoolCall<T>)state!).CompleteOnLoop();

    private readonly ExecutionContext _context = AmbientContext.Capture();
    private readonly long _turn = loop.Core.Metrics.Turns;
    private readonly long _began = loop.Core.Clock.Now;
    private T? _result;
    private Exception? _error;

    private void RunOnPool()
    {
        try
        {
            _result = work();
        }
        catch (Exception error)
        {
            _error = error;
        }

        loop.Core.SendAndRelease(Complete, this);
    }

    private void CompleteOnLoop()
    {
        if (!IsDue())
        {
            loop.Core.Hold();
            loop.Core.SendAndRelease(Complete, this);
            return;
        }

        AmbientContext.EnterFromEmpty(_context);
        done(_error, _result);
    }

    private bool IsDue()
    {
        var turns = loop.Core.Metrics.Turns - _turn;
        var least = trips is null ? 1 : trips(_error, _result);
        if (turns < least) return false;
        return turns >= 2 * least || !loop.HasImmediates || loop.Core.Clock.Now - _began >= LongAgo;
    }
}
