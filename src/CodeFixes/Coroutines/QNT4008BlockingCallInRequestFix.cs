using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Rules.Coroutines;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Coroutines;

/// <summary>Makes the request's body async, and the chain from there down to the blocking call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QNT4008BlockingCallInRequestFix() : Fix(QNT4008BlockingCallInRequest.Id, new AsyncTwinMove(), new MakeAsyncMove());
