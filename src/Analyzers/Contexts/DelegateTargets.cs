using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;
using LocalMemo = System.Collections.Generic.Dictionary<Microsoft.CodeAnalysis.ISymbol, Quintet.Analyzers.Catalogue.RunContext>;

namespace Quintet.Analyzers.Contexts;

/// <summary>Follows a delegate from where it is written to who receives it, and asks the catalogue where that one runs it.</summary>
internal sealed class DelegateTargets
{
    private readonly ApiCatalogue _catalogue;
    private readonly Lineage _lineage;
    private readonly GivenOn _givenOn;
    private readonly CapturedLoop _captured;
    private readonly ConcurrentDictionary<ISymbol, IReadOnlyList<ApiEntry>> _runs = new(SymbolEqualityComparer.Default);

    /// <param name="catalogue">Who runs what it is given.</param>
    /// <param name="lineage">Which types are windows and controls.</param>
    /// <param name="givenOn">Members that give on what they are given.</param>
    /// <param name="ofMember">Contexts of a member of its own.</param>
    public DelegateTargets(ApiCatalogue catalogue, Lineage lineage, GivenOn givenOn, Func<IMethodSymbol, RunContext> ofMember)
    {
        (_catalogue, _lineage, _givenOn) = (catalogue, lineage, givenOn);
        _captured = new CapturedLoop(lineage, ofMember, Of);
    }

    public RunContext Of(IOperation function) => Of(function, new LocalMemo(SymbolEqualityComparer.Default));

    /// <summary>Where a receiver runs what a value is: the coroutine or the function that a call gives, the method that is named.</summary>
    public RunContext OfValue(IOperation value) => Follow(value, new LocalMemo(SymbolEqualityComparer.Default));

    private RunContext Of(IOperation function, LocalMemo memo)
    {
        var method = function switch
        {
            IAnonymousFunctionOperation anonymous => anonymous.Symbol,
            IMethodReferenceOperation reference => reference.Method,
            _ => null,
        };
        if (method is null) return RunContext.Unknown;
        var coroutine = TypeShape.OfAsync(method);
        if (ContextAnnotations.On(method) is var annotated and not RunContext.Unknown) return annotated | coroutine;
        var contexts = Follow(function, memo);
        if ((contexts & ~RunContext.Later) == 0 && OfItsType(function) is var typed and not RunContext.Unknown) contexts = typed;
        contexts |= coroutine;
        // Kept for somebody who awaits it; who only calls what he is given is asked by those who give it.
        if ((contexts & ~RunContext.Later) == 0 && MemberConventions.WorksBeforeItsTask(method) && !IsTree(function)
            && (HandedTo.Call(function) is not { TargetMethod: var taker } || !SourceModels.HasSource(taker.OriginalDefinition)))
            contexts |= RunContext.Coroutine;
        // As an action of a controller does that returns a task without being async.
        if ((contexts & RunContext.Request) != 0 && MemberConventions.WorksBeforeItsTask(method)) contexts |= RunContext.Coroutine;
        return contexts;
    }

    private static bool IsTree(IOperation function)
    {
        for (var parent = function.Parent; parent is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation;
            parent = parent.Parent)
            if (TypeShape.IsExpressionTree(parent.Type)) return true;
        return false;
    }

    /// <summary>A delegate type whose functions only its own toolkit ever calls says itself where they run.</summary>
    private RunContext OfItsType(IOperation function) =>
        function.Parent is IDelegateCreationOperation { Type: INamedTypeSymbol made }
            ? RunsLines(made).FirstOrDefault(static entry => entry.Id[0] == 'T')?.Where ?? RunContext.Unknown
            : RunContext.Unknown;

    /// <summary>What becomes of a value that is, or holds, the delegate.</summary>
    private RunContext Follow(IOperation value, LocalMemo memo)
    {
        for (var current = value; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConversionOperation conversion when TypeShape.IsExpressionTree(conversion.Type):
                    // A tree is translated, perhaps into SQL, and need not run at all.
                    return RunContext.Unknown;
                case IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation or ICoalesceOperation
                    or IArrayInitializerOperation or IArrayCreationOperation or ISwitchExpressionArmOperation or IBinaryOperation:
                case IConditionalOperation conditional when conditional.Condition != current:
                case ISwitchExpressionOperation choice when choice.Value != current:
                case { Kind: OperationKind.None or Collection.Expression }:
                    continue;
                case IArgumentOperation argument:
                    return argument.Parent is null ? RunContext.Unknown : OfArgument(argument, argument.Parent);
                case IInvalidOperation { Syntax: InvocationExpressionSyntax call, SemanticModel: { } model }:
                    return OfUnresolved(call, current.Syntax, model);
                case IEventAssignmentOperation { Adds: true } subscription when subscription.HandlerValue == current:
                    return OfSubscription(subscription);
                case IInvocationOperation call when call.Instance == current:
                    return OfCallOnDelegate(call);
                case IReturnOperation { Kind: OperationKind.YieldReturn } when FrameCoroutine.GoesOnWith(current):
                    return RunContext.EventLoop;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return OfLocal(declarator.Symbol, declarator, memo);
                case IAssignmentOperation assignment when assignment.Value == current:
                    return OfAssignment(assignment, memo);
                default:
                    return RunContext.Unknown;
            }
        }

