using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Contexts;

/// <summary>Kinds of operation younger than the oldest Roslyn that we compile against; a host that lacks them never meets them.</summary>
internal static class Collection
{
    public const OperationKind Expression = (OperationKind)0x7f;

    public const OperationKind Spread = (OperationKind)0x80;
}
