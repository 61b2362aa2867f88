using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Findings;

/// <summary>One thing found in a body; the rule of its id turns it into a diagnostic.</summary>
/// <param name="Id">The rule that reports it.</param>
/// <param name="Location">What is marked.</param>
/// <param name="Hops">The path's further places, outermost first, the cause last.</param>
/// <param name="Arguments">For the rule's message format.</param>
/// <param name="Properties">See <see cref="FindingProperties"/>.</param>
internal sealed record Finding(
    string Id, Location Location, ImmutableArray<Location> Hops, object?[] Arguments, ImmutableDictionary<string, string?> Properties);
