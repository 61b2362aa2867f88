using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.EventLoops;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.EventLoops;

/// <summary>Makes the handler async, and the chain from there down to the blocking call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT5010PossiblyBlockingCallOnEventLoopFix()
    : Fix(QNT5010PossiblyBlockingCallOnEventLoop.Id, new AsyncTwinMove(), new MakeAsyncMove(), ThreadMove.Pool, ThreadMove.Goroutine,
        CallbackMove.Node, CallbackMove.Asyncio);
