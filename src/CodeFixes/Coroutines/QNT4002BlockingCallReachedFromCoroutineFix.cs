using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Coroutines;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Coroutines;

/// <summary>Makes the chain from the coroutine down to the blocking call async.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT4002BlockingCallReachedFromCoroutineFix()
    : Fix(QNT4002BlockingCallReachedFromCoroutine.Id, new AsyncTwinMove(), new MakeAsyncMove(), ThreadMove.Pool, ThreadMove.Goroutine);
