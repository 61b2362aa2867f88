using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Threads;

namespace Quintet.CodeFixes.Threads;

/// <summary>Lets the rounds of a parallel loop run side by side: one atomic addition, a share for each thread, or a shorter lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT3001SerialisedParallelBodyFix()
    : Fix(QNT3001SerialisedParallelBody.Id, new InterlockedMove(), new LocalAccumulatorMove(), new ShorterLockMove());
