using System.Text;

namespace Quintet.Goroutines;

/// <summary>
/// A context of ours that asks its parent what it does not know itself. It asks from a loop, not from call to call: a tree of contexts
/// may be deeper than a stack.
/// </summary>
internal abstract class DerivedContext(GoContext parent) : GoContext
{
    public override DateTimeOffset? Deadline => Above(static context => context.KnowsDeadline).Deadline;

    public override IReceiveChan<Unit> Done => Above(static context => context.KnowsEnd).Done;

    public override Exception? Error => Above(static context => context.KnowsEnd).Error;

    /// <summary>Whether it has a deadline of its own, or knows that it has none.</summary>
    private protected virtual bool KnowsDeadline => false;

    /// <summary>Whether it has an end of its own, or knows that it has none.</summary>
    private protected virtual bool KnowsEnd => false;

    private protected GoContext Parent { get; } = parent;

    public sealed override object? Value(object key)
    {
        GoContext context = this;
        while (context is DerivedContext derived)
        {
            if (derived.Knows(key, out var value)) return value;
            context = derived.Parent;
        }

        return context.Value(key);
    }

    public sealed override string ToString()
    {
        var told = new Stack<string>();
        GoContext context = this;
        for (; context is DerivedContext derived; context = derived.Parent) told.Push(derived.Tell());
        var text = new StringBuilder(context.ToString());
        foreach (var part in told) text.Append(part);
        return text.ToString();
    }

    /// <summary>Whether the answer is to be found here, and which it is.</summary>
    private protected abstract bool Knows(object key, out object? value);

    /// <summary>What it adds to its parent's text.</summary>
    private protected abstract string Tell();

    /// <summary>The nearest context above that answers by itself.</summary>
    private GoContext Above(Func<DerivedContext, bool> answers)
    {
        var context = Parent;
        while (context is DerivedContext derived && !answers(derived)) context = derived.Parent;
        return context;
    }
}
