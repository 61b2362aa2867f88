using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>A call whose coroutine or task may be lost.</summary>
/// <param name="Call">What is marked.</param>
/// <param name="Kind">The name of the type that it gives.</param>
/// <param name="Name">What is called.</param>
internal sealed record LostCall(InvocationExpressionSyntax Call, string Kind, string Name)
{
    private static readonly string[] Empty =
        ["List", "HashSet", "Queue", "Stack", "ConcurrentBag", "ConcurrentQueue", "Dictionary", "ConcurrentDictionary"];

    /// <summary>Names by which people say that they mean to lose it.</summary>
    private static readonly string[] Said = ["_", "ignore", "unused", "notused", "forget", "discard", "dummy", "nowait", "nowarn"];

    /// <summary>A method gives the task of a method, and that of another: further than this nobody looks.</summary>
    private const int LongestHandingOn = 4;

    private IMethodSymbol? _method;
    private LostCall? _behind;

    /// <summary>How it is lost.</summary>
    public string How { get; init; } = "";

    /// <summary>It begins when somebody awaits it.</summary>
    public bool IsCold => Kind is "Coroutine" or "GoTask";

    public string Why => Kind switch
    {
        "Coroutine" => "a coroutine begins when it is awaited or made a task, so it never runs",
        "GoTask" => "a goroutine begins when it is awaited or given to Go.Run, so it never runs",
        _ when _method is { Name: "Delay", ContainingType.Name: "Task" } => "the code goes on at once, so there is no pause",
        _ => "its exception is lost, and nobody learns when it ends",
    };

