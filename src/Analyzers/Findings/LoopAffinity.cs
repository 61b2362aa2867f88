using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Effects;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// What belongs to the thread of a loop, and is used by code on another thread (QNT5003): the parts of our own loops that are
/// not thread-safe, and elements of a user interface that are changed.
/// </summary>
/// <remarks>
/// Looked at is what a body writes itself. An element or a loop that the body has made belongs to its own thread; a body that asks which
/// thread it is on, or goes over to the loop's, knows what it does.
/// </remarks>
internal sealed class LoopAffinity(Facts facts)
{
    private const RunContext Elsewhere = RunContext.Pool | RunContext.Dedicated | RunContext.Parallel | RunContext.GilThread;

    /// <summary>Words of the ways in which code comes to another thread; a member without any of them has no such body.</summary>
    private static readonly string[] Starts =
    [
        "Run", "Thread", "StartNew", "DoWork", "Parallel", "QueueWork", "Go", "Timer", "Elapsed", "FileSystemEventArgs", "RenamedEventArgs",
        "Created", "Changed", "Deleted", "Renamed", "DataReceived", "Exited", "ConfigureAwait", "ContinueWith",
    ];

    private readonly CalledElsewhere _called = new();

    private readonly bool _hasDesktop = facts.Models.Compilation.ReferencedAssemblyNames.Any(static name => name.Name
        is "System.Windows.Forms" or "PresentationFramework" or "Avalonia.Controls" or "Avalonia.Base" or "Microsoft.WinUI");

    public IEnumerable<Finding> In(ISymbol owner, CancellationToken cancellation)
    {
        if (owner is not IMethodSymbol method || !_hasDesktop && !facts.UsesRuntime) yield break;
        foreach (var (part, model) in MemberText.Parts(facts, owner, cancellation))
        {
            var isHandedOn = facts.Contexts.MayBeHandedOn(method, cancellation)
                || _hasDesktop && _called.MayBe(method, cancellation);
            if (!isHandedOn && !MemberText.Mentions(part, Starts)) continue;
            var bodies = facts.Summaries.BodiesOf(method, cancellation)
                .Where(body => body.Tree == part.SyntaxTree && part.Span.Contains(body.Span)).ToList();
            foreach (var body in bodies)
            {
                var contexts = body.Contexts;
                if (body.IsNested && contexts == RunContext.Unknown) contexts = OfCallers(body, part, bodies);
                // Who calls a member is sought in the whole project: last of all.
                var isInherited = !body.IsNested && contexts == RunContext.Unknown && isHandedOn;
                var leaves = !IsElsewhere(contexts) && body.IsAsync && _hasDesktop && MemberText.Mentions(part, ["ConfigureAwait"]);
                if (!isInherited && !leaves && !IsElsewhere(contexts)) continue;
                var nested = bodies.Where(other => other != body && other.IsNested).Select(static other => other.Span);
                var found = Find(model, part, body.Span, [.. nested], cancellation).ToList();
                if (found.Count == 0) continue;
                if ((isInherited || !leaves) && ToldOnLoop.Is(method.ContainingType, FunctionOf(body.Span, part))) continue;
                var inherited = isInherited ? facts.Contexts.Of(method, cancellation).Contexts : RunContext.Unknown;
                if (IsElsewhere(inherited)) (contexts, leaves) = (inherited, false);
                else if (leaves) found.RemoveAll(use => !OffLoop.IsBehind(use.Node, body.Span) || OffLoop.MayComeBack(use.Node, model));
                else if (isInherited) continue;
                foreach (var use in found)
                {
                    yield return new Finding(
                        "QNT5003", facts.LocationOf(use.Node.SyntaxTree, use.Node.Span), ImmutableArray<Location>.Empty,
                        [body.Name, leaves ? OffLoop.Words : Where(contexts), use.Does, use.Owner, use.Instead],
                        ImmutableDictionary<string, string?>.Empty);
                }
            }
        }
    }

    /// <summary>
    /// A local function that only functions on other threads call, <c>Task.Run(() => Show())</c>, is on those; unknown for any other.
    /// </summary>
    private static RunContext OfCallers(BodySummary body, SyntaxNode part, List<BodySummary> bodies)
    {
        if (part.FindNode(body.Span) is not LocalFunctionStatementSyntax { Identifier.ValueText: var name } function)
            return RunContext.Unknown;
        var contexts = RunContext.Unknown;
        foreach (var use in part.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.ValueText != name || function.Span.Contains(use.Span)) continue;
            var around = bodies.Where(other => other.IsNested && other != body && other.Span.Contains(use.Span))
                .OrderBy(static other => other.Span.Length).FirstOrDefault();
            if (around is null || !IsElsewhere(around.Contexts) || use.Parent is not InvocationExpressionSyntax) return RunContext.Unknown;
            contexts |= around.Contexts & Elsewhere;
        }

        return contexts;
    }

    private static bool IsElsewhere(RunContext contexts) => (contexts & Elsewhere) != 0 && (contexts & RunContext.EventLoop) == 0;

    /// <summary>The uses that a body writes itself, without those of lambdas that have a place of their own to run.</summary>
    private IEnumerable<AffineUse> Find(
        SemanticModel model, SyntaxNode part, TextSpan body, HashSet<TextSpan> nested, CancellationToken cancellation)
    {
        var root = FunctionOf(body, part);
        if (root is null || AffineUse.KnowsItsThread(root, part)) yield break;
        foreach (var node in root.DescendantNodes(node => node == root || !nested.Contains(node.Span)))
            if (AffineUse.Of(model, node, root, _hasDesktop, cancellation) is { } use) yield return use;
    }

    private static SyntaxNode? FunctionOf(TextSpan body, SyntaxNode part) =>
        part.DescendantNodesAndSelf().FirstOrDefault(node => node.Span == body);

    private static string Where(RunContext contexts) => (contexts & Elsewhere) switch
    {
        var some when (some & RunContext.GilThread) != 0 => "a GIL thread",
        var some when (some & RunContext.Dedicated) != 0 => "a thread of its own",
        var some when (some & RunContext.Parallel) != 0 => "several threads",
        _ => "a pool thread",
    };
}
