using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Threads;

namespace Quintet.CodeFixes.Threads;

/// <summary>Waits before the lock is taken, and publishes what came of it under the lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT3003LockHeldOverBlockingWorkFix() : Fix(QNT3003LockHeldOverBlockingWork.Id, new ComputeOutsideMove());
