using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>What a call site knows about one argument, in terms of the caller's own parameters.</summary>
internal readonly record struct ArgumentFact(ArgumentKnowledge Knowledge, int Parameter = -1, string? Function = null);
