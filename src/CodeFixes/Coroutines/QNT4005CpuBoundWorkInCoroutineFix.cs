using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Coroutines;

namespace Quintet.CodeFixes.Coroutines;

/// <summary>Moves the work to a model that runs it in parallel, or gives others a turn between its rounds.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT4005CpuBoundWorkInCoroutineFix() : CpuFix(QNT4005CpuBoundWorkInCoroutine.Id);
