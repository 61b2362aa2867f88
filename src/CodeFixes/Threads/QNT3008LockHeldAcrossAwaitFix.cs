using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Threads;

namespace Quintet.CodeFixes.Threads;

/// <summary>Makes the lock a semaphore that is awaited.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT3008LockHeldAcrossAwaitFix() : Fix(QNT3008LockHeldAcrossAwait.Id, new SemaphoreMove());