        return RunContext.Unknown;
    }

    private RunContext OfArgument(IArgumentOperation argument, IOperation receiver)
    {
        var target = receiver switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation { Constructor: { } constructor } => constructor,
            _ => null,
        };
        if (target is null || argument.Parameter is not { } parameter) return RunContext.Unknown;
        if (ContextAnnotations.On(parameter) is var annotated and not RunContext.Unknown) return annotated;
        if (MakesCommand(target)) return RunContext.EventLoop;

        var contexts = Runs(target, parameter);
        if (CapturedLoop.IsProgress(target.ContainingType)) return _captured.IsCurrentAt(receiver) ? RunContext.EventLoop : contexts;
        if (contexts == RunContext.Unknown && HandledBy(parameter.Type) is not null && TypeShape.IsOfToolkit(target.ContainingType))
            return RunContext.EventLoop;
        if (contexts == RunContext.Unknown && _givenOn.Of(target, parameter, use =>
            OfUse(use, home: null, new LocalMemo(SymbolEqualityComparer.Default))) is var given and not RunContext.Unknown)
            return given;
        if ((contexts & RunContext.Pool) != 0) contexts = TaskStart.Where(receiver, contexts);
        if ((contexts & (RunContext.Pool | RunContext.Dedicated)) != 0 && TaskStart.IsRepeated(receiver)) contexts |= RunContext.Parallel;
        return contexts;
    }

    /// <summary>
    /// A call that does not bind, because of a missing reference or of what the function itself says: where the members run it that may
    /// be meant, and out of everybody's way where nobody can tell.
    /// </summary>
    private RunContext OfUnresolved(InvocationExpressionSyntax call, SyntaxNode function, SemanticModel model)
    {
        var place = call.ArgumentList.Arguments.IndexOf(argument => argument.Span.Contains(function.Span));
        var candidates = model.GetSymbolInfo(call).CandidateSymbols.OfType<IMethodSymbol>().ToList();
        // A coroutine is out of the way; that a function runs on the pool is not said, for a finding would rest on it.
        if (candidates.Count == 0)
            return function is AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } ? RunContext.Pool : RunContext.Later;
        return candidates.Where(candidate => place >= 0 && place < candidate.Parameters.Length)
            .Aggregate(RunContext.Unknown, (contexts, candidate) => contexts | Runs(candidate, candidate.Parameters[place]));
    }

    /// <summary>The catalogue's word on a parameter; a line that names it comes before one about all delegates of the member.</summary>
    private RunContext Runs(IMethodSymbol target, IParameterSymbol parameter)
    {
        ApiEntry? general = null;
        foreach (var entry in RunsLines(target))
        {
            if (entry.Argument == parameter.Name) return entry.Where;
            if (entry.Argument is null) general ??= entry;
        }

        // What a collection of functions is given it keeps: `jobs.Add(() => …)`.
        if (IsElement(parameter.OriginalDefinition.Type)) return RunContext.Unknown;
        return general?.Where ?? RunContext.Unknown;
    }

    /// <summary>The element of a collection, or several: not a delegate by the member's own declaration.</summary>
    private static bool IsElement(ITypeSymbol declared) => declared switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol { ElementType: var element } => IsElement(element),
        INamedTypeSymbol { TypeKind: not TypeKind.Delegate, TypeArguments: { Length: 1 } elements } => IsElement(elements[0]),
        _ => false,
    };

    private IReadOnlyList<ApiEntry> RunsLines(ISymbol symbol) =>
        _runs.GetOrAdd(symbol.OriginalDefinition, one => [.. _catalogue.FindAll(one).Where(static entry => entry.Verb == ApiVerb.Runs)]);

    /// <summary>Command classes differ from one UI library to the next; that they are commands is what they share.</summary>
    private static bool MakesCommand(IMethodSymbol target) => target.MethodKind == MethodKind.Constructor
        ? TypeShape.IsCommand(target.ContainingType)
        : target.IsStatic && target.Name.StartsWith("Create", StringComparison.Ordinal) && !target.Name.Contains("Background")
            && TypeShape.IsCommand(target.ReturnType);

    private RunContext OfSubscription(IEventAssignmentOperation subscription)
    {
        if (subscription.EventReference is not IEventReferenceOperation { Event: { } raised } reference) return RunContext.Unknown;
        var contexts = RunContext.Unknown;
        foreach (var entry in _catalogue.FindAll(raised))
            if (entry.Verb is ApiVerb.Runs or ApiVerb.Root && entry.Id[0] == 'E') contexts |= entry.Where;
        if (contexts != RunContext.Unknown) return contexts;
        if (IsHandedBack(raised) && LivesOnLoop(subscription)) return RunContext.EventLoop;
        if (CapturedLoop.IsProgress(raised.ContainingType) && _captured.IsCurrentAt(subscription)) return RunContext.EventLoop;

        if (HandledBy(raised.Type) is { } arguments)
        {
            contexts = _lineage.OfHandler(raised.ContainingType, arguments);
            // PropertyChanged comes from an interface that says nothing; the control that raises it does.
            if (contexts == RunContext.Unknown && reference.Instance?.Type is INamedTypeSymbol receiver)
                contexts = _lineage.OfHandler(receiver, arguments);
            if (contexts == RunContext.Unknown && TypeShape.IsOfToolkit(raised.ContainingType)) return RunContext.EventLoop;
        }

        return contexts == RunContext.Unknown ? RunContext.Later : contexts;
    }

    /// <summary>What a handler is told, the <c>T</c> of <c>(object, T : EventArgs)</c>; null for a delegate of another shape.</summary>
    private static ITypeSymbol? HandledBy(ITypeSymbol type) =>
        type is INamedTypeSymbol { DelegateInvokeMethod.Parameters: { Length: 2 } pair } && TypeShape.IsEventArgs(pair[1].Type)
            ? pair[1].Type
            : null;

    /// <summary>What a worker of the pool tells of its progress and its end, where it was started.</summary>
    private static bool IsHandedBack(IEventSymbol raised) =>
        raised is { Name: "ProgressChanged" or "RunWorkerCompleted", ContainingType.Name: "BackgroundWorker" };

    private bool LivesOnLoop(IOperation place) =>
        place.SemanticModel?.GetEnclosingSymbol(place.Syntax.SpanStart) is { ContainingType: { } type } && _lineage.LivesOnLoop(type);

    private static RunContext OfCallOnDelegate(IInvocationOperation call) => call.TargetMethod switch
    {
        { MethodKind: MethodKind.DelegateInvoke } or { Name: "DynamicInvoke", ContainingType.SpecialType: SpecialType.System_Delegate } =>
            RunContext.Caller,
        { Name: "BeginInvoke" } => RunContext.Pool,
        _ => RunContext.Unknown,
    };

    private RunContext OfAssignment(IAssignmentOperation assignment, LocalMemo memo) => assignment.Target switch
    {
        ILocalReferenceOperation local => OfLocal(local.Local, local, memo),
        // A property of a framework keeps the delegate; a field or property in source is followed by those who read it.
        IPropertyReferenceOperation { Property: var property } when property.DeclaringSyntaxReferences.IsEmpty => OfProperty(property),
        _ => RunContext.Unknown,
    };

    private RunContext OfProperty(IPropertySymbol property) =>
        RunsLines(property).FirstOrDefault(static entry => entry.Id[0] == 'P')?.Where ?? RunContext.Later;

    /// <summary>The join over every use of a local, or unknown if one use cannot be told.</summary>
    private RunContext OfLocal(ILocalSymbol local, IOperation place, LocalMemo memo)
    {
        if (memo.TryGetValue(local, out var known)) return known;
        // A delegate that calls itself through its own local adds nothing to where it runs.
        memo[local] = RunContext.Caller;
        var contexts = RunContext.Unknown;
        foreach (var use in LocalUses.Of(place, local))
        {
            if (use.Parent is IAssignmentOperation assignment && assignment.Target == use) continue;
            var one = OfUse(use, LocalUses.FunctionAround(place), memo);
            if (one == RunContext.Unknown) return memo[local] = RunContext.Unknown;
            contexts |= one;
        }

        return memo[local] = contexts;
    }

    /// <summary>Called at once inside another function means: wherever that function runs.</summary>
    /// <param name="use">The call, or who else receives the delegate.</param>
    /// <param name="home">The function whose local or parameter it is; null for the member's own.</param>
    /// <param name="memo">Locals that are being followed.</param>
    private RunContext OfUse(IOperation use, IOperation? home, LocalMemo memo)
    {
        var contexts = Follow(use, memo);
        if (contexts != RunContext.Caller) return contexts;
        for (var function = LocalUses.FunctionAround(use); function != home; function = LocalUses.FunctionAround(function))
        {
            if (function is not IAnonymousFunctionOperation) return RunContext.Unknown;
            var outer = Of(function, memo);
            if ((outer & RunContext.Caller) == 0) return outer;
        }

        return contexts;
    }
}
