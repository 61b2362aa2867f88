using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.EventLoops;

namespace Quintet.CodeFixes.EventLoops;

/// <summary>Takes turns: the callback runs again after the loop has turned.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT5004CallbackThatStarvesItsLoopFix() : Fix(QNT5004CallbackThatStarvesItsLoop.Id, OtherMemberMove.TakesTurns);
