using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Tasks that are complete because of where they come from.
internal sealed partial class BodyReader
{
    /// <summary>Whether the task that this expression gives is known to be complete here.</summary>
    private bool IsComplete(IOperation? expression)
    {
        var operation = ExpressionKeys.Strip(expression);
        switch (operation)
        {
            case IInvocationOperation { TargetMethod: { Name: "FromResult" or "FromException" or "FromCanceled", ContainingType.Name: "Task"
                or "ValueTask" } }:
                return true;
            case IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" }, Arguments: { Length: > 0 } time }
                when NoTime.Is(time[0].Value):
                return true;
            case IInvocationOperation { TargetMethod: var giver, Instance: var owner } when GivesComplete(giver, owner):
            case IInvocationOperation work when IsDoneInMemory(work):
                return true;
            // A dual-mode method asked for its synchronous form has done its work when it returns.
            case IInvocationOperation call when RunsSynchronously(call.Arguments):
                return true;
            case IArrayElementReferenceOperation { Indices: { Length: 1 } at, ArrayReference: var tasks } when IsFirstDone(tasks, at[0]):
                return true;
            case IPropertyReferenceOperation { Property: { Name: "CompletedTask", ContainingType.Name: "Task" or "ValueTask" } }:
                return true;
            case IObjectCreationOperation { Type.Name: "ValueTask", Arguments: { Length: 1 } arguments }
                when !IsTaskLike(arguments[0].Value.Type) && arguments[0].Value.Type?.TypeKind != TypeKind.Interface:
                return true;
            case IAwaitOperation { Operation: var awaited } when IsWhenAny(awaited):
                return true;
            case IDefaultValueOperation { Type.Name: "ValueTask" }:
                return true;
            // Whoever cascades the state of a sign-in has it before he renders anything that looks at it.
            case IMemberReferenceOperation { Type: INamedTypeSymbol { TypeArguments: { Length: 1 } of }, Member: var cascaded }
                when of[0].Name == "AuthenticationState" && cascaded.GetAttributes()
                    .Any(static attribute => attribute.AttributeClass?.Name == "CascadingParameterAttribute"):
                return true;
            case IConditionalOperation choice when choice.WhenFalse is not null:
                return IsComplete(choice.WhenTrue) && IsComplete(choice.WhenFalse);
            case ILocalReferenceOperation { Local: var local } when SingleValue(local) is { } value && _following.Add(local):
                var complete = IsComplete(value);
                _following.Remove(local);
                if (complete) return true;
                break;
            case ILocalReferenceOperation { Local: var local } when _body.HoldsOnlyComplete(local):
            case IMemberReferenceOperation when OfKept(operation, IsComplete) == true:
                return true;
        }

        return ExpressionKeys.Of(operation) is { } key && _body.Facts.IsCompleted(key);
    }

    /// <summary>A member of another assembly that a line tells this of; an override of it may do something else.</summary>
    private bool GivesComplete(IMethodSymbol giver, IOperation? owner) => !SourceModels.HasSource(giver.OriginalDefinition)
        && !IsDispatched(giver.OriginalDefinition, owner)
        && member.EntriesOf(giver).Any(static entry => entry.Verb == ApiVerb.Complete);

    /// <summary>
    /// A value task that somebody out of sight gives: only a complete one may be asked for its result, so who asks mostly knows.
    /// </summary>
    private bool IsPromisedComplete(IOperation? task) => MadeBy(task) switch
    {
        IInvocationOperation { TargetMethod: { Name: "GetAwaiter" or "ConfigureAwait" }, Instance: { } inner } => IsPromisedComplete(inner),
        IInvocationOperation { TargetMethod: { IsAbstract: true, ReturnType.Name: "ValueTask" } asked } =>
            SourceModels.HasSource(asked.OriginalDefinition),
        _ => false,
    };

