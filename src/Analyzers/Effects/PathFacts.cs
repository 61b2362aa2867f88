using System.Collections.Immutable;
using System.Globalization;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// What is known on every path to a place: a must-analysis. Bottom knows everything (unreachable), top nothing; paths that
/// meet keep what both know.
/// </summary>
/// <remarks>
/// The reader walks a body once, in order, with these facts in hand. That gives what a control-flow graph would give for
/// structured code at a fraction of its cost; <c>goto</c> is the exception, and a label therefore forgets everything.
/// </remarks>
internal sealed class PathFacts
{
    public static readonly PathFacts None = new(ImmutableHashSet<PathFact>.Empty);

    /// <summary>Suffix for "every element of the collection".</summary>
    public const string EveryElement = "[*]";

    private readonly ImmutableHashSet<PathFact> _facts;

    /// <summary>The expression of the fact that something has a value.</summary>
    public static string WithValue(string expression, long value) => $"{expression}[={value.ToString(CultureInfo.InvariantCulture)}]";

    /// <summary>The value that a fact speaks of, when it is one about an expression's value.</summary>
    public static long? ValueIn(string fact, string expression) =>
        fact.StartsWith(expression + "[=", StringComparison.Ordinal)
        && long.TryParse(fact.Substring(expression.Length + 2, fact.Length - expression.Length - 3), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private PathFacts(ImmutableHashSet<PathFact> facts) => _facts = facts;

    public bool IsEmpty => _facts.IsEmpty;

    public IEnumerable<PathFact> All => _facts;

    public PathFacts And(PathFact fact) => _facts.Contains(fact) ? this : new PathFacts(_facts.Add(fact));

    public PathFacts And(IEnumerable<PathFact> facts)
    {
        var all = this;
        foreach (var fact in facts) all = all.And(fact);
        return all;
    }

    public PathFacts Without(IReadOnlyCollection<PathFact> facts) =>
        facts.Count == 0 ? this : new PathFacts(_facts.Except(facts));

    public bool Contains(PathFact fact) => _facts.Contains(fact);

    public PathFacts Forget(PathFactKind kind) => Knows(kind) ? Without(_facts.Where(fact => fact.Kind == kind).ToList()) : this;

    public PathFacts Meet(PathFacts other) =>
        ReferenceEquals(this, other) ? this : IsEmpty || other.IsEmpty ? None : new PathFacts(_facts.Intersect(other._facts));

    /// <summary>Forgets what was known of an expression that is assigned, and of everything reached through it.</summary>
    public PathFacts Forget(string expression)
    {
        if (IsEmpty) return this;
        var kept = _facts;
        foreach (var fact in _facts)
            if (IsAtOrBelow(fact.Expression, expression)) kept = kept.Remove(fact);
        return kept.Count == _facts.Count ? this : new PathFacts(kept);
    }

    /// <summary>Forgets the locals whose names are assigned somewhere in a loop that is about to be entered.</summary>
    public PathFacts ForgetNames(ICollection<string> names)
    {
        if (IsEmpty || names.Count == 0) return this;
        var kept = _facts;
        foreach (var fact in _facts)
            if (names.Any(name => Mentions(fact.Expression, name))) kept = kept.Remove(fact);
        return new PathFacts(kept);
    }

    public bool Knows(PathFactKind kind)
    {
        foreach (var fact in _facts)
            if (fact.Kind == kind) return true;
        return false;
    }

    public bool Knows(PathFactKind kind, string expression) => _facts.Contains(new PathFact(kind, expression));

    /// <summary>The task itself, the collection that it is an element of, or the object that it hangs on is complete.</summary>
    public bool IsCompleted(string expression)
    {
        foreach (var fact in _facts)
            if (fact.Kind == PathFactKind.Completed && IsAtOrBelow(expression, fact.Expression)) return true;
        var bracket = expression.LastIndexOf('[');
        return bracket > 0 && Knows(PathFactKind.Completed, expression.Substring(0, bracket) + EveryElement);
    }

    private static bool IsAtOrBelow(string expression, string root) =>
        expression.StartsWith(root, StringComparison.Ordinal)
        && (expression.Length == root.Length || expression[root.Length] is '.' or '[');

    private static bool Mentions(string expression, string name)
    {
        var at = expression.IndexOf(name, StringComparison.Ordinal);
        return at >= 0 && (at == 0 || !char.IsLetterOrDigit(expression[at - 1]))
            && (at + name.Length == expression.Length || !char.IsLetterOrDigit(expression[at + name.Length]));
    }
}
