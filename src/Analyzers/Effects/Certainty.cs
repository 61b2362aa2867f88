using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>How sure a step or a path is.</summary>
internal enum Certainty
{
    /// <summary>Happens whenever the body runs this far.</summary>
    Definite,

    /// <summary>Only on a path that ends in a throw, through dynamic dispatch, once, or on an unknown stream.</summary>
    Possible,
}
