using Quintet.Loops;

namespace Quintet.Node;

/// <summary>The rest of an ordinary async method (or async iterator) that awaits a promise, maybe on behalf of one of the loop's.</summary>
internal sealed class ForeignRest
{
    internal static readonly SendOrPostCallback Run = static state => ((ForeignRest)state!).Invoke();

    private readonly NodeLoop _loop;
    private readonly Action _rest;
    private readonly ExecutionContext _context = AmbientContext.Capture();
    private readonly long _serial;

    internal ForeignRest(NodeLoop loop, Action rest)
    {
        _loop = loop;
        _rest = rest;
        _serial = loop.Core.Serial;
        Owner = loop.ForeignOwner;
        if (Owner is null) loop.LastForeignRest = this;
        else Owner.WaitForLoop();
    }

    /// <summary>On whose behalf it waits; null while nobody awaits it.</summary>
    internal ForeignAwait? Owner { get; set; }

    /// <summary>Whether it began to wait in the callback that runs now.</summary>
    internal bool IsOfNow => _serial == _loop.Core.Serial;

    private void Invoke()
    {
        var outer = _loop.ForeignOwner;
        _loop.ForeignOwner = Owner;
        Owner?.GoOn();
        try
        {
            AmbientContext.EnterFromEmpty(_context);
            _rest();
        }
        finally
        {
            _loop.ForeignOwner = outer;
        }
    }
}
