using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Coroutines;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Coroutines;

/// <summary>Awaits the task, and makes its callers async.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT4004SyncOverAsyncFix() : Fix(QNT4004SyncOverAsync.Id, new AsyncTwinMove(), new MakeAsyncMove(saysWhatWaits: true));
