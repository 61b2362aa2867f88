using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Guidance;

namespace Quintet.Analyzers.Findings;

/// <summary>Parallel bodies that stand in one lock from end to end: as many threads as cores, and one of them at work (QNT3001).</summary>
internal sealed class SerialisedBodies(Facts facts, LockIndex index, CancellationToken cancellation)
{
    /// <summary>The place of a local or parameter in the identity of a lock.</summary>
    private static readonly Regex DeclaredAt = new(@"@(\d+)", RegexOptions.CultureInvariant);

    /// <summary>Methods that only call the next one are few in a row.</summary>
    private const int MostHops = 4;

    public IEnumerable<Finding> In(BodySummary body, IMethodSymbol owner)
    {
        if (body.Locks.IsEmpty || facts.IsTestProject) yield break;
        var inParallel = RunsInParallel(body, owner);
        if (!inParallel && (body.IsNested || !IsSeenByOthers(owner))) yield break;
        foreach (var region in body.Locks)
        {
            if (region.IsShared || region.OnlyTries || IsPerElement(body, region) || !CoversAll(body, region)) continue;
            if (Work(body, region) is not { } work || !inParallel && !RunsInParallelElsewhere(body, owner)) continue;
            yield return new Finding(
                "QNT3001", facts.LocationOf(body.Tree, region.Keyword), ImmutableArray<Location>.Empty,
                [body.Name, region.Name, work, LockAdvice.KeepShort], LockFindings.Properties(region));
            yield break;
        }
    }

