using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Lambdas, local functions and delegates: bodies of their own, unless their receiver runs them at once.
internal sealed partial class BodyReader
{
    private void VisitFunction(IAnonymousFunctionOperation function)
    {
        var contexts = member.EntryPoints.OfDelegate(function);
        if (!function.Symbol.IsAsync && (contexts & RunContext.Caller) != 0 && !IsOfQueryOfOthers(function) && !RunsWhereCalled(function))
        {
            // Run at once by its receiver: its statements are the enclosing body's. What a body elsewhere was seen to do is told as one in
            // source is: the call reaches what the function does.
            if (RunnerOf(function) is not { } runner) Inline(function);
            else
            {
                ReadNested(function.Symbol, function.Syntax, function.Body, contexts & ~RunContext.Caller, LocksAround(function));
                AddCall(runner, MemberReader.NameOf(runner.TargetMethod), NestedKey(function.Syntax), Dispatch.Direct, null, NoArguments);
            }

            return;
        }

        contexts |= TypeShape.OfAsync(function.Symbol);
        ReadNested(function.Symbol, function.Syntax, function.Body, contexts & ~RunContext.Caller, LocksAround(function));
    }

    /// <summary>The call of a member that runs a function at once, as its compiled body tells; null for any other.</summary>
    private IInvocationOperation? RunnerOf(IOperation function)
    {
        var value = function.Parent;
        while (value is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation) value = value.Parent;
        return value is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var target } call }
            && !SourceModels.HasSource(target.OriginalDefinition)
            && member.EntriesOf(target).Any(static entry => entry.Verb == ApiVerb.Runs && entry.Via.Count > 0) ? call : null;
    }

    private void Inline(IAnonymousFunctionOperation function)
    {
        var (facts, deferred, locks) = (_body.Facts, _body.Deferred, _body.Locks);
        if (!locks.IsEmpty && IsWalkedOutsideLock(function)) _body.Locks = ImmutableArray<string>.Empty;
        TrackRelease(function);
        if (MakesEntryOf(function) is { } key) _body.Facts = facts.And(new PathFact(PathFactKind.Missing, key));
        _body.Deferred |= IsOfDeferredQuery(function);
        Visit(function.Body);
        (_body.Facts, _body.Deferred, _body.Locks) = (facts, deferred, locks);
    }

    private void VisitLocalFunction(ILocalFunctionOperation function) =>
        ReadNested(function.Symbol, function.Syntax, function.Body ?? function.IgnoredBody, member.EntryPoints.Of(function),
            ImmutableArray<string>.Empty);

    private void ReadNested(
        IMethodSymbol symbol, SyntaxNode syntax, IOperation? body, RunContext contexts, ImmutableArray<string> locksAround)
    {
        if (body is null) return;
        var outer = _body;
        var name = symbol.MethodKind == MethodKind.LocalFunction ? symbol.Name : $"lambda in {NameOfHome(symbol)}";
        // It runs when its receiver says, not where the coroutine around it has gone.
        var known = outer.Facts.Forget(Pool);
        // `_save ??= new Command(() => Save())`: the command is made once, and runs at every click. What is started at once is not kept.
        if ((contexts & (RunContext.Pool | RunContext.Dedicated)) == 0) known = known.Forget(PathFactKind.Missing);
        _body = new BodyBuilder(NestedKey(syntax), name, symbol, syntax, contexts) { Facts = known, LocksAround = locksAround };
        foreach (var pair in outer.Locals) _body.Locals.Add(pair.Key, pair.Value);
        // What was known outside need not hold when a stored delegate runs; completed tasks stay complete.
        if (symbol.MethodKind == MethodKind.LocalFunction) _body.Facts = PathFacts.None;
        Visit(body);
        Finish(CpuCost.Of(body, symbol, cancellation));
        _body = outer;
    }

    /// <summary>The member around a lambda, however deep it stands, or what it initialises.</summary>
    private static string NameOfHome(IMethodSymbol lambda)
    {
        var home = lambda.ContainingSymbol;
        while (home is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction }) home = home.ContainingSymbol;
        return home switch
        {
            IMethodSymbol method => MemberReader.NameOf(method),
            IFieldSymbol or IPropertySymbol => home.Name,
            _ => "initialiser",
        };
    }

    private string NestedKey(SyntaxNode syntax) => BodyKey.Nested(ownerKey, syntax.SpanStart - ownerStart);

    private string? NestedKey(IMethodSymbol function) =>
        function.DeclaringSyntaxReferences.Length == 1
            ? BodyKey.Nested(ownerKey, function.DeclaringSyntaxReferences[0].Span.Start - ownerStart)
            : null;

    private void VisitMethodReference(IMethodReferenceOperation reference)
    {
        Visit(reference.Instance);
        var contexts = member.EntryPoints.OfDelegate(reference);
        if ((contexts & RunContext.Parallel) != 0 && KeyOf(reference.Method) is { } parallel) _body.RunParallel(parallel);
        if ((contexts & RunContext.Caller) == 0)
        {
            if (IsKnownOutside(reference.Method)) ReadOutside(reference, contexts);
            return;
        }

        if (IsOfQueryOfOthers(reference) || RunsWhereCalled(reference))
        {
            if (IsKnownOutside(reference.Method)) ReadOutside(reference, contexts & ~RunContext.Caller);
            return;
        }

        var (facts, deferred, locks) = (_body.Facts, _body.Deferred, _body.Locks);
        if (!locks.IsEmpty && IsWalkedOutsideLock(reference)) _body.Locks = ImmutableArray<string>.Empty;
        TrackRelease(reference);
        if (MakesEntryOf(reference) is { } key) _body.Facts = facts.And(new PathFact(PathFactKind.Missing, key));
        _body.Deferred |= IsOfDeferredQuery(reference);
        if (reference.Method.MethodKind == MethodKind.LocalFunction) CallNested(reference, reference.Method, NoArguments);
        else Call(reference, reference.Method, reference.Instance, NoArguments, reference.IsVirtual);
        (_body.Facts, _body.Deferred, _body.Locks) = (facts, deferred, locks);
    }

    /// <summary><c>Pipe(path, File.ReadAllText)</c>: a body of its own, which does what the catalogue says.</summary>
    private void ReadOutside(IMethodReferenceOperation reference, RunContext contexts)
    {
        var outer = _body;
        _body = new BodyBuilder(NestedKey(reference.Syntax), DisplayName(reference.Method), null, reference.Syntax, contexts);
        Known(reference, reference.Method, reference.Instance, NoArguments);
        Finish(CpuShape.Empty);
        _body = outer;
    }

    private bool IsKnownOutside(IMethodSymbol method) => !SourceModels.HasSource(method.OriginalDefinition)
        && member.EntriesOf(method).Any(static entry => entry.Verb is ApiVerb.Blocks or ApiVerb.Burns);

    private string? KeyOf(IMethodSymbol method) =>
        method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? NestedKey(method) : member.KeyOf(method);

    private void CallNested(IOperation site, IMethodSymbol function, ImmutableArray<IArgumentOperation> arguments)
    {
        var use = IsSequence(function.ReturnType) ? UseOf(site) : SequenceUse.None;
        // An iterator runs when it is enumerated, not when it is called.
        var isIterator = (member.ShapeOf(function) & SymbolShape.Iterator) != 0;
        if (isIterator && use == SequenceUse.None || NestedKey(function) is not { } key) return;
        AddCall(site, function.Name, key, Dispatch.Direct, function, arguments, use, isIterator && use == SequenceUse.GivenOn);
    }

    /// <summary>A delegate is invoked: a parameter, a local or a field that has one assignment.</summary>
    private void CallDelegate(IInvocationOperation invocation)
    {
        var callee = ExpressionKeys.Strip(invocation.Instance);
        switch (callee)
        {
            case IParameterReferenceOperation reference when _body.IsOwn(reference.Parameter):
                _body.Add(RunOf(reference.Parameter, invocation));
                break;
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol around } parameter }
                when KeyOf(around) is { } owner:
                _body.Add(RunOf(parameter, invocation) with { ParameterOf = owner });
                break;
            case ILocalReferenceOperation { Local: var local } when SingleValue(local) is { } value && FunctionKey(value) is { } key
                && !RunsWhereItIsNamed(value):
                AddCall(invocation, local.Name, key, Dispatch.Direct, null, NoArguments);
                break;
            case IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field }
                when SourceModels.HasSource(field) && member.KeyOf(field) is { } key:
                member.Remember(key, field.OriginalDefinition);
                AddCall(invocation, field.Name, BodyKey.Field + key, Dispatch.Field, null, NoArguments);
                break;
            case IEventReferenceOperation { Event: { IsAbstract: false, IsOverride: false, AddMethod.IsImplicitlyDeclared: true } raised }
                when SourceModels.HasSource(raised) && member.KeyOf(raised) is { } key:
                member.Remember(key, raised.OriginalDefinition);
                AddCall(invocation, raised.Name, BodyKey.Field + key, Dispatch.Field, null, NoArguments);
                break;
            case IPropertyReferenceOperation { Property: { SetMethod: null or { DeclaredAccessibility: Accessibility.Private } } property }
                when (IsAutoProperty(property) || property is { SetMethod: null, IsVirtual: false, IsOverride: false, IsAbstract: false })
                    && SourceModels.HasSource(property) && member.KeyOf(property) is { } key:
                member.Remember(key, property.OriginalDefinition);
                AddCall(invocation, property.Name, BodyKey.Field + key, Dispatch.Field, null, NoArguments);
                break;
        }
    }

    /// <summary><c>Func&lt;string&gt; load = Load; load();</c>: all calls are seen, and what is named was read at the name.</summary>
    private bool RunsWhereItIsNamed(IOperation value)
    {
        while (ExpressionKeys.Strip(value) is IDelegateCreationOperation creation) value = creation.Target;
        return value is IMethodReferenceOperation named && !_calledLater.Contains(named.Syntax)
            && (member.EntryPoints.OfDelegate(named) & RunContext.Caller) != 0;
    }

    private Step RunOf(IParameterSymbol parameter, IOperation site) =>
        StepAt(site, StepKind.RunsParameter, parameter.Name) with { Parameter = parameter.Ordinal, Once = _body.IsOnce };

    /// <summary>The body behind a delegate expression, where it is seen.</summary>
    private string? FunctionKey(IOperation? value)
    {
        value = ExpressionKeys.Strip(value);
        while (value is IDelegateCreationOperation creation) value = creation.Target;
        return value switch
        {
            IAnonymousFunctionOperation function => NestedKey(function.Syntax),
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local } => NestedKey(local),
            IMethodReferenceOperation { Method: var method } when SourceModels.HasSource(method.OriginalDefinition) => member.KeyOf(method),
            IMethodReferenceOperation { Method: var outside } when IsKnownOutside(outside) => NestedKey(value.Syntax),
            ILocalReferenceOperation { Local: var local } when SingleValue(local) is { } given =>
                Following(local, () => FunctionKey(given)),
            _ => null,
        };
    }

    /// <summary>
    /// Looks behind a local, unless it is being looked behind already: a local may be given something that speaks of itself.
    /// </summary>
    private string? Following(ILocalSymbol local, Func<string?> look)
    {
        if (!_following.Add(local)) return null;
        var found = look();
        _following.Remove(local);
        return found;
    }

    /// <summary>What the call site knows about each argument, by the ordinal of the target's parameter.</summary>
    private ImmutableArray<ArgumentFact> Arguments(IMethodSymbol? target, ImmutableArray<IArgumentOperation> arguments, IOperation site)
    {
        if (target is null) return ImmutableArray<ArgumentFact>.Empty;
        var receiver = ExtendedBy(target, site);
        if (receiver is null && arguments.IsEmpty) return ImmutableArray<ArgumentFact>.Empty;
        var count = Math.Max(target.Parameters.Length, (target.ReducedFrom ?? target).Parameters.Length);
        var facts = new ArgumentFact[receiver is null ? count : count + 1];
        if (receiver is not null) facts[count] = Origin(receiver);
        var any = receiver is not null && facts[count] != default;
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } parameter || parameter.Ordinal >= count) continue;
            var fact = ArgumentOf(argument.Value, parameter) with { IsOf = DeclaredAs(argument.Value) };
            facts[parameter.Ordinal] = fact;
            any |= fact.Knowledge != ArgumentKnowledge.Unknown || fact.IsRecord || fact.Text is not null || fact.IsOf is not null;
        }

        return any ? ImmutableArray.Create(facts) : ImmutableArray<ArgumentFact>.Empty;
    }

    private ArgumentFact ArgumentOf(IOperation value, IParameterSymbol parameter)
    {
        if (ExpressionKeys.Strip(value)?.ConstantValue is { HasValue: true, Value: bool constant })
            return new ArgumentFact(constant ? ArgumentKnowledge.True : ArgumentKnowledge.False);
        if (NoTime.Is(value)
            // What a field keeps is asked for where a time is wanted, and not of every argument.
            || parameter.Type.Name == "TimeSpan" && OfKept(value, NoTime.Is) == true) return new ArgumentFact(ArgumentKnowledge.Zero);
        if (parameter.Type.SpecialType == SpecialType.System_Boolean) return BoolArgument(value);
        if (NumberIn(value) is { } number)
            return number == 0 ? new ArgumentFact(ArgumentKnowledge.Zero) : new ArgumentFact(ArgumentKnowledge.Number, Number: number);
        if (parameter.Type.TypeKind == TypeKind.Delegate && FunctionKey(value) is { } function)
            return new ArgumentFact(ArgumentKnowledge.Function, Function: function);
        if (IsSequence(parameter.OriginalDefinition.Type) && IteratorKey(value) is { } iterator)
            return new ArgumentFact(ArgumentKnowledge.Function, Function: iterator);
        if (IsTaskLike(parameter.Type) && IsComplete(value)) return new ArgumentFact(ArgumentKnowledge.Completed);
        if (IsQuery(parameter.Type) && AnswerOf(value) is not ArgumentKnowledge.Unknown and var answered) return new ArgumentFact(answered);
        var isText = parameter.Type.SpecialType == SpecialType.System_String;
        if (isText && IsMadeOfRecord(value)) return new ArgumentFact(ArgumentKnowledge.Unknown, IsRecord: true);
        // A parameter of type MemoryStream is in memory whoever passes it.
        var origin = CarriesBytes(value) ? Origin(value) : default;
        // What somebody gives as an object is given on as its text.
        var made = isText ? Serialised(value) : null;
        var own = _body.OwnParameter(made ?? value);
        if (own >= 0 && origin.Knowledge is not (ArgumentKnowledge.InMemory or ArgumentKnowledge.Device))
            return new ArgumentFact(
                ArgumentKnowledge.Parameter, own, Types: OnlyTypes(value, parameter), IsRecord: IsGivenAsRecord(value, parameter),
                IsText: made is not null);
        if (origin != default) return origin;
        var types = MadeAs(value, parameter);
        var text = isText ? TextIn(value) : null;
        return new ArgumentFact(
            types is null ? ArgumentKnowledge.Unknown : ArgumentKnowledge.Made, Types: types, IsRecord: IsGivenAsRecord(value, parameter),
            Text: text);
    }

    /// <summary>A whole number that is written down here, or in the local that is given.</summary>
    private long? NumberIn(IOperation value) => Kept(value) is { } given ? Constant(given) as long? : null;

    /// <summary>What a local was made with that nobody gives anything else; anything else itself.</summary>
    private IOperation? Kept(IOperation value) => ExpressionKeys.Strip(value) switch
    {
        ILocalReferenceOperation { Local: var local } when !_body.Assigns(local.Name) && SingleValue(local) is { } made =>
            ExpressionKeys.Strip(made),
        var other => other,
    };

    /// <summary>A short text that is written down here, or in the local that is given: the name of a mode.</summary>
    private string? TextIn(IOperation value)
    {
        const int Longest = 64;
        return Kept(value) is { ConstantValue: { HasValue: true, Value: string { Length: <= Longest } text } } ? text : null;
    }

    private ArgumentFact BoolArgument(IOperation value)
    {
        if (ExpressionKeys.Strip(value) is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var opposite })
        {
            return BoolArgument(opposite) switch
            {
                { Knowledge: ArgumentKnowledge.True } => new ArgumentFact(ArgumentKnowledge.False),
                { Knowledge: ArgumentKnowledge.False } => new ArgumentFact(ArgumentKnowledge.True),
                { Knowledge: ArgumentKnowledge.Parameter } given => given with { IsNegated = !given.IsNegated },
                _ => default,
            };
        }

        if (ExpressionKeys.Of(value) is { } key)
        {
            if (_body.Facts.Knows(PathFactKind.True, key)) return new ArgumentFact(ArgumentKnowledge.True);
            if (_body.Facts.Knows(PathFactKind.False, key)) return new ArgumentFact(ArgumentKnowledge.False);
        }

        if (Kept(value) is { ConstantValue: { HasValue: true, Value: bool written } })
            return new ArgumentFact(written ? ArgumentKnowledge.True : ArgumentKnowledge.False);
        var own = _body.OwnParameter(Kept(value));
        return own >= 0 ? new ArgumentFact(ArgumentKnowledge.Parameter, own) : default;
    }

    private bool IsWhenElementsComplete(IInvocationOperation invocation)
    {
        var source = invocation switch
        {
            { TargetMethod: { IsExtensionMethod: true } linq, Arguments.Length: > 1 } when IsLinq(linq) => invocation.Arguments[0].Value,
            // The list's own, and the array's.
            { TargetMethod: { Name: "ForEach" or "ConvertAll", ContainingType.Name: "List" or "Array" } } =>
                invocation.Instance ?? invocation.Arguments[0].Value,
            _ => null,
        };
        if (source is null) return false;
        return !_body.Facts.IsEmpty && ExpressionKeys.Of(Source(source)) is { } key
            && _body.Facts.Knows(PathFactKind.Completed, key + PathFacts.EveryElement)
            || IsFilteredToComplete(source);
    }

    /// <summary><c>tasks.Where(t =&gt; t.IsCompleted)</c>, and what further filters leave of it.</summary>
    private bool IsFilteredToComplete(IOperation source)
    {
        while (ExpressionKeys.Strip(source)
            is IInvocationOperation { TargetMethod: { IsExtensionMethod: true } linq, Arguments.Length: > 0 } call && IsLinq(linq))
        {
            if (linq.Name == "Where" && call.Arguments.Length > 1
                && ElementLambda(call.Arguments[1].Value) is { Symbol.Parameters.IsEmpty: false } filter
                && filter.Body.Operations.Length == 1 && filter.Body.Operations[0] is IReturnOperation { ReturnedValue: { } condition }
                && Implied(condition, true).Contains(new PathFact(PathFactKind.Completed, ExpressionKeys.Of(filter.Symbol.Parameters[0]))))
            {
                return true;
            }

            if (linq.Name
                is not ("Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "Take" or "Skip" or "Distinct" or "ToList" or "ToArray"
                    or "Reverse")) return false;
            source = call.Arguments[0].Value;
        }

        return false;
    }

    private static IAnonymousFunctionOperation? ElementLambda(IOperation argument) =>
        ExpressionKeys.Strip(argument) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation function } ? function : null;

    /// <summary><c>tasks.Select(t =&gt; t.Result)</c> after all tasks were awaited: the lambda's parameter is complete.</summary>
    private void PrepareElementLambda(IOperation argument)
    {
        if (ElementLambda(argument) is { Symbol.Parameters: { IsEmpty: false } parameters })
            _body.Facts = _body.Facts.And(new PathFact(PathFactKind.Completed, ExpressionKeys.Of(parameters[0])));
    }
}
