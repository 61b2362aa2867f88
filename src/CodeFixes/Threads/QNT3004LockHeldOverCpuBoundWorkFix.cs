using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Threads;

namespace Quintet.CodeFixes.Threads;

/// <summary>Computes before the lock is taken, and publishes the result under the lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT3004LockHeldOverCpuBoundWorkFix() : Fix(QNT3004LockHeldOverCpuBoundWork.Id, new ComputeOutsideMove());
