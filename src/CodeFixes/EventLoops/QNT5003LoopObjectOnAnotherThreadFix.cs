using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.EventLoops;

namespace Quintet.CodeFixes.EventLoops;

/// <summary>Uses the thread-safe form, or hands the use over to the thread that it belongs to.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT5003LoopObjectOnAnotherThreadFix()
    : Fix(QNT5003LoopObjectOnAnotherThread.Id, OtherMemberMove.ThreadSafe, new HandOverMove());
