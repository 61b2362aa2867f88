using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Contexts;

/// <summary>Who runs a body.</summary>
/// <param name="Found">The places found.</param>
/// <param name="Complete">No further place can be written in this compilation's text.</param>
internal sealed record Callers(IReadOnlyCollection<Caller> Found, bool Complete)
{
    public static readonly Callers Unknown = new([], false);
}
