using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Contexts;

/// <summary>A root line that a type falls under, and the base or interface that brings it in.</summary>
internal readonly record struct RootOfType(INamedTypeSymbol Type, ApiEntry Entry);
