using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

/// <summary>Something that is true of an expression on every path that leads to a place.</summary>
/// <param name="Kind">What is true.</param>
/// <param name="Expression">A key such as <c>l:task@12</c>, <c>p:0</c>, <c>this._task</c>; see <c>ExpressionKeys</c>.</param>
/// <param name="Type">The type that <see cref="PathFactKind.IsOfType"/> speaks of.</param>
internal readonly record struct PathFact(PathFactKind Kind, string Expression, string? Type = null);
