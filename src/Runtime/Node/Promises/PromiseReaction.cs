using Quintet.Loops;

namespace Quintet.Node;

/// <summary>What a <c>then</c> put on a promise: a microtask to be, with the async-local values of the <c>then</c>.</summary>
internal sealed class PromiseReaction(Action action)
{
    internal static readonly SendOrPostCallback Run = static state => ((PromiseReaction)state!).Invoke();

    private readonly ExecutionContext _context = AmbientContext.Capture();

    private void Invoke()
    {
        AmbientContext.EnterFromEmpty(_context);
        action();
    }
}
