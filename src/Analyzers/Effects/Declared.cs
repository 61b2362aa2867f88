using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>What the author of a member declared about it, recognised by the attribute's simple name.</summary>
[Flags]
internal enum Declared
{
    None = 0,
    Blocking = 1,
    NonBlocking = 2,
    CpuBound = 4,
}
