using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Findings;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Moves work out of a callback of our loops that cannot await: the loop's pool does it, and what the callback did after it becomes a
/// callback of its own.
/// </summary>
internal sealed class CallbackMove : Move
{
    private readonly string _home;
    private readonly string _loop;
    private readonly string _entry;

    private CallbackMove(string kind, string home, string loop, string entry)
    {
        Kind = kind;
        _home = home;
        _loop = loop;
        _entry = entry;
        Plan = new StepwisePlan(EditsAsync);
    }

    /// <summary><c>NodeLoop.Current.QueueWork(() => work).Then(result => rest)</c></summary>
    public static CallbackMove Node { get; } = new("QueueWorkThen", LoopHome.Node, "NodeLoop", "QueueWork");

    /// <summary><c>work = EventLoop.Current.RunInExecutor(() => work); work.AddDoneCallback(done => rest)</c></summary>
    public static CallbackMove Asyncio { get; } = new("RunInExecutor", LoopHome.Asyncio, "EventLoop", "RunInExecutor");

    public override string Kind { get; }

    public override bool IsLastResort => true;

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
    {
        if (site[FindingProperties.Kind] == nameof(BlockKind.Task)) return null;
        return await FindAsync(site, cancellation).ConfigureAwait(false) is { } found
            ? $"Run '{found.Work.Name}' on the pool of the loop: the rest of the callback runs when it is done"
            : null;
    }

    private async Task<SolutionEdits?> EditsAsync(Site site, CancellationToken cancellation)
    {
        if (await FindAsync(site, cancellation).ConfigureAwait(false) is not { } found) return null;
        var imports = new List<string>();
        var loop = Imports.Owner(found.Model, site.Node.SpanStart, _home, _loop, imports);
        var runner = ParseExpression($"{loop}.Current.{_entry}");
        var isVoid = found.Model.GetTypeInfo(site.Node, cancellation).Type?.SpecialType == SpecialType.System_Void;
        var edits = new SolutionEdits(site.Document.Project.Solution);
        edits.Import(site.Document.Id, imports);
        edits.Add(site.Document.Id, found.Statement is null
            ? new NodeEdit(site.Node, current =>
                found.Work.Start(runner, (ExpressionSyntax)current, isVoid && _home == LoopHome.Node).Call.WithTriviaFrom(current))
            : new NodeEdit(found.Lambda.Block!, _ => Split(found, runner, isVoid)));
        return edits;
    }

    private BlockSyntax Split(Found found, ExpressionSyntax runner, bool isVoid)
    {
        var (block, statement) = (found.Lambda.Block!, found.Statement!);
        var newLine = Layout.NewLine(block);
        var index = block.Statements.IndexOf(statement);
        var (call, before) = found.Work.Start(runner, found.Call, isVoid && _home == LoopHome.Node);
        var statements = block.Statements.Take(index).ToList();
        statements.AddRange(before.Select(one => ParseStatement(one).WithTrailingTrivia(newLine)));
        var rest = block.Statements.Skip(index + 1).ToList();
        var ending = block.CloseBraceToken.LeadingTrivia;
        if (rest.Count == 0 && statement is ExpressionStatementSyntax { Expression: not AssignmentExpressionSyntax })
        {
            statements.Add(ExpressionStatement(call).WithTrailingTrivia(statement.GetTrailingTrivia()));
        }
        else
        {
            var inner = Block(List(rest)).WithCloseBraceToken(Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(ending));
            ending = TriviaList();
            statements.AddRange(_home == LoopHome.Node ? Then(found, call, inner, isVoid) : Done(found, call, inner, isVoid));
        }

        statements[index] = statements[index].WithLeadingTrivia(statement.GetLeadingTrivia());
        return Layout.Spread(Block(List(statements)), newLine)
            .WithCloseBraceToken(block.CloseBraceToken.WithLeadingTrivia(ending));
    }

