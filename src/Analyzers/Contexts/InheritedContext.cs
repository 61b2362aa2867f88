using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>What the callers of a body say about where it runs.</summary>
/// <param name="Contexts">The join of the callers' contexts, through any number of plain calls.</param>
/// <param name="OnlyStartUpOrTest">Every caller is start-up or test code, and no other caller can exist.</param>
/// <param name="OnlyAtEdges">The same, where some of them are code with which the program or a window ends.</param>
internal readonly record struct InheritedContext(RunContext Contexts, bool OnlyStartUpOrTest, bool OnlyAtEdges);
