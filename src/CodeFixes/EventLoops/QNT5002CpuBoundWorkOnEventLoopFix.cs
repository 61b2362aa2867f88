using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.EventLoops;

namespace Quintet.CodeFixes.EventLoops;

/// <summary>Moves the work off the loop and hands its result back.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT5002CpuBoundWorkOnEventLoopFix() : CpuFix(QNT5002CpuBoundWorkOnEventLoop.Id);
