using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Quintet.CodeFixes.Rewriting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Threads;

/// <summary>Lets every thread of a parallel loop add up for itself; the lock is taken once per thread, for its share.</summary>
internal sealed class LocalAccumulatorMove : Move
{
    public LocalAccumulatorMove() => Plan = new StepwisePlan(EditsAsync);

    public override string Kind => "LocalAccumulator";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation) =>
        await FindAsync(site, cancellation).ConfigureAwait(false) is { } found
            ? $"Collect '{found.Variable.Name}' on each thread and join the shares under the lock{(found.Variable is IFieldSymbol
                ? " (others see them when the loop ends)"
                : "")}"
            : null;

    private static async Task<SolutionEdits?> EditsAsync(Site site, CancellationToken cancellation)
    {
        if (await FindAsync(site, cancellation).ConfigureAwait(false) is not { } found) return null;
        var (body, document) = (found.Body, site.Document.Id);
        var name = LocalNames.Free(body.Model, body.Held.SpanStart, Functions.Around(body.Call) ?? body.Function, "local");
        var edits = new SolutionEdits(site.Document.Project.Solution);
        foreach (var mention in found.Mentions)
            edits.Add(document, new NodeEdit(mention, current => IdentifierName(name).WithTriviaFrom(current)));
        foreach (var edit in Splice.Replace(body.Held, current => Unlocked((LockStatementSyntax)current))) edits.Add(document, edit);
        edits.Add(document, new NodeEdit(body.Function, current => Returning((AnonymousFunctionExpressionSyntax)current, name)));
        edits.Add(document, new NodeEdit(body.Call.ArgumentList, current => WithShares((ArgumentListSyntax)current, found, name)));
        return edits;
    }

    /// <summary>The statements of the lock without it; a single statement keeps the lock's place.</summary>
    private static IReadOnlyList<StatementSyntax> Unlocked(LockStatementSyntax held)
    {
        var statements = LockStatements.Body(held).Select(static statement => statement.WithAdditionalAnnotations(Formatter.Annotation))
            .ToList();
        var own = statements[0].GetLeadingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        statements[0] = statements[0].WithLeadingTrivia(
            held.GetLeadingTrivia().AddRange(LockStatements.HeadComments(held)).AddRange(own));
        if (held.Statement is BlockSyntax)
            statements[statements.Count - 1] = statements[statements.Count - 1].WithTrailingTrivia(LockStatements.TailComments(held));
        return statements;
    }

    private static SyntaxNode Returning(AnonymousFunctionExpressionSyntax lambda, string name)
    {
        var block = lambda.Block!;
        var newLine = block.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var result =
            ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), IdentifierName(name),
                Token(SyntaxKind.SemicolonToken))
            .WithTrailingTrivia(newLine ? Layout.NewLine(lambda) : Space).WithAdditionalAnnotations(Formatter.Annotation);
        block = block.AddStatements(result);
        var elements = lambda is SimpleLambdaExpressionSyntax simple
            ? [simple.Parameter]
            : ((ParenthesizedLambdaExpressionSyntax)lambda).ParameterList.Parameters.ToList();
        var typed = elements[0].Type is not null;
        var parameters = elements.Select(static parameter => parameter.WithoutTrivia()).ToList();
        if (parameters.Count == 1) parameters.Add(Parameter(Identifier("_")));
        parameters.Add(Parameter(Identifier(name)));
        if (typed) parameters = [.. parameters.Select(static parameter => Parameter(parameter.Identifier))];
        var separators = parameters.Skip(1).Select(static _ => Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space));
        var list = ParameterList(SeparatedList(parameters, separators)).WithTrailingTrivia(Space);
        return ParenthesizedLambdaExpression(list, block).WithArrowToken(((LambdaExpressionSyntax)lambda).ArrowToken)
            .WithModifiers(lambda.Modifiers).WithTriviaFrom(lambda);
    }

    private static SyntaxNode WithShares(ArgumentListSyntax arguments, Accumulation found, string name)
    {
        var body = arguments.Arguments[arguments.Arguments.Count - 1];
        var comma = Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space);
        var start = Argument(ParseExpression($"() => {found.Start}")).WithLeadingTrivia(body.GetLeadingTrivia());
        var gate = found.Body.Held.Expression.WithoutTrivia();
        var join = $"{found.Target}{string.Format(System.Globalization.CultureInfo.InvariantCulture, found.Join, name)};";
        // Where adding was told to throw on overflow, or not to, joining is told the same.
        if (found.Overflow is { } word) join = $"{word} {{ {join} }}";
        var end = Argument(ParseExpression($"{name} => {{ lock ({gate}) {join} }}"));
        return arguments.WithArguments(SeparatedList(
            [.. arguments.Arguments.Take(arguments.Arguments.Count - 1), start, body.WithLeadingTrivia(), end],
            [.. arguments.Arguments.GetSeparators(), comma, comma]));
    }

    private static async Task<Accumulation?> FindAsync(Site site, CancellationToken cancellation)
    {
        if (await ParallelBody.OfAsync(site, cancellation).ConfigureAwait(false) is not { Kind: ParallelKind.Loop } body) return null;
        var arguments = body.Call.ArgumentList.Arguments;
        if (arguments.Last().Expression != body.Function || arguments.Any(static argument => argument.NameColon is not null)
            || body.Function is not LambdaExpressionSyntax) return null;
        if (body.Function.DescendantNodes()
            .Any(static node => node is ReturnStatementSyntax or IdentifierNameSyntax { Identifier.ValueText: "_" })) return null;
        if (arguments.Any(argument => argument.Expression is AnonymousFunctionExpressionSyntax && argument.Expression != body.Function))
            return null;
        if (LockStatements.HasDirectives(body.Held)) return null;
        if (body.Elements(cancellation) is not { Count: 1 or 2 } elements || elements[0].Name == "_") return null;
        foreach (var statement in body.Held.Statement.DescendantNodesAndSelf().OfType<ExpressionStatementSyntax>())
        {
            if (TargetOf(statement) is not { } target || body.Model.GetSymbolInfo(target, cancellation).Symbol is not { } variable)
                continue;
            if (variable is ILocalSymbol local && LocalValues.IsDeclaredIn(local, body.Function)
                || ShareOf(body, variable) is not { } share)
                continue;
            return Judge(body, variable, target, share, cancellation);
        }

        return null;
    }

    private static Accumulation? Judge(
        ParallelBody body, ISymbol variable, ExpressionSyntax target, (string Start, string Join) share, CancellationToken cancellation)
    {
        var inside = body.MentionsOf(variable, cancellation)
            .Where(name => name.SyntaxTree == body.Call.SyntaxTree && body.Call.Span.Contains(name.Span)).ToList();
        var mentions = inside.Select(ParallelBody.Whole).ToList();
        if (!mentions.All(mention => body.Held.Statement.Span.Contains(mention.Span) && Adds(mention, share.Join))) return null;
        var overflow = mentions.Select(mention => OverflowAround(mention, body.Function)).Distinct().ToList();
        if (overflow.Count > 1) return null;
        var unguarded = new Unguarded(body.Models, body.Elements(cancellation), cancellation, variable);
        return unguarded.Is(body.Held.Statement)
            ? new Accumulation(body, variable, target.WithoutTrivia(), mentions, share.Start, share.Join, overflow.FirstOrDefault())
            : null;
    }

    /// <summary>The word <c>checked</c> or <c>unchecked</c> that holds where a round adds, and not where the shares are joined.</summary>
    private static string? OverflowAround(ExpressionSyntax mention, SyntaxNode lambda) => mention.Ancestors()
        .TakeWhile(node => node != lambda).OfType<CheckedStatementSyntax>().FirstOrDefault()?.Keyword.ValueText;

    private static ExpressionSyntax? TargetOf(ExpressionStatementSyntax statement) => ParallelBody.AdditionOf(statement)?.Target
        ?? (statement.Expression
            is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" } access }
            ? access.Expression
            : null);

    /// <summary>A mention that only adds, in a statement of its own.</summary>
    private static bool Adds(ExpressionSyntax mention, string join) =>
        mention.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { } statement && TargetOf(statement) == mention
        && (ParallelBody.AdditionOf(statement) is not null) == join.StartsWith(" +", StringComparison.Ordinal);

    /// <summary>What a thread begins with, and how its share is joined to the whole; null for what cannot be shared out.</summary>
    private static (string Start, string Join)? ShareOf(ParallelBody body, ISymbol variable)
    {
        var type = variable switch { ILocalSymbol { RefKind: RefKind.None } local => local.Type, IFieldSymbol field => field.Type, _ =>
            null };
        switch (type?.SpecialType)
        {
            case SpecialType.System_Int32: return ("0", " += {0}");
            case SpecialType.System_UInt32: return ("0u", " += {0}");
            case SpecialType.System_Int64: return ("0L", " += {0}");
            case SpecialType.System_UInt64: return ("0UL", " += {0}");
            case SpecialType.System_Single: return ("0f", " += {0}");
            case SpecialType.System_Double: return ("0.0", " += {0}");
            case SpecialType.System_Decimal: return ("0m", " += {0}");
        }

        if (type is not INamedTypeSymbol { ContainingNamespace: { Name: "Generic", ContainingNamespace.Name: "Collections" } } collection)
            return null;
        var name = collection.ToMinimalDisplayString(body.Model, NullableFlowState.NotNull, body.Held.SpanStart);
        // A set of its own way to compare would have to be made like the whole.
        return collection.Name == "List" ? ($"new {name}()", ".AddRange({0})") : null;
    }

    private sealed record Accumulation(
        ParallelBody Body, ISymbol Variable, ExpressionSyntax Target, IReadOnlyList<ExpressionSyntax> Mentions, string Start, string Join,
        string? Overflow);
}
