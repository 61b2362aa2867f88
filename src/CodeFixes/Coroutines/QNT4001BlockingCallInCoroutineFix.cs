using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Coroutines;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Coroutines;

/// <summary>Awaits the asynchronous twin of a blocking call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT4001BlockingCallInCoroutineFix()
    : Fix(QNT4001BlockingCallInCoroutine.Id, new AsyncTwinMove(), new MakeAsyncMove(), ThreadMove.Pool, ThreadMove.Goroutine);
