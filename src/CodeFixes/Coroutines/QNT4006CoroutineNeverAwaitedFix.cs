using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Coroutines;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Coroutines;

/// <summary>Awaits the coroutine, or all of a list, or starts it beside the code that made it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT4006CoroutineNeverAwaitedFix()
    : Fix(QNT4006CoroutineNeverAwaited.Id, new AwaitMove(), new AwaitAllMove(), new SpawnMove());
