using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Formatting;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Findings;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

// How a cascade works
// -------------------
// It starts at the blocking call and goes up. Awaiting the call's twin makes the function around it async; if that
// changes the function's signature, every member of its family (overridden, overriding, implemented, implementing) changes
// with it, and every call of one of them has to be awaited, which makes the functions around those calls async in turn.
// It ends at functions that are async or return a task already, at event handlers, and at entry points.
//
// One refusal anywhere refuses the whole: a half-converted chain does not compile. Nothing is written before all is planned.

/// <summary>One set of functions that become async, with every call that has to be awaited because of it.</summary>
/// <param name="solution">What is rewritten.</param>
/// <param name="cancellation">Ends the planning.</param>
/// <param name="isTrial">Nothing is rewritten; only whether it could be is asked.</param>
/// <param name="known">For a trial: what earlier ones have found out.</param>
internal sealed class Cascade(
    Solution solution, CancellationToken cancellation, bool isTrial = false, KnownCascades? known = null)
{
    /// <summary>A chain that reaches further than this is a project for people, not one action.</summary>
    private const int MostFunctions = 400;

    private readonly SolutionEdits _edits = new(solution);
    private readonly HashSet<IMethodSymbol> _awaitedSelves = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _awaiting = new(SymbolEqualityComparer.Default);
    private bool _unwrapsErrors;
    private bool _wrapperIsCaught;
    private int _reused;
    private readonly DelegateChecks _delegates = new();
    private readonly Dictionary<SyntaxNode, FunctionConversion> _functions = [];
    private readonly HashSet<SyntaxNode> _awaited = [];
    private readonly Queue<FunctionConversion> _bodies = new();

    /// <summary>The functions that become async.</summary>
    public IEnumerable<FunctionConversion> Converted => _functions.Values;

    /// <summary>Part of the answer is that of an earlier trial.</summary>
    public bool Reuses => _reused > 0;

    /// <summary>Names that edits of this cascade give to new locals, by the body that they are put into.</summary>
    public HashSet<(SyntaxNode Body, string Name)> NewLocals { get; } = [];

    /// <summary>Adds a finding; false when it has to be refused.</summary>
    public async Task<bool> AddAsync(Site site)
    {
        var hint = site.IsCause ? site[FindingProperties.Twin] : null;
        if (await AwaitTwinAsync(site, hint).ConfigureAwait(false) is { } done)
            return done && await FinishAsync().ConfigureAwait(false);
        if (site.IsCause || site.Mark is not { } mark
            || await mark.FindCauseAsync(solution, cancellation).ConfigureAwait(false) is not { } cause) return false;
        var below = mark.EndsEarly ? null : site[FindingProperties.Twin];
        return await AwaitTwinAsync(cause, below).ConfigureAwait(false) is true && await FinishAsync().ConfigureAwait(false);
    }

    /// <summary>Adds an edit that puts an await into the function around a finding; false when it has to be refused.</summary>
    public async Task<bool> AddAsync(Site site, NodeEdit edit, IEnumerable<string> imports)
    {
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return await AwaitAsync(site.Document, model!, edit.Target, edit, imports).ConfigureAwait(false)
            && await FinishAsync().ConfigureAwait(false);
    }

    /// <summary>An edit that goes along with one that awaits.</summary>
    public async Task AddBesideAsync(Site site, NodeEdit edit)
    {
        _edits.Add(site.Document.Id, edit);
        foreach (var (other, place) in await LinkedFiles.CounterpartsAsync(site.Document, edit.Target, cancellation).ConfigureAwait(false))
            _edits.Add(other.Id, new NodeEdit(place, edit.Rewrite));
    }

    /// <summary>The rewritten solution; null when it would not compile as before.</summary>
    public async Task<Solution?> ApplyAsync()
    {
        foreach (var function in _functions.Values)
        {
            var conversion = new AsyncConversion(function, cancellation);
            foreach (var edit in conversion.Edits()) _edits.Add(function.Document.Id, edit);
            _edits.Import(function.Document.Id, conversion.Imports);
        }

        foreach (var (document, edit) in await new Hiding(solution, _functions, cancellation).EditsAsync().ConfigureAwait(false))
            _edits.Add(document, edit);
        if (await _edits.ApplyAsync(cancellation).ConfigureAwait(false) is not { } changed) return null;
        if (!await _delegates.HoldAsync(changed, cancellation).ConfigureAwait(false)) return null;
        var signatures = _functions.Values.Any(static function => function.Kind == ConversionKind.Signature);
        return await CompileCheck.IsCleanAsync(solution, changed, signatures, cancellation).ConfigureAwait(false) ? changed : null;
    }

    /// <summary>Awaits the twin of a call; null when it has none here.</summary>
    private async Task<bool?> AwaitTwinAsync(Site site, string? hint)
    {
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var onLoop = site[FindingProperties.Context] == nameof(RunContext.EventLoop);
        var elsewhere = await ElsewhereAsync(site.Document, site.Node).ConfigureAwait(false);
        if (AsyncTwin.Find(model!, site.Node, hint, cancellation, onLoop, elsewhere) is not { } twin) return null;
        return await AwaitAsync(site.Document, model!, site.Node, twin).ConfigureAwait(false);
    }

    private Task<bool> AwaitAsync(Document document, SemanticModel model, SyntaxNode at, Twin twin)
    {
        if (twin.UnwrapsErrors) _unwrapsErrors = true;
        if (twin.OfSelf is { } own) _awaitedSelves.Add(own);
        return AwaitAsync(document, model, at, twin.Edit, twin.Imports);
    }

    /// <summary>What only all awaits together can tell, after what else has to be awaited because of them.</summary>
    private async Task<bool> FinishAsync()
    {
        if (!await HoldsAsync().ConfigureAwait(false) || Reuses && _awaitedSelves.Count > 0) return false;
        if (!Reuses && !_wrapperIsCaught && _awaitedSelves.Count == 0) known?.Add(_functions.Values);
        return true;
    }

    private async Task<bool> HoldsAsync() => await ScanBodiesAsync().ConfigureAwait(false)
        && !(_unwrapsErrors && _wrapperIsCaught)
        && !_functions.Values.Any(function => FrameworkOverrides.TellsBaseLate(function, _awaited))
        && !await GeneratedFiles.AreAmongAsync(_edits.Documents, solution, cancellation).ConfigureAwait(false)
        && !await InactiveCode.IsLeftWrongAsync(_functions.Values, cancellation).ConfigureAwait(false)
        && !_awaitedSelves.Any(twin => _awaiting.Any(function => SelfCalls.IsInside(function, twin, onSelf: true)));

    private async Task<bool> AwaitAsync(Document document, SemanticModel model, SyntaxNode at, NodeEdit edit, IEnumerable<string> imports)
    {
        if (!_awaited.Add(edit.Target)) return true;
        if (!AwaitPosition.Allows(model, edit.Target, cancellation) || Functions.Around(at) is not { } function
            || ThreadState.Of(model.Compilation, cancellation).IsSplitAt(at, function)
            || LentSurface.IsUsedAfter(model, at, function, cancellation)) return false;
        if (model.GetEnclosingSymbol(at.SpanStart, cancellation) is { } awaiting) _awaiting.Add(awaiting);
        _edits.Add(document.Id, edit);
        _edits.Import(document.Id, imports);
        if (!await RequireAsync(document, model, function).ConfigureAwait(false)) return false;
        // What one text awaits it awaits in every project that compiles it.
        foreach (var (other, place) in await LinkedFiles.CounterpartsAsync(document, edit.Target, cancellation).ConfigureAwait(false))
        {
            var seen = await other.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            if (!await AwaitAsync(other, seen!, place, new NodeEdit(place, edit.Rewrite), imports).ConfigureAwait(false)) return false;
        }

        return true;
    }

    private async Task<bool> RequireAsync(Document document, SemanticModel model, SyntaxNode function)
    {
        if (_functions.TryGetValue(function, out var registered))
        {
            registered.Awaited = true;
            return true;
        }

        if (Functions.IsAsync(function)) return true;
        if (Functions.Symbol(model, function, cancellation) is not { } symbol || !Convertible.CanBeAsync(function, symbol)
            || FlowingState.IsLeftBy(model, function, cancellation)) return false;
        if (TaskWaits.IsTaskLike(symbol.ReturnType))
        {
            if (!TaskReturns.CanUnwrap(function, symbol.ReturnType)) return false;
            Register(new FunctionConversion(document, model, function, symbol, ConversionKind.Body) { Awaited = true });
            return true;
        }

        if (function is AnonymousFunctionExpressionSyntax lambda)
            return await RequireLambdaAsync(document, model, lambda, symbol).ConfigureAwait(false);
        if (Handlers.Is(symbol)) return await RequireHandlerAsync(document, model, function, symbol).ConfigureAwait(false);
        if (FrameworkOverrides.Is(model.Compilation, symbol))
            return await RequireOverrideAsync(document, model, function, symbol).ConfigureAwait(false);
        if (known is not null && known.TryGet(function, out var others))
        {
            _reused = Math.Max(_reused, others);
            return _functions.Count + _reused <= MostFunctions;
        }

        return await ChangeSignatureAsync(symbol).ConfigureAwait(false) && MarkAwaited(function);
    }

    /// <summary>An override that a framework alone calls: it becomes that of the asynchronous form, or a handler.</summary>
    private async Task<bool> RequireOverrideAsync(Document document, SemanticModel model, SyntaxNode function, IMethodSymbol symbol)
    {
        if (Handlers.AnswersThroughArguments(function, symbol)
            || await FrameworkOverrides.IsNamedElsewhereAsync(symbol, function, solution, cancellation).ConfigureAwait(false)) return false;
        var name = FrameworkOverrides.AsyncName(symbol);
        Register(new FunctionConversion(document, model, function, symbol,
            name is null ? ConversionKind.Handler : ConversionKind.Signature) { NewName = name, Awaited = true });
        if (name is null) return true;
        foreach (var call in FrameworkOverrides.BaseCalls(function, symbol))
        {
            var edit = Awaits.Around(model, call, static current => current);
            if (edit is null || !await AwaitAsync(document, model, call, edit, []).ConfigureAwait(false)) return false;
            var called = ((MemberAccessExpressionSyntax)call.Expression).Name;
            _edits.Add(document.Id, new NodeEdit(called, current => Renamed((SimpleNameSyntax)current, name)));
        }

        return true;
    }

    private bool MarkAwaited(SyntaxNode function)
    {
        if (!_functions.TryGetValue(function, out var conversion)) return false;
        conversion.Awaited = true;
        return true;
    }

    private async Task<bool> RequireLambdaAsync(
        Document document, SemanticModel model, AnonymousFunctionExpressionSyntax lambda, IMethodSymbol symbol)
    {
        (InvocationExpressionSyntax, SimpleNameSyntax)? taker = null;
        var isHandler = Handlers.IsSubscription(model, lambda, cancellation);
        if (isHandler && !Handlers.CanBeAsync(model, lambda, symbol, cancellation)) return false;
        if (isHandler)
        {
            // The new block is indented as part of the statement that it stands in.
            if (lambda.Ancestors().FirstOrDefault(static node => node is StatementSyntax or MemberDeclarationSyntax) is { } around)
                _edits.Add(document.Id,
                    new NodeEdit(around, static current => current.WithAdditionalAnnotations(Formatter.Annotation)));
        }
        else if (!DelegateChecks.CanBecomeAsync(model, lambda, cancellation))
        {
            if ((taker = AsyncTaker.Of(model, lambda, cancellation)) is null) return false;
            _edits.Add(document.Id, _delegates.Watch(document.Id, lambda));
        }
        else
        {
            _edits.Add(document.Id, _delegates.Watch(document.Id, lambda));
            if (_delegates.WatchCall(document.Id, model, lambda, cancellation) is { } watched) _edits.Add(document.Id, watched);
        }

        Register(
            new FunctionConversion(document, model, lambda, symbol, isHandler
                ? ConversionKind.Handler
                : ConversionKind.Lambda) { Awaited = true });
        if (taker is not var (call, named)) return true;
        _edits.Add(document.Id, new NodeEdit(named, current =>
            Renamed((SimpleNameSyntax)current, named.Identifier.ValueText + "Async")));
        return Awaits.Around(model, call, static current => current) is { } edit
            && await AwaitAsync(document, model, call, edit, []).ConfigureAwait(false);
    }

    /// <summary>A handler keeps its signature, so whoever calls it by hand would go on before it has ended.</summary>
    private async Task<bool> RequireHandlerAsync(Document document, SemanticModel model, SyntaxNode function, IMethodSymbol symbol)
    {
        if (!Convertible.IsOurs(symbol) || Handlers.AnswersThroughArguments(function, symbol)) return false;
        var isGiven = false;
        foreach (var referenced in await References.ToAsync(symbol, solution, cancellation).ConfigureAwait(false))
        {
            foreach (var place in referenced.Locations)
            {
                var root = await place.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
                switch (Site.NodeAt(root!, place.Location.SourceSpan))
                {
                    case InvocationExpressionSyntax { Expression: not IdentifierNameSyntax { Identifier.ValueText: "nameof" } }:
                        return false;
                    case ExpressionSyntax mention when !mention.IsPartOfStructuredTrivia() && !IsInNameOf(mention):
                        var seen = await place.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
                        if (UiEvents.Refuse(seen!, mention, cancellation)) return false;
                        isGiven = true;
                        break;
                }
            }
        }

        if (!isGiven && UiEvents.NamesTheLast(symbol)) return false;
        Register(new FunctionConversion(document, model, function, symbol, ConversionKind.Handler) { Awaited = true });
        return true;
    }

    private void Register(FunctionConversion conversion)
    {
        _functions.Add(conversion.Node, conversion);
        _bodies.Enqueue(conversion);
    }

    /// <summary>Makes a method and its whole family return tasks, and awaits all their calls.</summary>
    private async Task<bool> ChangeSignatureAsync(IMethodSymbol method)
    {
        cancellation.ThrowIfCancellationRequested();
        var references = (await References.ToAsync(method.OriginalDefinition, solution, cancellation).ConfigureAwait(false)).ToList();
        foreach (var same in await LinkedFiles.SameAsync(solution, method.OriginalDefinition, cancellation).ConfigureAwait(false))
        {
            if (!references.Any(reference => SymbolEqualityComparer.Default.Equals(reference.Definition, same)))
                references.AddRange(await References.ToAsync(same, solution, cancellation).ConfigureAwait(false));
        }

        var family = references.Select(static reference => reference.Definition).OfType<IMethodSymbol>().Concat([method.OriginalDefinition])
            .SelectMany(Parts).ToList();
        var places = references.SelectMany(static reference => reference.Locations).ToList();
        // What the compiler calls by itself, in a collection initializer or a foreach, it would not await.
        if (places.Any(static place => place.IsImplicit) || family.Any(AsyncName.IsHalfOfPair)) return false;
        var name = AsyncName.For(family, places.Count);
        var isNew = false;
        foreach (var member in family)
        {
            if (!Convertible.IsOurs(member) || member.DeclaringSyntaxReferences.Length != 1) return false;
            var declaration = await member.DeclaringSyntaxReferences[0].GetSyntaxAsync(cancellation).ConfigureAwait(false);
            if (_functions.ContainsKey(declaration)) continue;
            if (!Convertible.CanBeAsync(declaration, member) || solution.GetDocument(declaration.SyntaxTree) is not { } document)
                return false;
            var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            Register(new FunctionConversion(document, model!, declaration, member, ConversionKind.Signature) { NewName = name });
            isNew = true;
        }

        if (!isNew) return true;
        if (_functions.Count > MostFunctions) return false;
        foreach (var place in places)
            if (!await FollowAsync(place, name).ConfigureAwait(false)) return false;
        if (name is null || isTrial) return true;
        foreach (var (document, edit) in await new UnparsedCrefs(solution, cancellation).RenamedAsync(family, name).ConfigureAwait(false))
            _edits.Add(document, edit);
        return true;
    }

    /// <summary>A method, and the other half of one that is declared in two.</summary>
    private static IEnumerable<IMethodSymbol> Parts(IMethodSymbol method) =>
        (method.PartialDefinitionPart ?? method.PartialImplementationPart) is { } other ? [method, other] : [method];

    /// <summary>One mention of a method whose signature changes.</summary>
    private async Task<bool> FollowAsync(ReferenceLocation place, string? name)
    {
        var root = await place.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var node = root!.FindNode(place.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
        if (node is not SimpleNameSyntax mention) return false;
        if (name is not null) _edits.Add(place.Document.Id, new NodeEdit(mention, current => Renamed((SimpleNameSyntax)current, name)));
        if (mention.IsPartOfStructuredTrivia() || IsInNameOf(mention)) return true;

        var model = await place.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        ExpressionSyntax callee = mention.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == mention => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => mention,
        };
        if (callee.Parent is not InvocationExpressionSyntax call || call.Expression != callee)
            return FollowMethodGroup(place.Document, model!, callee);
        if (CaughtErrors.KnowTheWrapper(call)) _wrapperIsCaught = true;
        var elsewhere = await ElsewhereAsync(place.Document, call).ConfigureAwait(false);
        var withToken = TokenArgument.For(model!, call, elsewhere, byOverload: false, cancellation);
        return Awaits.Around(model!, call, WithToken) is { } edit
            && await AwaitAsync(place.Document, model!, call, edit, []).ConfigureAwait(false);

        ExpressionSyntax WithToken(ExpressionSyntax current) => withToken is null ? current
            : ((InvocationExpressionSyntax)current).WithArgumentList(withToken(((InvocationExpressionSyntax)current).ArgumentList));
    }

    private bool FollowMethodGroup(Document document, SemanticModel model, ExpressionSyntax group)
    {
        if (!DelegateChecks.CanBecomeAsync(model, group, cancellation)) return false;
        _edits.Add(document.Id, _delegates.Watch(document.Id, group));
        if (_delegates.WatchCall(document.Id, model, group, cancellation) is { } watched) _edits.Add(document.Id, watched);
        return true;
    }

    /// <summary>
    /// What else blocks in a body that is async now would be the next finding: it is awaited along with the rest where
    /// it has a twin, and stays where it has none.
    /// </summary>
    private async Task<bool> ScanBodiesAsync()
    {
        // A trial asks what has to become async; what else blocks there changes only bodies that do so anyway.
        if (isTrial) return true;
        while (_bodies.Count > 0)
        {
            var function = _bodies.Dequeue();
            if (TestCode.Is(function)) continue;
            foreach (var call in BlockingCalls.In(function.Model, function.Node, cancellation))
            {
                if (_awaited.Contains(call)) continue;
                var elsewhere = await ElsewhereAsync(function.Document, call).ConfigureAwait(false);
                if (elsewhere.Any(other => AsyncTwin.Find(other.Model, other.Node, null, cancellation) is null)
                    || AsyncTwin.Find(function.Model, call, null, cancellation, elsewhere: elsewhere) is not { } twin
                    || twin.UnwrapsErrors && _wrapperIsCaught) continue;
                if (!await AwaitAsync(function.Document, function.Model, call, twin).ConfigureAwait(false)) return false;
            }
        }

        return true;
    }

    /// <summary>A call in the other projects that compile it.</summary>
    private async Task<IReadOnlyList<(SemanticModel Model, SyntaxNode Node)>> ElsewhereAsync(Document document, SyntaxNode call)
    {
        var found = new List<(SemanticModel, SyntaxNode)>();
        foreach (var (other, place) in await LinkedFiles.CounterpartsAsync(document, call, cancellation).ConfigureAwait(false))
            found.Add(((await other.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!, place));
        return found;
    }

    private static bool IsInNameOf(SyntaxNode node) => node.Ancestors().OfType<InvocationExpressionSyntax>()
        .Any(static call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" });

    private static SimpleNameSyntax Renamed(SimpleNameSyntax mention, string name) =>
        mention.WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(mention.Identifier));
}