    /// <summary>A call that gives a coroutine of our models, or the task of a method that is one itself.</summary>
    public static LostCall? Of(
        SourceModels models, SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation,
        int left = LongestHandingOn)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method) return null;
        if (KindOf(method.ReturnType) is not { } kind) return null;
        var lost = new LostCall(call, kind, NameOf(method)) { _method = method };
        // As a task it runs, whether or not somebody awaits that.
        if (lost.IsCold) return IsMadeTask(call) ? null : lost;
        if (lost.IsCoroutine(model, call, cancellation)) return lost;
        return left > 0 && HandedOn(models, method, cancellation, left - 1) is { } behind && !lost.IsOnPurpose(model, call, cancellation)
            ? lost with { _behind = behind }
            : null;
    }

    /// <summary>A function behind a delegate, whose coroutines are known to be lost.</summary>
    public static LostCall OfFunction(InvocationExpressionSyntax call, string name, IMethodSymbol invoked) =>
        new(call, "Task", name) { _method = invoked };

    private static bool IsMadeTask(ExpressionSyntax call) => call.Parent switch
    {
        ParenthesizedExpressionSyntax parentheses => IsMadeTask(parentheses),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsTask" } => true,
        _ => false,
    };

    /// <summary><c>Task Flush() =&gt; WriteAsync();</c>: who gives on the task of a coroutine stands for it.</summary>
    private static LostCall? HandedOn(SourceModels models, IMethodSymbol method, CancellationToken cancellation, int left)
    {
        if (method.IsAsync || method.OriginalDefinition.DeclaringSyntaxReferences is not { Length: 1 } declared) return null;
        // Who does more has a reason of his own to give the task, or not to.
        return OnlyResult.Of(declared[0].GetSyntax(cancellation)) is InvocationExpressionSyntax call
            && models.Of(call.SyntaxTree) is { } model
            ? Of(models, model, call, cancellation, left)
            : null;
    }

    /// <summary>The kind of awaitable that a type is.</summary>
    public static string? KindOf(ITypeSymbol type) => type.Name switch
    {
        "Task" or "ValueTask" when TypeShape.IsTask(type) => "Task",
        "Coroutine" when TypeShape.IsIn(type, "Quintet", "Asyncio") => "Coroutine",
        "GoTask" when TypeShape.IsIn(type, "Quintet", "Goroutines") => "GoTask",
        _ => null,
    };

    /// <summary>The kind of awaitable that a collection holds.</summary>
    public static string? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => KindOf(array.ElementType),
        INamedTypeSymbol { TypeArguments: { Length: 1 } elements } => KindOf(elements[0]),
        _ => null,
    };

    /// <summary>Its author has seen to its exception or its end, or it has ended when it returns.</summary>
    public bool IsHarmless(Facts facts, CancellationToken cancellation)
    {
        if (IsCancelledHere() || _behind?.IsHarmless(facts, cancellation) == true) return true;
        var isFollowed = !MemberText.IsAsync(MemberText.FunctionAround(Call));
        if (isFollowed && facts.Models.Of(Call.SyntaxTree) is { } model && IsBroadcast(Call, model, cancellation)) return true;
        var method = Implemented((_method!.ReducedFrom ?? _method).OriginalDefinition, facts.Summaries, cancellation);
        if (!SourceModels.HasSource(method)) return false;
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellation);
            if (method.IsAsync && LosesNothing.Is(method, syntax, isFollowed, facts, cancellation)) return true;
            if (!method.IsAsync && syntax is MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            {
                return facts.Summaries.BodiesOf(Member(method), cancellation)
                    .Any(read => read.Tree == reference.SyntaxTree && read.Span == reference.Span && read.ReturnsCompletedTask);
            }
        }

        return false;
    }

    /// <summary><c>hub.Clients.All.SendAsync("tick")</c>: a message to the pages that happen to be open, of which none answers.</summary>
    public static bool IsBroadcast(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
        && receiver.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>().Any(part =>
            part is { Name.Identifier.ValueText: "All" or "Others" or "Group" or "Groups" or "AllExcept", Expression: var clients }
            && LastName.Of(clients) == "Clients"
            && model.GetTypeInfo(clients, cancellation).Type?.ContainingNamespace.ToDisplayString()
                .StartsWith("Microsoft.AspNetCore.SignalR", StringComparison.Ordinal) == true);

    /// <summary>It runs beside what this function awaits, which then cancels the token that it gave.</summary>
    private bool IsCancelledHere()
    {
        var sources = Call.ArgumentList.Arguments.Select(static argument => argument.Expression switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Token", Expression: IdentifierNameSyntax source } =>
                source.Identifier.ValueText,
            _ => null,
        }).Where(static source => source is not null).ToList();
        return sources.Count > 0 && MemberText.FunctionAround(Call) is { } function
            && function.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => access.SpanStart > Call.Span.End
                && access is { Name.Identifier.ValueText: "Cancel" or "CancelAsync", Expression: IdentifierNameSyntax source }
                && sources.Contains(source.Identifier.ValueText));
    }

    /// <summary>The only body behind a member of an interface.</summary>
    public static IMethodSymbol Implemented(IMethodSymbol method, SummarySource summaries, CancellationToken cancellation) =>
        method.IsAbstract && BodyKey.Of(method) is { } key
        && summaries.TargetsOf(BodyKey.Virtual + key, cancellation) is { Count: 1 } only
        && summaries.SymbolOf(only[0]) is IMethodSymbol body
            ? body
            : method;

    private static IMethodSymbol Member(IMethodSymbol method) =>
        method.ContainingSymbol is IMethodSymbol outer ? Member(outer) : method;

    private bool IsCoroutine(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        var method = _method!.OriginalDefinition;
        if (TypeShape.IsTask(method.ContainingType)) return method.Name is "WhenAll" or "Delay";
        // A test that expects an exception of a task and does not await it expects nothing.
        if (method.Name is "ThrowsAsync" or "ThrowsAnyAsync" && method.ContainingType.Name == "Assert") return true;
        // A contract of one's own that gives a task means one, whatever it is called.
        if (!method.IsAsync && !method.Name.EndsWith("Async", StringComparison.Ordinal)
            && !(method.IsAbstract && SourceModels.HasSource(method))) return false;
        return !IsOnPurpose(model, call, cancellation);
    }

    /// <summary>Its author or its name says that nobody has to wait for it.</summary>
    private bool IsOnPurpose(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        var method = _method!.OriginalDefinition;
        if (IsGivenFunction(model, call, method, cancellation)) return true;
        if (method.Name.IndexOf("Forget", StringComparison.OrdinalIgnoreCase) >= 0) return true;
        // The token is cancelled when the call returns; only who wants to see its callbacks at their end awaits it.
        if (method.ContainingType.Name == "CancellationTokenSource") return true;
        // Nobody has to know when the user closes a message.
        if (ShowsMessage(method.Name)) return true;
        // Substitutes and mocks: the call says what is expected and runs nothing.
        var receiver = (call.Expression as MemberAccessExpressionSyntax)?.Expression.ToString() ?? "";
        return receiver.IndexOf(".Received", StringComparison.Ordinal) >= 0
            || receiver.IndexOf(".DidNotReceive", StringComparison.Ordinal) >= 0
            || receiver.IndexOf(".Verify", StringComparison.Ordinal) >= 0
            || receiver.IndexOf(".When(", StringComparison.Ordinal) >= 0;
    }

    /// <summary>Work that is handed to somebody is started on purpose, and so is what tells a function of its end.</summary>
    private static bool IsGivenFunction(
        SemanticModel model, InvocationExpressionSyntax call, IMethodSymbol method, CancellationToken cancellation) =>
        method.Parameters.Any(static parameter => parameter.Type.TypeKind == TypeKind.Delegate)
        && (model.GetOperation(call, cancellation) is not IInvocationOperation { Arguments: var arguments }
            || arguments.Any(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue
                && argument is { Parameter.Type.TypeKind: TypeKind.Delegate, Value.ConstantValue: not { HasValue: true, Value: null } }));

    private static bool ShowsMessage(string name) => PascalWords.Of(name) is var words && words.FirstOrDefault() == "Show"
        && words.Any(static word => word is "Message" or "Alert" or "Toast" or "Notification" or "Snackbar" or "Modal" or "Dialog"
            or "Popup" or "Flyout");

    private static string NameOf(IMethodSymbol method) =>
        method.MethodKind == MethodKind.LocalFunction ? method.Name : $"{method.ContainingType.Name}.{method.Name}";

    /// <summary>
    /// The expression whose value is the call's: behind <c>x?.</c>, parentheses, <c>ConfigureAwait</c> and <c>AsTask</c>; null for a part
    /// of another call.
    /// </summary>
    public static ExpressionSyntax? PlaceOf(InvocationExpressionSyntax call)
    {
        ExpressionSyntax place = call;
        while (true)
        {
            switch (place.Parent)
            {
                case ParenthesizedExpressionSyntax parentheses: place = parentheses; continue;
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull == place: place = access; continue;
                case PostfixUnaryExpressionSyntax suppressed: place = suppressed; continue;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "AsTask",
                    Parent: InvocationExpressionSyntax configured }:
                    place = configured;
                    continue;
                case ExpressionStatementSyntax or AssignmentExpressionSyntax or ArrowExpressionClauseSyntax
                    or AnonymousFunctionExpressionSyntax:
                    return place;
                // A part of the head whose value nobody takes.
                case ForStatementSyntax loop when loop.Initializers.Contains(place) || loop.Incrementors.Contains(place): return place;
                case ArgumentSyntax { Parent: TupleExpressionSyntax }: return place;
                default: return null;
            }
        }
    }

    /// <summary><c>var (first, second) = (LoadAsync(1), LoadAsync(2));</c>: the local that a part of the right side is given to.</summary>
    public static SingleVariableDesignationSyntax? Deconstructed(ExpressionSyntax part) =>
        part.Parent is ArgumentSyntax
        {
            Parent: TupleExpressionSyntax
            {
                Parent: AssignmentExpressionSyntax
                {
                    Left: DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax names },
                    Parent: ExpressionStatementSyntax,
                },
            } tuple,
        } argument
        && names.Variables.Count == tuple.Arguments.Count
            ? names.Variables[tuple.Arguments.IndexOf(argument)] as SingleVariableDesignationSyntax
            : null;

    /// <summary><c>Assert.Throws(() =&gt; SendAsync())</c>, <c>Record.Exception(…)</c>.</summary>
    public static bool IsExpectedToThrow(AnonymousFunctionExpressionSyntax lambda) =>
        lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && MemberText.NameOf(call) is { } name
        && (name.Contains("Throw") || name.Contains("Exception") || name is "Invoking" or "Verify" or "Setup");

    /// <summary>What <c>ConfigureAwait</c> or <c>AsTask</c> was called on, and what stands in parentheses or behind <c>x?.</c>.</summary>
    public static ExpressionSyntax Inner(ExpressionSyntax value) => value switch
    {
        ParenthesizedExpressionSyntax parentheses => Inner(parentheses.Expression),
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "AsTask", Expression: var inner }
        } => Inner(inner),
        ConditionalAccessExpressionSyntax { WhenNotNull: var behind } => Inner(behind),
        _ => value,
    };

    /// <summary>The first call whose value is added, when adding is all that is done with a collection.</summary>
    public static InvocationExpressionSyntax? AddedTo(IEnumerable<IdentifierNameSyntax> mentions)
    {
        InvocationExpressionSyntax? first = null;
        foreach (var mention in mentions)
        {
            if (IsCount(mention)) continue;
            if (mention.Parent is not MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "Add" or "Enqueue" or "Push",
                    Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax, ArgumentList.Arguments: { Count: 1 } arguments }
                }) return null;
            first ??= Inner(arguments[0].Expression) as InvocationExpressionSyntax;
        }

        return first;
    }

    /// <summary>Whoever counts tasks does not wait for them.</summary>
    public static bool IsCount(IdentifierNameSyntax mention) =>
        mention.Parent is MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: "Count" or "Length", Parent: not InvocationExpressionSyntax,
        };

    /// <summary>What a collection that is made here is filled with at once; null for anything else, and for an empty one.</summary>
    public static IReadOnlyList<ExpressionSyntax>? ElementsOf(ExpressionSyntax value)
    {
        IReadOnlyList<ExpressionSyntax>? elements = value switch
        {
            ObjectCreationExpressionSyntax { Type: GenericNameSyntax type, Initializer: { } list }
                when Empty.Contains(type.Identifier.ValueText) => list.Expressions,
            ImplicitObjectCreationExpressionSyntax { Initializer.Expressions: var given } made when IsOfLibrary(made)
                && (made.Initializer.IsKind(SyntaxKind.CollectionInitializerExpression) || given.All(IsEntry)) => given,
            ArrayCreationExpressionSyntax { Initializer: { } list } => list.Expressions,
            ImplicitArrayCreationExpressionSyntax { Initializer: var list } => list.Expressions,
            InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ArrayInitializerExpression } list => list.Expressions,
            CollectionExpressionSyntax { Elements: var all } =>
                [.. all.OfType<ExpressionElementSyntax>().Select(static one => one.Expression)],
            _ => null,
        };
        return elements is { Count: > 0 } ? [.. elements.Select(ValueOf)] : null;
    }

    /// <summary><c>List&lt;Task&gt; all = new() { … };</c>: what a type of one's own does with what it is given, it may await.</summary>
    private static bool IsOfLibrary(ImplicitObjectCreationExpressionSyntax made) =>
        made.FirstAncestorOrSelf<VariableDeclarationSyntax>()?.Type switch
        {
            GenericNameSyntax name => Empty.Contains(name.Identifier.ValueText),
            QualifiedNameSyntax { Right: GenericNameSyntax name } => Empty.Contains(name.Identifier.ValueText),
            _ => false,
        };

    private static bool IsEntry(ExpressionSyntax element) => element is AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax };

    /// <summary><c>[1] = LoadAsync()</c>, <c>{ 1, LoadAsync() }</c>.</summary>
    private static ExpressionSyntax ValueOf(ExpressionSyntax element) => element switch
    {
        AssignmentExpressionSyntax { Right: var value } when IsEntry(element) => value,
        InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: { Count: 2 } pair } =>
            pair[1],
        _ => element,
    };

    /// <summary>A collection that is made here and holds nothing yet.</summary>
    public static bool IsMadeEmpty(ExpressionSyntax value) => value switch
    {
        ObjectCreationExpressionSyntax { Initializer: null, Type: var type } =>
            type is GenericNameSyntax name && Empty.Contains(name.Identifier.ValueText),
        ImplicitObjectCreationExpressionSyntax { Initializer: null } made => IsOfLibrary(made),
        CollectionExpressionSyntax { Elements.Count: 0 } => true,
        _ => false,
    };

    public static bool SaysSo(string name) => Said.Any(word => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        || PascalWords.Of(name).Any(static word => word is "Ignore" or "Ignored" or "Unused" or "Discarded" or "Forget");

    /// <summary><c>items.Select(x =&gt; SaveAsync(x)).ToList()</c>.</summary>
    public static bool IsProjection(InvocationExpressionSyntax call) => MemberText.NameOf(call) switch
    {
        "Select" => true,
        "ToList" or "ToArray" => call.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax inner }
            && IsProjection(inner),
        _ => false,
    };

    public static string? ProjectedName(InvocationExpressionSyntax call) => Projected(call) switch
    {
        InvocationExpressionSyntax called => MemberText.NameOf(called),
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>What is called for each element, or what names it.</summary>
    public static ExpressionSyntax? Projected(InvocationExpressionSyntax call)
    {
        while (MemberText.NameOf(call) != "Select"
            && call.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax inner })
            call = inner;
        return call.ArgumentList.Arguments.LastOrDefault()?.Expression switch
        {
            LambdaExpressionSyntax { ExpressionBody: InvocationExpressionSyntax called } => called,
            SimpleNameSyntax name => name,
            MemberAccessExpressionSyntax access => access,
            _ => null,
        };
    }
}
