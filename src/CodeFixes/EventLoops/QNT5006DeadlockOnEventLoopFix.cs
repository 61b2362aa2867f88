using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.EventLoops;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.EventLoops;

/// <summary>Awaits what the loop would wait for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT5006DeadlockOnEventLoopFix() : Fix(QNT5006DeadlockOnEventLoop.Id, new AsyncTwinMove(), new MakeAsyncMove());