    private static bool IsSeenByOthers(IMethodSymbol owner) =>
        owner is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: not Accessibility.Private };

    /// <summary>Another type runs nothing but this method in parallel; it is read only where its text may hand the method on.</summary>
    private bool RunsInParallelElsewhere(BodySummary body, IMethodSymbol owner)
    {
        HashSet<INamedTypeSymbol> seen = new(SymbolEqualityComparer.Default) { owner.ContainingType.OriginalDefinition };
        foreach (var tree in facts.Models.Compilations.SelectMany(static project => project.SyntaxTrees))
        {
            foreach (var mention in NameIndex.Find(tree, owner.Name, cancellation))
            {
                if (!IsHandedOn(mention) || mention.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } around
                    || facts.Models.Of(tree) is not { } model || model.GetSymbolInfo(mention, cancellation).Symbol is not { } named
                    || BodyKey.Of(named) != body.Key) continue;
                if (model.GetDeclaredSymbol(around, cancellation) is INamedTypeSymbol type && seen.Add(type.OriginalDefinition)
                    && RunsInParallelIn(type, body)) return true;
            }
        }

        return false;
    }

    /// <summary>Called as the whole of a function, or given by its name.</summary>
    private static bool IsHandedOn(SyntaxNode mention)
    {
        var whole = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access : mention;
        return whole.Parent is ArgumentSyntax
            || mention.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } function && OnlyCall(function)?.Expression == whole;
    }

    private bool RunsInParallelIn(INamedTypeSymbol type, BodySummary body) =>
        index.BodiesOf(type.OriginalDefinition, cancellation).Any(other =>
            other.Body.RunsInParallel.Contains(body.Key) || HandsOn(other.Body, body.Key));

    private bool RunsInParallel(BodySummary body, IMethodSymbol owner) =>
        (body.Contexts & RunContext.Parallel) != 0
        || RunsInParallelIn(owner.ContainingType, body);

    /// <summary><c>Parallel.ForEach(orders, order => Book(order))</c>: the parallel body is the one that is called.</summary>
    private bool HandsOn(BodySummary outer, string key) => (outer.Contexts & RunContext.Parallel) != 0 && LeadsOnlyTo(outer, key);

    /// <summary>All that a body does is to call the other, or somebody who does nothing else, on an object that all rounds share.</summary>
    private bool LeadsOnlyTo(BodySummary body, string key)
    {
        for (var hop = 0; hop < MostHops; hop++)
        {
            if (body.Steps is not { Length: 1 } only || only[0].Target is not { } target
                || body.Tree.GetRoot(cancellation).FindNode(body.Span, getInnermostNodeForTie: true) is not { } function
                || OnlyCall(function) is not { } call || IsOnOwnParameter(call, function)
                || !call.ArgumentList.Arguments.All(static given => IsTrifle(given.Expression))) return false;
            if (target == key) return true;
            if (facts.Summaries.Get(target, cancellation) is not { } next) return false;
            body = next;
        }

        return false;
    }

    /// <summary><c>book => book.Add(1)</c>: each round has an object, and a lock, of its own.</summary>
    private static bool IsOnOwnParameter(InvocationExpressionSyntax call, SyntaxNode function)
    {
        var root = call.Expression;
        while (root is MemberAccessExpressionSyntax access) root = access.Expression;
        return root != call.Expression && root is not (IdentifierNameSyntax or BaseExpressionSyntax or ThisExpressionSyntax)
            || root is IdentifierNameSyntax { Identifier.ValueText: var name } && root != call.Expression
                && function.DescendantNodes().OfType<ParameterSyntax>().Any(parameter => parameter.Identifier.ValueText == name);
    }

    private static InvocationExpressionSyntax? OnlyCall(SyntaxNode? body) => body switch
    {
        // A part of a query is a function without an arrow.
        InvocationExpressionSyntax call => call,
        AnonymousFunctionExpressionSyntax lambda => OnlyCall(lambda.Body),
        BlockSyntax { Statements: { Count: 1 } only } => OnlyCall(only[0]),
        ExpressionStatementSyntax statement => OnlyCall(statement.Expression),
        ReturnStatementSyntax statement => OnlyCall(statement.Expression),
        MethodDeclarationSyntax method => OnlyCall((SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression),
        LocalFunctionStatementSyntax local => OnlyCall((SyntaxNode?)local.Body ?? local.ExpressionBody?.Expression),
        _ => null,
    };

    /// <summary>An object that is another one in every round: the rounds do not wait for each other.</summary>
    private static bool IsPerElement(BodySummary body, LockRegion region)
    {
        if (region.IsField) return false;
        if (!region.Lock.StartsWith("expression ", StringComparison.Ordinal) || region.Lock.Contains('[') || region.Lock.Contains('('))
            return true;
        foreach (Match match in DeclaredAt.Matches(region.Lock))
            if (body.Span.Contains(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))) return true;
        return false;
    }

    /// <summary>What is done under the lock that takes time, in words; null when it is over at once.</summary>
    private string? Work(BodySummary body, LockRegion region)
    {
        foreach (var reach in index.Under(body, region, cancellation))
            if (reach.Kind is StepKind.Blocks or StepKind.Burns or StepKind.Sized) return CallPath.Of(body, reach);
        if (region is { IsAwaited: true, Awaits: not null }) return "it awaits there";
        if (region.HasLoop) return "it loops over its input";
        if (WalkedUnder(body, region) is { } walk) return $"it calls '{walk}', which goes through all elements";
        var looping = index.CalledUnder(body, region, cancellation).FirstOrDefault(static callee => callee.HasLoop);
        return looping is null ? null : $"it calls '{looping.Name}', which loops over its input";
    }

    /// <summary>A member of the base library that goes through a whole list or buffer, called under the lock.</summary>
    private string? WalkedUnder(BodySummary body, LockRegion region)
    {
        if (facts.Models.Of(body.Tree) is not { } model) return null;
        foreach (var call in body.Tree.GetRoot(cancellation).FindNode(region.Span, getInnermostNodeForTie: true)
            .DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>())
        {
            if (!region.Span.Contains(call.SpanStart) || MemberText.NameOf(call) is not { } name || !Walks.Contains(name)) continue;
            if (model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType: { } type } method
                && (type.Name is "List" or "Array" or "Enumerable" or "LinkedList" || method.Name is "ComputeHash" or "HashData"))
                return $"{type.Name}.{name}";
        }

        return null;
    }

    private static readonly HashSet<string> Walks = new(StringComparer.Ordinal)
    {
        "Sort", "Contains", "RemoveAll", "IndexOf", "FindIndex", "Find", "FindAll", "Exists", "Reverse", "ToList", "ToArray",
        "ToDictionary", "OrderBy", "Sum", "Max", "Min", "Average", "Count", "ComputeHash", "HashData",
    };

    private bool CoversAll(BodySummary body, LockRegion region)
    {
        // A getter or an operator in source is work too, though no call is written; a loop around the lock works only inside it.
        // So is neither what takes the lock, nor what gives it up where the scope ends that it is declared in.
        if (body.Steps.Any(step => !region.Span.Contains(step.Span.Start) && !step.Span.Contains(region.Span)
            && !step.Span.Contains(region.Keyword))) return false;
        SyntaxNode? block = body.Tree.GetRoot(cancellation).FindNode(body.Span, getInnermostNodeForTie: true)
            .AncestorsAndSelf()
            .FirstOrDefault(node => node.Span == body.Span
                && node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax) switch
            {
                AnonymousFunctionExpressionSyntax lambda => lambda.Body,
                LocalFunctionStatementSyntax local => local.Body,
                BaseMethodDeclarationSyntax method => method.Body,
                _ => null,
            };
        return block is StatementSyntax statement && IsLockOrTrifle(statement, region);
    }

    private static bool IsLockOrTrifle(StatementSyntax statement, LockRegion region)
    {
        if (region.Span.Contains(statement.Span)) return true;
        // What is taken by a call in front of a try is given up in its finally.
        if (statement is TryStatementSyntax held && region.Span.Contains(held.Block.Span)) return true;
        if (!statement.Span.Contains(region.Span.Start)) return IsTrifle(statement);
        return statement switch
        {
            BlockSyntax block => block.Statements.All(inner => IsLockOrTrifle(inner, region)),
            ForEachStatementSyntax loop => IsTrifle(loop.Expression) && IsLockOrTrifle(loop.Statement, region),
            ForStatementSyntax loop => IsLockOrTrifle(loop.Statement, region),
            WhileStatementSyntax loop => IsTrifle(loop.Condition) && IsLockOrTrifle(loop.Statement, region),
            DoStatementSyntax loop => IsTrifle(loop.Condition) && IsLockOrTrifle(loop.Statement, region),
            TryStatementSyntax attempt => IsLockOrTrifle(attempt.Block, region),
            IfStatementSyntax branch =>
                IsTrifle(branch.Condition) && IsLockOrTrifle(branch.Statement, region)
                && (branch.Else is null || IsTrifle(branch.Else.Statement)),
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } => true,
            ExpressionStatementSyntax => true,
            _ => false,
        };
    }

    /// <summary>Declarations, loop control and reads: nothing that would be worth a core of its own.</summary>
    private static bool IsTrifle(SyntaxNode node) => !node.DescendantNodesAndSelf().Any(static inner =>
        inner is InvocationExpressionSyntax call && !AsksAtOnce(call)
        || inner is BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or QueryExpressionSyntax
            or LockStatementSyntax
            or ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);

    /// <summary>Questions of the base library that are answered at once.</summary>
    private static bool AsksAtOnce(InvocationExpressionSyntax call) => MemberText.NameOf(call)
        is "IsNaN" or "IsFinite" or "IsInfinity" or "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "ContainsKey" or "TryGetValue";
}