    /// <summary>A constant for the parameter that chooses between asynchronous and synchronous work chooses the latter.</summary>
    private static bool RunsSynchronously(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } parameter || !BodyBuilder.IsModeSwitch(parameter)) continue;
            if (argument.Value.ConstantValue is { HasValue: true, Value: bool value })
                return value != BodyBuilder.IsAsynchronous(parameter.Name);
            if (ExpressionKeys.Strip(argument.Value) is IFieldReferenceOperation { Field: { HasConstantValue: true, Name: var mode } })
                return !BodyBuilder.IsAsynchronous(mode);
        }

        return false;
    }

    /// <summary>
    /// The body's own parameter that chooses is passed on: whoever asks this body for the synchronous form asks the other.
    /// </summary>
    private bool PassesMode(ImmutableArray<IArgumentOperation> arguments) => arguments.Any(argument =>
        argument.Parameter is { } parameter && BodyBuilder.IsModeSwitch(parameter)
        && _body.OwnParameter(argument.Value) is >= 0 and var own && BodyBuilder.IsModeSwitch(_body.Method!.Parameters[own]));

    /// <summary>
    /// Whether a task that the pattern was asked for has come to its end: <c>{ IsCompleted: true }</c> where it matches, and
    /// <c>{ IsCompleted: false }</c> where it does not.
    /// </summary>
    private static bool TellsOfEnd(IPatternOperation? pattern, bool matches) => pattern switch
    {
        INegatedPatternOperation { Pattern: var negated } => TellsOfEnd(negated, !matches),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both when matches =>
            TellsOfEnd(both.LeftPattern, true) || TellsOfEnd(both.RightPattern, true),
        IRecursivePatternOperation { PropertySubpatterns: var parts } => matches
            ? parts.Any(static part => Asks(part, true))
            : parts.Length == 1 && Asks(parts[0], false),
        _ => false,
    };

    /// <summary>The name that a pattern gives to what it matches.</summary>
    private static string? NamedBy(IPatternOperation? pattern) => pattern switch
    {
        IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol named } => ExpressionKeys.Of(named),
        IBinaryPatternOperation both => NamedBy(both.RightPattern),
        _ => null,
    };

    /// <summary>What has ended where a value matches the pattern or does not: the task, and the name that it is given.</summary>
    private static IEnumerable<PathFact> EndedBy(IOperation value, IPatternOperation? pattern, bool matches) =>
        IsTaskLike(ExpressionKeys.Strip(value)?.Type) && TellsOfEnd(pattern, matches)
            ? new[] { ExpressionKeys.Of(value), matches ? NamedBy(pattern) : null }.OfType<string>()
                .Select(static ended => new PathFact(PathFactKind.Completed, ended))
            : [];

    private static bool Asks(IPropertySubpatternOperation part, bool ended) =>
        part is { Member: IPropertyReferenceOperation { Property.Name: var name }, Pattern: IConstantPatternOperation { Value: var asked } }
        && (name is "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled"
            ? asked.ConstantValue is { HasValue: true, Value: bool end } && end == ended && (ended || name == "IsCompleted")
            : ended && name == "Status" && IsEndOfTask(asked));

    /// <summary><c>var done = task.IsCompleted;</c>: a task that was complete when a local was told of it is complete for good.</summary>
    private IEnumerable<PathFact> ToldTo(ILocalSymbol local, bool value)
    {
        if (SingleValue(local) is not { } asked || !_following.Add(local)) return [];
        // What a parameter was when the local was given it, it is as long as nobody gives it something else.
        var isKept = !asked.DescendantsAndSelf().Any(part => part is IParameterReferenceOperation { Parameter.Name: var name }
            && _body.Assigns(name));
        var facts = Implied(asked, value).Where(fact => fact.Kind == PathFactKind.Completed
            || isKept && fact.Kind is PathFactKind.True or PathFactKind.False or PathFactKind.Passed).ToList();
        _following.Remove(local);
        return facts;
    }

    /// <summary>What has come to its end when the task has: whoever waits with a limit, and goes on, has waited long enough.</summary>
    private static IOperation? Behind(IOperation? task) => task switch
    {
        IInvocationOperation { TargetMethod: { Name: "WaitAsync", ContainingType.Name: "Task" }, Instance: var limited } => limited,
        // A continuation that can be cancelled, or is for some ends only, may be over before the task that it follows.
        IInvocationOperation { TargetMethod: { Name: "ContinueWith" } follower, Instance: var followed }
            when IsTaskLike(follower.ContainingType) && follower.Parameters.All(static parameter =>
                parameter.Type.Name is not ("CancellationToken" or "TaskContinuationOptions")) => followed,
        _ => null,
    };

    /// <summary><c>Task same = task;</c>: the other name of the task that a local is, as long as both keep it.</summary>
    private string? AliasOf(IOperation? task) =>
        task is ILocalReferenceOperation { Local: var local } && ExpressionKeys.Strip(SingleValue(local)) is { } value
        && (value is IParameterReferenceOperation { Parameter: var parameter } && !_body.Assigns(parameter.Name)
            || value is ILocalReferenceOperation { Local: var other } && SingleValue(other) is not null)
            ? ExpressionKeys.Of(value)
            : null;

    private IEnumerable<PathFact> CompletedBySame(ImmutableArray<IArgumentOperation> compared) => compared.Length == 2
        ? CompletedWith(compared[0].Value, compared[1].Value).Concat(CompletedWith(compared[1].Value, compared[0].Value))
        : [];

    /// <summary>Two names of one task: what is known of one holds for the other.</summary>
    private IEnumerable<PathFact> CompletedWith(IOperation known, IOperation other) =>
        IsTaskLike(ExpressionKeys.Strip(known)?.Type) && IsComplete(known) && ExpressionKeys.Of(other) is { } same
            ? [new PathFact(PathFactKind.Completed, same)]
            : [];

    /// <summary><c>try { await task; }</c>: nothing else can have failed, so the task is complete in the handlers.</summary>
    private static IEnumerable<PathFact> FailedIn(IBlockOperation attempt)
    {
        var only = attempt.Operations.Length == 1 ? attempt.Operations[0] : null;
        var awaited = only switch
        {
            IExpressionStatementOperation { Operation: var statement } => ExpressionKeys.Strip(statement) as IAwaitOperation,
            IReturnOperation { ReturnedValue: { } value } => ExpressionKeys.Strip(value) as IAwaitOperation,
            _ => null,
        };
        return ExpressionKeys.Of(awaited?.Operation) is { } key ? [new PathFact(PathFactKind.Completed, key)] : [];
    }

    /// <summary><c>source.SetResult(value)</c>: the task of the source is complete from here on.</summary>
    private void LearnSet(IInvocationOperation call)
    {
        if (call.TargetMethod is { ContainingType.Name: "TaskCompletionSource" } setter && setter.Name.Contains("Set")
            && ExpressionKeys.Of(call.Instance) is { } source)
            _body.Facts = _body.Facts.And(new PathFact(PathFactKind.Completed, source + ".Task"));
    }

    /// <summary>
    /// <c>form.Invoke(() => { source.SetResult(Ask()); })</c>: a function that is run before the call returns has set the source.
    /// </summary>
    private void LearnSetBy(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is not ("Invoke" or "Send") || IsTaskLike(call.TargetMethod.ReturnType)) return;
        foreach (var argument in call.Arguments)
        {
            if (FunctionIn(argument.Value) is not { Symbol.IsAsync: false, Body.Operations: var statements }) continue;
            foreach (var statement in statements)
            {
                if (statement is IExpressionStatementOperation { Operation: IInvocationOperation set }) LearnSet(set);
            }
        }
    }

    /// <summary><c>new MethodInvoker(() => …)</c>, however often it is wrapped.</summary>
    private static IAnonymousFunctionOperation? FunctionIn(IOperation? value)
    {
        value = ExpressionKeys.Strip(value);
        while (value is IDelegateCreationOperation creation) value = ExpressionKeys.Strip(creation.Target);
        return value as IAnonymousFunctionOperation;
    }

    /// <summary><c>var winner = await Task.WhenAny(a, b); if (winner != a) …</c>: then it is the other one.</summary>
    private string? OtherOfTwo(IOperation winner, IOperation asked)
    {
        if (MadeBy(winner) is not IAwaitOperation { Operation: var first } || !IsWhenAny(first)) return null;
        var arguments = ((IInvocationOperation)ExpressionKeys.Strip(first)!).Arguments;
        var tasks = arguments.Length == 2 ? [arguments[0].Value, arguments[1].Value] : ElementsOf(ExpressionKeys.Strip(arguments[0].Value));
        if (tasks is not { Count: 2 } || ExpressionKeys.Of(asked) is not { } key) return null;
        if (ExpressionKeys.Of(tasks[0]) == key) return ExpressionKeys.Of(tasks[1]);
        return ExpressionKeys.Of(tasks[1]) == key ? ExpressionKeys.Of(tasks[0]) : null;
    }

    /// <summary>
    /// <c>await Task.WhenAny(a, b); if (a.IsCompleted) … else …</c>: of two, one has ended, and if not this one, then the other.
    /// </summary>
    private void LearnRace(IOperation? awaited)
    {
        if (awaited is null || !IsWhenAny(awaited)) return;
        var arguments = ((IInvocationOperation)awaited).Arguments;
        var tasks = arguments.Length == 2 ? [arguments[0].Value, arguments[1].Value] : ElementsOf(ExpressionKeys.Strip(arguments[0].Value));
        if (tasks is not { Count: 2 } || ExpressionKeys.Of(ExpressionKeys.Strip(tasks[0])) is not { } one
            || ExpressionKeys.Of(ExpressionKeys.Strip(tasks[1])) is not { } other) return;
        // Named after each, so that either is forgotten with what it is given next.
        _body.Facts = _body.Facts.And(new PathFact(PathFactKind.Raced, one + Against + other))
            .And(new PathFact(PathFactKind.Raced, other + Against + one));
    }

    private const string Against = ".against.";

    private IEnumerable<PathFact> OtherInRace(string pending) =>
        from fact in _body.Facts.All
        where fact.Kind == PathFactKind.Raced && fact.Expression.StartsWith(pending + Against, StringComparison.Ordinal)
        let other = fact.Expression.Substring(pending.Length + Against.Length)
        where _body.Facts.Knows(PathFactKind.Raced, other + Against + pending)
        select new PathFact(PathFactKind.Completed, other);

    private string? WinnerOf(IOperation race, IOperation asked) =>
        MadeBy(race) is IAwaitOperation { Operation: var awaited } && IsWhenAny(awaited) ? ExpressionKeys.Of(asked) : null;

    private static bool IsWhenAny(IOperation operation) =>
        ExpressionKeys.Strip(operation) is IInvocationOperation { TargetMethod: { Name: "WhenAny", ContainingType.Name: "Task" } };

    /// <summary><c>tasks[Task.WaitAny(tasks)]</c>, the index perhaps in a local.</summary>
    private bool IsFirstDone(IOperation tasks, IOperation index) =>
        WaitedForAny(index) is { } waited && ExpressionKeys.Of(waited) is { } key && key == ExpressionKeys.Of(tasks);

    /// <summary><c>var index = Task.WaitAny(a, b); if (index == 1) …</c>: the task that a constant index stands for.</summary>
    private string? ChosenByIndex(IBinaryOperation comparison) =>
        comparison.RightOperand.ConstantValue is { HasValue: true, Value: int and >= 0 and var place }
        && ElementsOf(WaitedForAny(comparison.LeftOperand)) is { } tasks && place < tasks.Count
            ? ExpressionKeys.Of(ExpressionKeys.Strip(tasks[place]))
            : null;

    private IOperation? WaitedForAny(IOperation? index) =>
        MadeBy(index) is IInvocationOperation
        {
            TargetMethod: { Name: "WaitAny", ContainingType.Name: "Task" }, Arguments: { Length: > 0 } arguments,
        }
            ? ExpressionKeys.Strip(arguments[0].Value)
            : null;

    /// <summary>What an array or collection expression lists, written or made for <c>params</c>; null for anything else.</summary>
    private static IReadOnlyList<IOperation>? ElementsOf(IOperation? tasks) => tasks switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        IObjectCreationOperation { Initializer: { } initializer } => [.. initializer.Initializers
            .OfType<IInvocationOperation>().Where(static add => add.Arguments.Length == 1).Select(static add => add.Arguments[0].Value)],
        null or IObjectCreationOperation or IInvocationOperation or ILocalReferenceOperation or IParameterReferenceOperation
            or IMemberReferenceOperation => null,
        // A collection expression, which newer Roslyns have an operation of its own for.
        _ => [.. tasks.ChildOperations],
    };

    /// <summary>What has ended when a condition came out with the given value; null where the condition asks for something else.</summary>
    private IEnumerable<PathFact>? EndedWhen(IOperation condition, bool value)
    {
        switch (condition)
        {
            case IPropertyReferenceOperation { Property: { Name: "IsSet", ContainingType: var type } } set
                when value && IsEvent(type) && ExpressionKeys.Of(set.Instance) is { } key:
                return [new PathFact(PathFactKind.Completed, key)];
            // `finished.Equals(task)`
            case IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } finished, Arguments: { Length: 1 } asked }
                when value && IsTaskLike(finished.Type)
                    && (WinnerOf(finished, asked[0].Value) ?? WinnerOf(asked[0].Value, finished)) is { } won:
                return [new PathFact(PathFactKind.Completed, won)];
            case IInvocationOperation { TargetMethod: { Name: "Wait", ContainingType.Name: "Task" }, Instance: { } task }
                when value && ExpressionKeys.Of(task) is { } key:
                return [new PathFact(PathFactKind.Completed, key)];
            case IInvocationOperation { TargetMethod: { Name: "WaitAll", ContainingType.Name: "Task" }, Arguments: { Length: > 0 } tasks }
                when value && ExpressionKeys.Of(tasks[0].Value) is { } key:
                return [new PathFact(PathFactKind.Completed, key + PathFacts.EveryElement)];
            // `task.IsCompleted is false`
            case IIsPatternOperation
            {
                Value: { Type.SpecialType: SpecialType.System_Boolean } asked,
                Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool answer } },
            }:
                return Implied(asked, value == answer);
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var end }, Value: var status }
                when value && IsEndOfTask(end) && TaskOfStatus(status) is { } key:
                return [new PathFact(PathFactKind.Completed, key)];
            case IIsPatternOperation { Pattern: var pattern } match
                when EndedBy(match.Value, pattern, value).ToList() is { Count: > 0 } ended:
                return ended;
            // `await task; if (task is Task<string> text) …`: the same task under another name.
            case IIsPatternOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol named } } match
                when value && IsTaskLike(named.Type) && IsComplete(match.Value):
                return [new PathFact(PathFactKind.Completed, ExpressionKeys.Of(named))];
            default:
                return null;
        }
    }

    /// <summary>The parameter of a ContinueWith callback, or the awaiter inside its own OnCompleted callback, is complete.</summary>
    private bool InContinuationOf(IOperation? task)
    {
        var operation = ExpressionKeys.Strip(task);
        if (operation is ILocalReferenceOperation { Local: var element } && LoopOver(operation, element) is { } sequence)
            return InContinuationOf(sequence);
        var symbol = operation switch
        {
            IParameterReferenceOperation reference => (ISymbol)reference.Parameter,
            ILocalReferenceOperation reference => reference.Local,
            _ => null,
        };
        if (symbol is null && ExpressionKeys.Of(operation) is null) return false;
        for (var parent = operation!.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is not IAnonymousFunctionOperation function || HandedTo.Call(function) is not { } call) continue;
            // `tasks.Sum(task => task.Result)`: each of those that the continuation follows.
            if (symbol is IParameterSymbol each && SymbolEqualityComparer.Default.Equals(each.ContainingSymbol, function.Symbol)
                && call.TargetMethod.ContainingType.Name is "Enumerable" or "Array" && call.Arguments.Length > 1
                && ExpressionKeys.Strip(call.Arguments[0].Value) is { } walked && ExpressionKeys.Of(walked) is not null)
                return InContinuationOf(walked);
            if (call.TargetMethod.Name is "ContinueWith" or "ContinueWhenAll" or "ContinueWhenAny" && symbol is IParameterSymbol parameter
                && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function.Symbol))
            {
                return true;
            }

            if (call.TargetMethod.Name is not ("ContinueWith" or "OnCompleted" or "UnsafeOnCompleted")) continue;
            // `Task.WhenAll(tasks).ContinueWith(_ => tasks[0].Result)`: all of them have ended.
            var all = operation is IArrayElementReferenceOperation { ArrayReference: var list } ? list : operation;
            if (Followed(call.Instance).Any(followed => followed == ExpressionKeys.Of(operation) || followed == ExpressionKeys.Of(all)))
                return true;
        }

        return false;
    }

    /// <summary>The tasks behind which a continuation runs: <c>Task.WhenAll(left, right).ContinueWith(…)</c>.</summary>
    private static IEnumerable<string> Followed(IOperation? task)
    {
        if (ExpressionKeys.Of(task) is { } key) return [key];
        if (ExpressionKeys.Strip(task)
            is not IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType.Name: "Task" }, Arguments: { Length: 1 } all })
            return [];
        var tasks = ExpressionKeys.Strip(all[0].Value);
        return (ElementsOf(tasks) ?? [tasks!]).Select(ExpressionKeys.Of).OfType<string>();
    }

    /// <summary>What the loop around a place goes through, whose element a local is.</summary>
    private static IOperation? LoopOver(IOperation place, ILocalSymbol element)
    {
        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IForEachLoopOperation each && each.Locals.Contains(element)) return ExpressionKeys.Strip(each.Collection);
        }

        return null;
    }
}
