using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>How the target of a call is chosen.</summary>
internal enum Dispatch
{
    Direct,

    /// <summary>An interface or virtual member: one implementation is followed as definite, several as possible.</summary>
    Virtual,

    /// <summary>A delegate field: its one assignment is followed.</summary>
    Field,

    /// <summary>Runs at most once and perhaps long before: a static initialiser or a lazy value.</summary>
    Once,
}
