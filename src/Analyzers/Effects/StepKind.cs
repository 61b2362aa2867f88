using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>What one place of a body does, as far as it matters for concurrency.</summary>
internal enum StepKind
{
    /// <summary>A known member that holds the thread.</summary>
    Blocks,

    /// <summary>Work that is CPU-bound for certain: a heavy API, or loops and recursion of this body.</summary>
    Burns,

    /// <summary>Work that may be CPU-bound: its cost grows with input that is not known here.</summary>
    Sized,

    /// <summary>Control goes on in other source.</summary>
    Calls,

    /// <summary>Invokes one of the body's own delegate parameters, at once.</summary>
    RunsParameter,
}
