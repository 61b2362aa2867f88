using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Threads;

namespace Quintet.CodeFixes.Threads;

/// <summary>Splits a lock by the groups of fields that it guards.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT3002LockThatActsAsGilFix() : Fix(QNT3002LockThatActsAsGil.Id, new SplitLockMove());
