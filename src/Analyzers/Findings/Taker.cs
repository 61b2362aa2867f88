using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>A body that takes a lock, and where.</summary>
/// <param name="Body">The body itself, which may be a lambda.</param>
/// <param name="Owner">The member that it is, or stands in.</param>
/// <param name="Region">While it is held.</param>
internal sealed record Taker(BodySummary Body, IMethodSymbol Owner, LockRegion Region);
