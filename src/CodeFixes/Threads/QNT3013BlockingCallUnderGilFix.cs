using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Threads;

namespace Quintet.CodeFixes.Threads;

/// <summary>Gives the lock up around the call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT3013BlockingCallUnderGilFix() : Fix(QNT3013BlockingCallUnderGil.Id, new AllowThreadsMove());
