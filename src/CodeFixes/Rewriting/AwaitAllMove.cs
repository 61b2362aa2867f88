using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Findings;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Awaits all tasks of a list that nobody awaits. At the end of the block that made the list: what stands between goes on beside the
/// tasks as before, and may be what they wait for.
/// </summary>
internal sealed class AwaitAllMove : Move
{
    private static readonly ExpressionSyntax Anywhere = ParseExpression("global::System.Threading.Tasks.Task");

    public AwaitAllMove() => Plan = new AsyncPlan(AddAsync);

    public override string Kind => "AwaitAll";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
    {
        if (Functions.Around(site.Node) is not { } function) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || Find(model, site.Node, cancellation) is not { } found) return null;
        var what = found.Name is null ? "Await all of them" : $"Await all of '{found.Name}' at the end";
        const string cost = "goes on only when all have ended, and throws what one of them throws";
        if (Functions.IsAsync(function)) return $"{what} ({cost})";
        if (!MakeAsyncMove.CanConvert(model, function, cancellation)) return null;
        return $"{what}, and make what leads here asynchronous"
            + await MakeAsyncMove.NotesAsync(model, site.Document.Project.Solution, function, [function], cancellation, cost)
                .ConfigureAwait(false);
    }

    private static async Task<bool> AddAsync(Cascade cascade, Site site)
    {
        var model = await site.Document.GetSemanticModelAsync(CancellationToken.None).ConfigureAwait(false);
        if (Find(model!, site.Node, CancellationToken.None) is not { } found) return false;
        if (!await cascade.AddAsync(site, found.Awaited, found.Imports).ConfigureAwait(false)) return false;
        if (found.Beside is not null) await cascade.AddBesideAsync(site, found.Beside).ConfigureAwait(false);
        return true;
    }

    private static Place? Find(SemanticModel model, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not InvocationExpressionSyntax call || EndlessWork.Is(model, LostCall.Projected(call), cancellation)
            || EndlessWork.Is(model, call, cancellation)) return null;
        var imports = new List<string>();
        var task = Imports.Owner(model, call.SpanStart, "System.Threading.Tasks", "Task", imports);
        if (call.Parent is ExpressionStatementSyntax statement) return OfStatement(model, call, statement, task, imports, cancellation);
        if (DeclarationOf(model, call, cancellation) is not { } declarator
            || declarator is not { Parent.Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } local }
            || model.GetDeclaredSymbol(declarator, cancellation) is not ILocalSymbol list
            || Functions.Around(local) is not { } function
            || !AwaitPosition.Allows(model, local, cancellation)
            || !BindsAll(model, block.Statements.Last().SpanStart, IdentifierName(list.Name)))
            return null;
        var last = block.Statements[block.Statements.Count - 1];
        if (last == local || !EndsHere(model, block, local, list, cancellation) || GivesWhatFeeds(last, call)) return null;
        if (last is ReturnStatementSyntax && RefLives.AcrossAwait(model, last, function, cancellation)) return null;
        return new Place(list.Name, new NodeEdit(local, static current => current),
            new NodeEdit(block, current => WithAwait((BlockSyntax)current, task, list.Name, last)), imports);
    }

    /// <summary><c>items.Select(SaveAsync).ToList();</c>: what is made for nobody goes straight to who awaits it.</summary>
    private static Place? OfStatement(
        SemanticModel model, InvocationExpressionSyntax call, ExpressionStatementSyntax statement, NameSyntax task,
        IReadOnlyCollection<string> imports, CancellationToken cancellation)
    {
        if (!LostCall.IsProjection(call) || call is not
            { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList" or "ToArray", Expression: var tasks },
                ArgumentList.Arguments.Count: 0 }
            || !AwaitPosition.Allows(model, statement, cancellation)
            || !BindsAll(model, call.SpanStart, tasks.WithoutTrivia())) return null;
        return new Place(null, new NodeEdit(call, current =>
        {
            var each = ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)current).Expression).Expression;
            return Awaits.Keyword(All(task, each.WithoutTrivia())).WithTriviaFrom(current);
        }), null, imports);
    }

    /// <summary>The local that a task is added to, or that holds it from the start.</summary>
    private static VariableDeclaratorSyntax? DeclarationOf(
        SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        ExpressionSyntax task = call;
        while (task.Parent is ExpressionSyntax outer && LostCall.Inner(outer) == call) task = outer;
        if (task.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax
            { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax list } } }
            && model.GetSymbolInfo(list, cancellation).Symbol is ILocalSymbol { DeclaringSyntaxReferences.Length: 1 } local)
            return local.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is VariableDeclaratorSyntax declared
                && Functions.Around(declared) == Functions.Around(call) ? declared : null;
        if (task.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { Initializer.Value: var value } declarator) return null;
        // A query that nobody walks through has begun nothing.
        if (value == task) return call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList" or "ToArray" }
            && LostCall.IsProjection(call) ? declarator : null;
        return LostCall.ElementsOf(value) is { } elements && elements.Contains(task) ? declarator : null;
    }

    /// <summary>
    /// <c>workers.Add(RunAsync(jobs.Reader)); … return jobs.Writer;</c>: the caller is given what the tasks wait for.
    /// </summary>
    private static bool GivesWhatFeeds(StatementSyntax last, InvocationExpressionSyntax call)
    {
        if (last is not ReturnStatementSyntax { Expression: { } given }) return false;
        var fed = new HashSet<string>(NamesIn(call.ArgumentList), StringComparer.Ordinal);
        return NamesIn(given).Any(fed.Contains);
    }

    private static IEnumerable<string> NamesIn(SyntaxNode part) =>
        part.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(static name => name.Identifier.ValueText);

    /// <summary>Whether every way from the list on comes to the end of its block, and none changes which list it is.</summary>
    private static bool EndsHere(
        SemanticModel model, BlockSyntax block, StatementSyntax local, ILocalSymbol list, CancellationToken cancellation)
    {
        var between = block.Statements.SkipWhile(one => one != local).ToList();
        var last = between[between.Count - 1];
        if (last is ReturnStatementSyntax) between.RemoveAt(between.Count - 1);
        else if (last is ThrowStatementSyntax) return false;
        var flow = model.AnalyzeControlFlow(between[0], between[between.Count - 1]);
        return flow is { Succeeded: true, EndPointIsReachable: true } && flow.ExitPoints.IsEmpty && flow.ReturnStatements.IsEmpty
            && !between.SelectMany(static one => one.DescendantNodes()).Any(one => one is ThrowExpressionSyntax or ThrowStatementSyntax
                or YieldStatementSyntax
                || one is AssignmentExpressionSyntax assignment
                    && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(assignment.Left, cancellation).Symbol, list));
    }

    private static BlockSyntax WithAwait(BlockSyntax block, NameSyntax task, string name, StatementSyntax last)
    {
        var statements = block.Statements;
        var at = last is ReturnStatementSyntax ? statements.Count - 1 : statements.Count;
        var before = statements[at - 1];
        var made = ExpressionStatement(Awaits.Keyword(All(task, IdentifierName(name))));
        var isOwnLine = before.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        var indent = at < statements.Count ? statements[at].GetLeadingTrivia()
            : Layout.StartsLine(last) ? last.GetLeadingTrivia() : default;
        made = isOwnLine
            ? made.WithLeadingTrivia(indent.Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1))
                .WithTrailingTrivia(Layout.NewLine(last))
            : made.WithTrailingTrivia(Space);
        return block.WithStatements(statements.Insert(at, made));
    }

    private static InvocationExpressionSyntax All(ExpressionSyntax task, ExpressionSyntax tasks) => InvocationExpression(
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task, IdentifierName("WhenAll")),
        ArgumentList(SingletonSeparatedList(Argument(tasks))));

    /// <summary>Tasks, and no others that only look like them: these have to be started, or can be awaited but once.</summary>
    private static bool BindsAll(SemanticModel model, int position, ExpressionSyntax tasks) =>
        model.GetSpeculativeSymbolInfo(position, All(Anywhere, tasks), SpeculativeBindingOption.BindAsExpression).Symbol
            is IMethodSymbol method && TaskWaits.IsTask(method.ReturnType) && TaskWaits.IsTask(method.ContainingType);

    /// <param name="Name">The list, if it has a name.</param>
    /// <param name="Awaited">What is awaited, or the declaration that makes it necessary.</param>
    /// <param name="Beside">The edit that awaits, where it is another one.</param>
    /// <param name="Imports">Namespaces that the file has to import.</param>
    private sealed record Place(string? Name, NodeEdit Awaited, NodeEdit? Beside, IReadOnlyCollection<string> Imports);
}
