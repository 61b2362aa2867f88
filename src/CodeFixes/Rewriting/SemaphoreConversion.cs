using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Quintet.Analyzers.Source;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Turns a lock that belongs to its thread into a semaphore that belongs to nobody, and all its uses with it.</summary>
internal sealed class SemaphoreConversion(GateField gate, SourceModels models, Solution solution, CancellationToken cancellation)
{
    private readonly SolutionEdits _edits = new(solution);

    /// <summary>Functions that wait for the semaphore with their thread in hand.</summary>
    public IReadOnlyList<SyntaxNode> SyncWaiters => [.. gate.Uses.Where(static use => use.Takes && !IsZero(use))
        .Select(static use => Functions.Around(use.Node)).OfType<SyntaxNode>().Where(static function => !Functions.IsAsync(function))
        .Distinct()];

    /// <summary>All edits, or null when one of the uses has no equal.</summary>
    public SolutionEdits? Edits()
    {
        if (DocumentOf(gate.Declaration) is not { } declared) return null;
        var imports = new List<string>();
        var type = Imports.TypeName(models.Of(gate.Declaration.SyntaxTree)!, gate.Declaration.SpanStart, "System.Threading",
            "SemaphoreSlim",
            imports);
        _edits.Import(declared, imports);
        if (DeclarationEdit(type) is not { } declaration) return null;
        _edits.Add(declared, declaration);
        return gate.Uses.All(use => Convert(use, type)) ? _edits : null;
    }

