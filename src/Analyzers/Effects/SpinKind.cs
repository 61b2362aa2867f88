using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>What a spinning loop waits for.</summary>
internal enum SpinKind
{
    /// <summary>For another thread to change something, however long that takes.</summary>
    Wait,

    /// <summary>For its turn in a compare-and-swap, or giving way between the looks: as a rule a few rounds.</summary>
    Briefly,
}