    /// <summary><c>call.Then(result => { rest })</c></summary>
    private static IEnumerable<StatementSyntax> Then(Found found, ExpressionSyntax call, BlockSyntax rest, bool isVoid)
    {
        var takes = !isVoid && found.Statement is not ExpressionStatementSyntax { Expression: not AssignmentExpressionSyntax };
        var name = takes ? found.ResultName ?? found.Free("result") : null;
        var whole = takes && found.ResultName is null ? rest.WithStatements(rest.Statements.Insert(0, found.Publish(name!))) : rest;
        yield return Continue(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, call, IdentifierName("Then")), name, whole,
            found.NewLine, found.Trailing);
    }

    /// <summary><c>var work = call; work.AddDoneCallback(done => { … work.Result … rest })</c></summary>
    private static IEnumerable<StatementSyntax> Done(Found found, ExpressionSyntax call, BlockSyntax rest, bool isVoid)
    {
        var (work, done) = (found.Free("work"), found.Free("done"));
        yield return ParseStatement($"var {work} = {call};").WithTrailingTrivia(found.Trailing)
            .WithAdditionalAnnotations(Formatter.Annotation, LocalStyle.New);
        // Asking for the result brings the error of the work to the loop's handler.
        var first = isVoid || found.Statement is ExpressionStatementSyntax { Expression: not AssignmentExpressionSyntax }
            ? ParseStatement($"_ = {work}.Result;")
            : found.ResultName is { } name
            ? ParseStatement($"var {name} = {work}.Result;").WithAdditionalAnnotations(LocalStyle.New)
            : found.Publish($"{work}.Result");
        yield return Continue(ParseExpression($"{work}.AddDoneCallback"), done,
            rest.WithStatements(rest.Statements.Insert(0, first.WithTrailingTrivia(found.NewLine))), found.NewLine, []);
    }

    private static StatementSyntax Continue(
        ExpressionSyntax callee, string? parameter, BlockSyntax rest, SyntaxTrivia newLine, SyntaxTriviaList trailing)
    {
        var body = Layout.Spread(rest, newLine);
        var arrow = Token(TriviaList(Space), SyntaxKind.EqualsGreaterThanToken, TriviaList());
        LambdaExpressionSyntax lambda = parameter is null
            ? ParenthesizedLambdaExpression(ParameterList(), body).WithArrowToken(arrow)
            : SimpleLambdaExpression(Parameter(Identifier(parameter)), body).WithArrowToken(arrow);
        var comments = trailing.Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)) ? trailing : TriviaList(newLine);
        return ExpressionStatement(InvocationExpression(callee, ArgumentList(SingletonSeparatedList(Argument(lambda)))))
            .WithTrailingTrivia(comments).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private async Task<Found?> FindAsync(Site site, CancellationToken cancellation)
    {
        if (site.Node is not ExpressionSyntax call || Functions.Around(call) is not AnonymousFunctionExpressionSyntax lambda
            || Functions.IsAsync(lambda)) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || LoopHome.OfReceiver(model, lambda, cancellation) != _home
            || Functions.Symbol(model, lambda, cancellation) is not { ReturnsVoid: true }
            || DelegateChecks.CanBecomeAsync(model, lambda, cancellation)) return null;
        if (Offload.Find(model, call, call, cancellation) is not { } work) return null;
        if (lambda.ExpressionBody == call) return work.HasCaptures ? null : new Found(model, lambda, null, call, work);
        if (StatementOf(call) is not { Parent: BlockSyntax block } statement || block != lambda.Block) return null;
        // A resource of the callback would be given back before the rest has run, and a label has no place in it.
        return block.Statements.Any(static one => one is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }
            or LocalFunctionStatementSyntax or LabeledStatementSyntax)
            || block.DescendantTrivia().Any(static trivia => trivia.IsDirective)
            ? null
            : new Found(model, lambda, statement, call, work);
    }

    /// <summary>The statement that does nothing but call, or keep what the call gives.</summary>
    private static StatementSyntax? StatementOf(ExpressionSyntax call) => call.Parent switch
    {
        ExpressionStatementSyntax statement => statement,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax statement,
            Left: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } assignment
            when assignment.Right == call => statement,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1,
            Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement } } } => statement,
        _ => null,
    };

    /// <summary>Work that can leave its callback.</summary>
    private sealed class Found(
        SemanticModel model, AnonymousFunctionExpressionSyntax lambda, StatementSyntax? statement, ExpressionSyntax call, Offload work)
    {
        public SemanticModel Model { get; } = model;

        public AnonymousFunctionExpressionSyntax Lambda { get; } = lambda;

        public StatementSyntax? Statement { get; } = statement;

        public ExpressionSyntax Call { get; } = call;

        public Offload Work { get; } = work;

        public SyntaxTrivia NewLine => Layout.NewLine(Lambda);

        public SyntaxTriviaList Trailing => Statement!.GetTrailingTrivia();

        /// <summary>The local that the result is kept in, where it has the result's own type.</summary>
        public string? ResultName => Statement is LocalDeclarationStatementSyntax { Declaration: var declaration }
            && (declaration.Type.IsVar || SymbolEqualityComparer.Default.Equals(
                Model.GetTypeInfo(declaration.Type).Type, Model.GetTypeInfo(Call).Type))
            ? declaration.Variables[0].Identifier.ValueText
            : null;

        /// <summary>The statement of the callback with something else in the place of the call.</summary>
        public StatementSyntax Publish(string result) =>
            Statement!.ReplaceNode(Call, ParseExpression(result)).WithoutLeadingTrivia().WithTrailingTrivia(NewLine)
                .WithAdditionalAnnotations(Formatter.Annotation);

        public string Free(string wanted) => LocalNames.Free(Model, Call.SpanStart, Lambda, wanted);
    }
}
