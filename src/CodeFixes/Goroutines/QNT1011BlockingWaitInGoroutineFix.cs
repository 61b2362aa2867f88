using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Goroutines;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Goroutines;

/// <summary>Awaits what the goroutine waited for, or makes the chain down to it async.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT1011BlockingWaitInGoroutineFix()
    : Fix(QNT1011BlockingWaitInGoroutine.Id, new AsyncTwinMove(), new MakeAsyncMove());
