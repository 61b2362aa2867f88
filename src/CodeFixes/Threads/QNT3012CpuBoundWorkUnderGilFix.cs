using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Threads;

namespace Quintet.CodeFixes.Threads;

/// <summary>Moves the work to where it runs in parallel; whoever started it awaits it, and the lock is free meanwhile.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT3012CpuBoundWorkUnderGilFix() : CpuFix(QNT3012CpuBoundWorkUnderGil.Id);
