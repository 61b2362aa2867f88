using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

internal enum ArgumentKnowledge
{
    Unknown,
    True,
    False,

    /// <summary>The caller's own parameter, passed on.</summary>
    Parameter,

    /// <summary>A task that is complete.</summary>
    Completed,

    /// <summary>A stream in memory.</summary>
    InMemory,

    /// <summary>A device: file, socket, pipe.</summary>
    Device,

    /// <summary>No time at all: a wait that only looks.</summary>
    Zero,

    /// <summary>A whole number that is written down.</summary>
    Number,

    /// <summary>An object that the caller makes, so that its type is known exactly.</summary>
    Made,

    /// <summary>A delegate whose body is known.</summary>
    Function,
}