    private NodeEdit? DeclarationEdit(NameSyntax type)
    {
        var variables = ((VariableDeclarationSyntax)gate.Declaration.Parent!).Variables;
        if (variables.Count == 1)
            return new NodeEdit(gate.Declaration.Parent!, current => Declared((VariableDeclarationSyntax)current, type));
        if (gate.Declaration.FirstAncestorOrSelf<FieldDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax around } field)
            return null;
        var (member, variable) = (around.Members.IndexOf(field), variables.IndexOf(gate.Declaration));
        return new NodeEdit(around, current =>
        {
            var (parted, at) = FieldParts.Alone((TypeDeclarationSyntax)current, member, variable);
            var own = ((FieldDeclarationSyntax)parted.Members[at]).Declaration;
            return parted.ReplaceNode(own, Declared(own, type));
        });
    }

    private bool Convert(GateUse use, NameSyntax type)
    {
        if (DocumentOf(use.Node) is not { } document) return false;
        switch (use.Action)
        {
            case GateAction.Create:
                _edits.Add(document, new NodeEdit(use.Node, current => Created((ExpressionSyntax)current, type)));
                return true;
            case GateAction.Exit:
                _edits.Add(document,
                    new NodeEdit(((ExpressionStatementSyntax)use.Node).Expression,
                        current => Call(use, "Release").WithTriviaFrom(current)));
                return true;
            case GateAction.Neutral:
                return true;
            case GateAction.Try:
                return ConvertTry(use, document);
            case GateAction.TryTaken:
                return ConvertTryTaken(use, document);
            default:
                return Wait(use, null) is { } wait
                    && (use.Action == GateAction.Hold ? ConvertHold(use, document, wait) : ConvertEnter(use, document, wait));
        }
    }

    private bool ConvertTry(GateUse use, DocumentId document)
    {
        var call = (InvocationExpressionSyntax)use.Node;
        if (IsZero(use))
        {
            _edits.Add(document,
                new NodeEdit(call,
                    current => Call(use, "Wait", LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(0)))
                        .WithTriviaFrom(current)));
            return true;
        }

        if (Wait(use, use.Argument) is not { } wait) return false;
        _edits.Add(document, new NodeEdit(call, current => wait is AwaitExpressionSyntax awaited
            ? Awaits.Wrap(call, awaited.Expression).WithTriviaFrom(current)
            : wait.WithTriviaFrom(current)));
        return true;
    }

    private bool ConvertTryTaken(GateUse use, DocumentId document)
    {
        var wait = IsZero(use)
            ? Call(use, "Wait", LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(0)))
            : Wait(use, use.Argument);
        if (wait is null) return false;
        _edits.Add(document, new NodeEdit(((ExpressionStatementSyntax)use.Node).Expression, current => AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression, use.Taken!.WithoutTrivia().WithTrailingTrivia(Space),
            Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), wait).WithTriviaFrom(current)));
        return true;
    }

    private bool ConvertHold(GateUse use, DocumentId document, ExpressionSyntax wait)
    {
        var held = (StatementSyntax)use.Node;
        var spread = Layout.StartsLine(held) || held.Parent is not (BlockSyntax or SwitchSectionSyntax);
        foreach (var edit in Splice.Replace(held,
            current => Guarded((StatementSyntax)current, wait, use, spread ? Layout.NewLine(held) : Space))) _edits.Add(document, edit);
        return true;
    }

    /// <summary>A comment behind the parentheses of the lock speaks of taking it.</summary>
    private static SyntaxTriviaList BehindHead(StatementSyntax held, SyntaxTrivia separator)
    {
        var behind = (held as LockStatementSyntax)?.CloseParenToken.TrailingTrivia ?? default;
        return behind.Any(SyntaxKind.SingleLineCommentTrivia) ? behind
            : behind.Any(SyntaxKind.MultiLineCommentTrivia)
                ? TriviaList(Space).AddRange(behind.Where(static trivia => trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))).Add(separator)
            : TriviaList(separator);
    }

    private IReadOnlyList<StatementSyntax> Guarded(StatementSyntax current, ExpressionSyntax wait, GateUse use, SyntaxTrivia separator)
    {
        var inner = current is LockStatementSyntax held ? held.Statement : ((UsingStatementSyntax)current).Statement;
        var close = inner is BlockSyntax known ? known.CloseBraceToken.LeadingTrivia : default;
        var after = current.GetTrailingTrivia();
        if (inner is not BlockSyntax body)
        {
            var own = Layout.HasComment(after);
            body = Block(inner.WithLeadingTrivia(inner.GetLeadingTrivia().SkipWhile(static one => !Layout.IsComment(one)))
                    .WithTrailingTrivia(own ? Ended(after, separator) : TriviaList(separator)))
                .WithOpenBraceToken(Token(TriviaList(), SyntaxKind.OpenBraceToken, TriviaList(separator)));
            if (own) after = TriviaList(after.Where(static one => one.IsKind(SyntaxKind.EndOfLineTrivia)));
        }

        body = body.WithLeadingTrivia().WithCloseBraceToken(Token(close, SyntaxKind.CloseBraceToken, TriviaList(separator)));
        var release = ExpressionStatement(Call(use, "Release")).WithTrailingTrivia(separator);
        var last = Block(release).WithOpenBraceToken(Token(TriviaList(), SyntaxKind.OpenBraceToken, TriviaList(separator)))
            .WithCloseBraceToken(Token(TriviaList(), SyntaxKind.CloseBraceToken, after));
        var attempt = TryStatement(
            Token(TriviaList(), SyntaxKind.TryKeyword, TriviaList(separator)), body, default,
            FinallyClause(Token(TriviaList(), SyntaxKind.FinallyKeyword, TriviaList(separator)), last));
        return
        [
            ExpressionStatement(wait).WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(BehindHead(current, separator))
                .WithAdditionalAnnotations(Formatter.Annotation),
            attempt.WithAdditionalAnnotations(Formatter.Annotation),
        ];
    }

    private static SyntaxTriviaList Ended(SyntaxTriviaList trivia, SyntaxTrivia separator) =>
        trivia.Any(SyntaxKind.EndOfLineTrivia) || trivia.LastOrDefault().IsKind(SyntaxKind.WhitespaceTrivia)
            ? trivia
            : trivia.Add(separator);

    private bool ConvertEnter(GateUse use, DocumentId document, ExpressionSyntax wait)
    {
        var statement = (ExpressionStatementSyntax)use.Node;
        var exits = ExitsOf(use);
        if (exits.Count == 0) return false;
        if (!exits.All(exit => exit.Node.FirstAncestorOrSelf<FinallyClauseSyntax>() is not null))
        {
            if (use.Action == GateAction.EnterTaken || exits.Count != 1 || exits[0].Node.Parent != statement.Parent
                || statement.Parent is not BlockSyntax block) return false;
            _edits.Add(document,
                new NodeEdit(block,
                    current => Enclosed((BlockSyntax)current, block.Statements.IndexOf(statement),
                        block.Statements.IndexOf((StatementSyntax)exits[0].Node))));
            // The statement list has to be as it was when the block is rewritten.
            if (block.Statements.OfType<StatementSyntax>()
                .Any(other => other != statement
                    && gate.Uses.Any(another => another.Action is GateAction.Hold or GateAction.EnterTaken && another.Node == other)))
                return false;
        }

        if (use.Action == GateAction.Enter)
        {
            _edits.Add(document, new NodeEdit(statement.Expression, current => wait.WithTriviaFrom(current)));
            return true;
        }

        foreach (var edit in Splice.Replace(statement, current =>
        [
            ExpressionStatement(wait).WithLeadingTrivia(current.GetLeadingTrivia())
                .WithTrailingTrivia(Layout.StartsLine(statement) ? Layout.NewLine(statement) : Space)
                .WithAdditionalAnnotations(Formatter.Annotation),
            ExpressionStatement(
                AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, use.Argument!.WithoutTrivia().WithTrailingTrivia(Space),
                Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), LiteralExpression(SyntaxKind.TrueLiteralExpression)))
                .WithTrailingTrivia(current.GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation),
        ]))
        {
            _edits.Add(document, edit);
        }

        return true;
    }

    private List<GateUse> ExitsOf(GateUse taken)
    {
        var function = Functions.Around(taken.Node);
        return [.. gate.Uses.Where(use => use.Action == GateAction.Exit && use.Node.SyntaxTree == taken.Node.SyntaxTree
            && Functions.Around(use.Node) == function)];
    }

    /// <summary>What stands between taking and giving up goes into a try, so that an exception gives up too.</summary>
    private static SyntaxNode Enclosed(BlockSyntax current, int enter, int exit)
    {
        if (enter < 0 || exit <= enter + 1 || exit >= current.Statements.Count) return current;
        var newLine = Layout.NewLine(current);
        // One line that gets a try in its middle would be half of one and half of many.
        var isOneLine = Layout.IsOneLine(current);
        if (isOneLine)
            current = current.WithStatements(List(current.Statements.Select(one => one.WithoutTrivia().WithTrailingTrivia(newLine))));
        var inner = current.Statements.Skip(enter + 1).Take(exit - enter - 1);
        var release = current.Statements[exit];
        var attempt = TryStatement(
                Token(TriviaList(), SyntaxKind.TryKeyword, TriviaList(newLine)),
                Block(inner).WithOpenBraceToken(Token(TriviaList(), SyntaxKind.OpenBraceToken, TriviaList(newLine)))
                    .WithCloseBraceToken(Token(TriviaList(), SyntaxKind.CloseBraceToken, TriviaList(newLine))),
                default,
                FinallyClause(
                    Token(TriviaList(), SyntaxKind.FinallyKeyword, TriviaList(newLine)),
                    Block(release.WithTrailingTrivia(newLine))
                        .WithOpenBraceToken(Token(TriviaList(), SyntaxKind.OpenBraceToken, TriviaList(newLine)))
                        .WithCloseBraceToken(Token(TriviaList(), SyntaxKind.CloseBraceToken, release.GetTrailingTrivia()))))
            .WithAdditionalAnnotations(Formatter.Annotation);
        var whole = current.WithStatements(
            List(current.Statements.Take(enter + 1).Append(attempt).Concat(current.Statements.Skip(exit + 1))));
        return isOneLine ? Layout.Spread(whole, newLine).WithTrailingTrivia(current.GetTrailingTrivia()) : whole;
    }

    /// <summary>Waits for the semaphore as the function around can; null where it can neither await nor hold its thread.</summary>
    private ExpressionSyntax? Wait(GateUse use, ExpressionSyntax? timeout)
    {
        if (Functions.Around(use.Node) is not { } function || models.Of(use.Node.SyntaxTree) is not { } model) return null;
        if (!Functions.IsAsync(function)) return timeout is null ? Call(use, "Wait") : Call(use, "Wait", timeout);
        if (!AwaitPosition.Allows(model, use.Node, cancellation)) return null;
        var arguments = new List<ExpressionSyntax>();
        if (timeout is not null) arguments.Add(timeout);
        if (MayBeCancelled(use) && CancellationThreading.InScope(model, use.Node, cancellation) is { } token)
            arguments.Add(IdentifierName(token));
        return Awaits.Keyword(Call(use, "WaitAsync", [.. arguments]));
    }

    /// <summary>A wait that is given up inside the try whose finally releases would release what was never taken.</summary>
    private bool MayBeCancelled(GateUse use) => use.Action is GateAction.Hold or GateAction.EnterTaken or GateAction.TryTaken
        || !ExitsOf(use)
            .Any(exit => exit.Node.FirstAncestorOrSelf<FinallyClauseSyntax>()?.Parent is TryStatementSyntax attempt
                && attempt.Block.Span.Contains(use.Node.Span));

    private static InvocationExpressionSyntax Call(GateUse use, string member, params ExpressionSyntax[] arguments)
    {
        var list = arguments.Select(static argument => Argument(argument.WithoutTrivia())).ToList();
        var separators = list.Skip(1).Select(static _ => Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space));
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, use.Gate.WithoutTrivia(), IdentifierName(member)),
            ArgumentList(SeparatedList(list, separators)));
    }

    private static SyntaxNode Declared(VariableDeclarationSyntax declaration, NameSyntax type)
    {
        var declarator = declaration.Variables[0];
        var value = declarator.Initializer is { } initializer
            ? initializer.WithValue(Created(initializer.Value, type))
            : declaration.Type.ToString().EndsWith("SpinLock", StringComparison.Ordinal)
                ? EqualsValueClause(Token(SyntaxKind.EqualsToken).WithLeadingTrivia(Space).WithTrailingTrivia(Space), New(type))
                : null;
        return declaration.WithType(type.WithTriviaFrom(declaration.Type))
            .WithVariables(SingletonSeparatedList(declarator.WithInitializer(value)));
    }

    private static ExpressionSyntax Created(ExpressionSyntax old, NameSyntax type) => old is ImplicitObjectCreationExpressionSyntax creation
        ? creation.WithArgumentList(OneOfOne().WithTriviaFrom(creation.ArgumentList))
        : New(type).WithTriviaFrom(old);

    private static ObjectCreationExpressionSyntax New(NameSyntax type) =>
        ObjectCreationExpression(Token(SyntaxKind.NewKeyword).WithTrailingTrivia(Space), type.WithoutTrivia(), OneOfOne(), null);

    private static ArgumentListSyntax OneOfOne() => ParseArgumentList("(1, 1)");

    /// <summary>Only looks, and so never waits.</summary>
    private static bool IsZero(GateUse use) =>
        use.Action is GateAction.Try or GateAction.TryTaken
        && (use.Argument is null || use.Argument is LiteralExpressionSyntax { Token.ValueText: "0" }
            || use.Argument.ToString().EndsWith("TimeSpan.Zero", StringComparison.Ordinal));

    private DocumentId? DocumentOf(SyntaxNode node) => solution.GetDocument(node.SyntaxTree)?.Id;
}
