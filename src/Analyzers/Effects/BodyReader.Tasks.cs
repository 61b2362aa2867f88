using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What is known of tasks: complete or not.
internal sealed partial class BodyReader
{
    private static bool ReturnsTask(IMethodSymbol method) => IsTaskLike(method.ReturnType);

    private static bool IsTaskLike(ITypeSymbol? type) =>
        type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    private void VisitAwait(IAwaitOperation await)
    {
        Visit(await.Operation);
        CallAwaiter(await);
        if (!IsComplete(await.Operation))
            _body.Suspend(ComesBack(await.Operation), await.Syntax.Span, TaskSource(await.Operation));
        Learn(await.Operation);
        FollowThread(await.Operation);
    }

    /// <summary>After this expression was waited for, which tasks are complete?</summary>
    private void Learn(IOperation awaited)
    {
        var operation = ExpressionKeys.Strip(awaited);
        while (Behind(operation) is { } inner) operation = ExpressionKeys.Strip(inner);
        if (MadeBy(operation) is IInvocationOperation { TargetMethod: { Name: "WhenAll" or "WaitAll", ContainingType.Name: "Task" } } all)
        {
            foreach (var argument in all.Arguments) LearnAll(argument.Value);
            if (operation == all) return;
        }

        // `await (_load = LoadAsync())`: what is awaited has a name from now on.
        if (operation is IAssignmentOperation { Target: var kept, Value: var awaitedToo })
        {
            Learn(awaitedToo);
            operation = kept;
        }

        // `await Task.WhenAny(task)`: waits for it, and throws nothing.
        if (operation is IInvocationOperation { Arguments: { Length: 1 } raced } && IsWhenAny(operation)
            && ElementsOf(ExpressionKeys.Strip(raced[0].Value)) is { Count: 1 } only) Learn(only[0]);
        LearnRace(operation);
        // An awaited ValueTask may be consumed: its Result is not to be read again, complete or not.
        if (operation?.Type is { Name: "ValueTask" }) return;
        // `task ?? Task.CompletedTask`: what there is was waited for.
        if (operation is ICoalesceOperation { Value: var perhaps }) operation = ExpressionKeys.Strip(perhaps);
        if (ExpressionKeys.Of(operation) is { } key) _body.Facts = _body.Facts.And(new PathFact(PathFactKind.Completed, key));
        if (AliasOf(operation) is { } alias) _body.Facts = _body.Facts.And(new PathFact(PathFactKind.Completed, alias));
        // A task of tasks is waited for with what it gives.
        if (operation is IInvocationOperation { TargetMethod: { Name: "Unwrap", IsStatic: true }, Arguments: { Length: 1 } outer }
            && ExpressionKeys.Of(outer[0].Value) is { } given)
            _body.Facts = _body.Facts.And(new PathFact(PathFactKind.Completed, given));
    }

    private void LearnAll(IOperation tasks)
    {
        if (ExpressionKeys.Strip(tasks) is ILocalReferenceOperation { Local: var kept })
        {
            // What the list was made with and was given since.
            foreach (var element in ElementsOf(ExpressionKeys.Strip(SingleValue(kept))) ?? []) Learn(element);
            foreach (var element in _body.AddedTo(kept)) Learn(element);
        }

        switch (ExpressionKeys.Strip(tasks))
        {
            case { } list when ElementsOf(list) is { } elements
                && elements.Any(static element => IsTaskLike(ExpressionKeys.Strip(element)?.Type)):
                foreach (var element in elements) Learn(element);
                return;
            case { } other when ExpressionKeys.Of(other) is { } direct && IsTaskLike(other.Type):
                _body.Facts = _body.Facts.And(new PathFact(PathFactKind.Completed, direct));
                return;
            case IInvocationOperation { TargetMethod: { Name: "Concat" or "Union" or "Append" }, Arguments: { Length: 2 } both }:
                LearnAll(both[0].Value);
                LearnAll(both[1].Value);
                return;
            case { } other when ExpressionKeys.Of(Source(other)) is { } key:
                _body.Facts = _body.Facts.And(new PathFact(PathFactKind.Completed, key + PathFacts.EveryElement));
                return;
        }
    }

    /// <summary>The collection behind LINQ operators and the views of a dictionary.</summary>
    private static IOperation? Source(IOperation? collection)
    {
        while (true)
        {
            switch (ExpressionKeys.Strip(collection))
            {
                case IInvocationOperation { TargetMethod: { IsExtensionMethod: true } operation, Arguments.Length: > 0 } linq
                    when IsLinq(operation):
                    collection = linq.Arguments[0].Value;
                    continue;
                // Lists have a copy of their own that hides LINQ's.
                case IInvocationOperation { TargetMethod.Name: "ToArray" or "AsReadOnly" or "ToImmutable", Instance: { } list }:
                    collection = list;
                    continue;
                case IPropertyReferenceOperation { Property.Name: "Values", Instance: { } dictionary }:
                    collection = dictionary;
                    continue;
                case { } other: return other;
                default: return null;
            }
        }
    }

    private static bool IsLinq(IMethodSymbol method) => method.ContainingNamespace is { Name: "Linq", ContainingNamespace.Name: "System" };

    /// <summary>The variable of a loop over completed tasks is complete.</summary>
    private void ElementFacts(IForEachLoopOperation each)
    {
        // Task.WhenEach gives each task when it is complete.
        if (ExpressionKeys.Strip(each.Collection)
            is not IInvocationOperation { TargetMethod: { Name: "WhenEach", ContainingType.Name: "Task" } })
        {
            var isKnown = !_body.Facts.IsEmpty && ExpressionKeys.Of(Source(each.Collection)) is { } key
                && _body.Facts.Knows(PathFactKind.Completed, key + PathFacts.EveryElement);
            if (!isKnown && !IsFilteredToComplete(each.Collection)) return;
        }

        foreach (var local in each.Locals)
            _body.Facts = _body.Facts.And(new PathFact(PathFactKind.Completed, ExpressionKeys.Of(local)));
    }

    /// <summary><c>foreach (var task in tasks) await task;</c>: behind the loop each of them is complete.</summary>
    private static IEnumerable<PathFact> AwaitedOneByOne(IForEachLoopOperation each)
    {
        var body = each.Body is IBlockOperation { Operations: { Length: > 0 } statements } ? statements[0] : each.Body;
        return each.Locals.Length == 1 && body is IExpressionStatementOperation { Operation: var first }
            && ExpressionKeys.Strip(first) is IAwaitOperation { Operation: var awaited }
            && ExpressionKeys.Strip(awaited) is ILocalReferenceOperation { Local: var task }
            && SymbolEqualityComparer.Default.Equals(task, each.Locals[0]) && ExpressionKeys.Of(each.Collection) is { } tasks
                ? [new PathFact(PathFactKind.Completed, tasks + PathFacts.EveryElement)]
                : [];
    }

    /// <summary><c>for (var i = 0; i &lt; tasks.Length; i++) await tasks[i];</c></summary>
    private IEnumerable<PathFact> AwaitedByIndex(IForLoopOperation loop)
    {
        var body = loop.Body is IBlockOperation { Operations: { Length: 1 } statements } ? statements[0] : loop.Body;
        if (body is not IExpressionStatementOperation { Operation: var first }
            || loop.AtLoopBottom.Length != 1 || loop.AtLoopBottom[0] is not IExpressionStatementOperation
            {
                Operation: IIncrementOrDecrementOperation { Kind: OperationKind.Increment },
            }
            || ExpressionKeys.Strip(first) is not IAwaitOperation { Operation: var awaited }
            || loop.Condition is not IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.LessThan, LeftOperand: ILocalReferenceOperation { Local: var index },
                RightOperand: var end,
            }
            || !loop.Locals.Contains(index)) return [];
        var (all, at) = ExpressionKeys.Strip(awaited) switch
        {
            IArrayElementReferenceOperation { ArrayReference: var array, Indices: { Length: 1 } indices } => (array, indices[0]),
            IPropertyReferenceOperation { Instance: { } list, Arguments: { Length: 1 } arguments } => (list, arguments[0].Value),
            _ => (null, null),
        };
        var isFromStart = loop.Before.SelectMany(static before => before.DescendantsAndSelf()).OfType<IVariableDeclaratorOperation>()
            .Any(start => SymbolEqualityComparer.Default.Equals(start.Symbol, index)
                && start.GetVariableInitializer()?.Value.ConstantValue is { HasValue: true, Value: 0 });
        return isFromStart && ExpressionKeys.Of(all) is { } tasks && IsLengthOf(all!, tasks, end)
            && ExpressionKeys.Strip(at) is ILocalReferenceOperation { Local: var place }
            && SymbolEqualityComparer.Default.Equals(place, index)
                ? [new PathFact(PathFactKind.Completed, tasks + PathFacts.EveryElement)]
                : [];
    }

    /// <summary>What a local holds, when it is assigned exactly once.</summary>
    private IOperation? SingleValue(ILocalSymbol local) =>
        _body.Locals.TryGetValue(local, out var values) && values.Count == 1 ? values[0] : null;

    /// <summary>Whether an await goes on where it was; of what does not bind, nobody knows.</summary>
    private static bool ComesBack(IOperation awaited) =>
        !HasConfigureAwaitFalse(awaited) && awaited is not IInvalidOperation && awaited.Type is not { TypeKind: TypeKind.Error };

    private static bool HasConfigureAwaitFalse(IOperation awaited)
    {
        var operation = awaited;
        while (operation is IConversionOperation conversion) operation = conversion.Operand;
        return operation is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Arguments: { Length: > 0 } arguments }
            && (arguments[arguments.Length - 1].Value.ConstantValue is { HasValue: true, Value: false }
                || arguments[arguments.Length - 1].Value
                    is IFieldReferenceOperation { Field.Name: "None" or "SuppressThrowing" or "ForceYielding" });
    }

    /// <summary>What holds when the condition came out with the given value.</summary>
    private IEnumerable<PathFact> Implied(IOperation? condition, bool value)
    {
        var asked = ExpressionKeys.Strip(condition);
        if (asked is null) return [];
        if (EndedWhen(asked, value) is { } ended) return ended;
        var choice = Choice(asked, value);
        return choice.Length == 0 ? ImpliedBy(asked, value) : choice.Concat(ImpliedBy(asked, value));
    }

    private IEnumerable<PathFact> ImpliedBy(IOperation asked, bool value)
    {
        switch (asked)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return Implied(negation.Operand, !value);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when value:
                return Implied(both.LeftOperand, true).Concat(Implied(both.RightOperand, true));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !value:
                return Implied(either.LeftOperand, false).Concat(Implied(either.RightOperand, false));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either:
                return Implied(either.LeftOperand, true).Intersect(Implied(either.RightOperand, true)).Concat(Enough(either));
            // `task?.IsCompleted == true`, `task?.IsCompleted ?? false`: there is a task, and it says so.
            case IConditionalAccessOperation { WhenNotNull: var inner } when value:
                return Implied(inner, true);
            case ICoalesceOperation { Value: var inner, WhenNull.ConstantValue: { HasValue: true, Value: false } } when value:
                return Implied(inner, true);
            case ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Local: var flag }:
                return ToldTo(flag, value);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                return Compared(comparison, value == (comparison.OperatorKind == BinaryOperatorKind.Equals));
            case IParameterReferenceOperation { Parameter: { Type.SpecialType: SpecialType.System_Boolean } parameter }:
                return [new PathFact(value ? PathFactKind.True : PathFactKind.False, ExpressionKeys.Of(parameter))];
            case IPropertyReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Property: var mode } selector
                when BodyBuilder.IsModeProperty(mode.Name) && ExpressionKeys.Of(selector) is { } chosen:
                return [new PathFact(value ? PathFactKind.True : PathFactKind.False, chosen)];
            case IPropertyReferenceOperation { Property: var property } question
                when Answer(question, property) is { } answer && _answering.Add(property):
                var told = Implied(answer, value).ToList();
                _answering.Remove(property);
                return told;
            case IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted"
                or "IsCanceled" } done
                when ExpressionKeys.Of(done.Instance) is { } key:
                // On the other path the fast one was missed: whoever reaches a wait there seldom waits.
                return value ? [new PathFact(PathFactKind.Completed, key)]
                    : [new PathFact(PathFactKind.Missing, key), .. done.Property.Name == "IsCompleted" ? OtherInRace(key) : []];
            case IPropertyReferenceOperation
            {
                Property: { Name: "HasValue", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T },
                Instance: IParameterReferenceOperation { Parameter: var tested },
            } when value:
                return IsThere(tested);
            case IIsTypeOperation { ValueOperand: IParameterReferenceOperation { Parameter: var tested } } test when value:
                return IsOf(tested, test.TypeOperand);
            case IIsPatternOperation { Value: IParameterReferenceOperation { Parameter: var tested } } match
                when value && TypeIn(match.Pattern) is { } type:
                return IsOf(tested, type);
            case IIsPatternOperation { Value: IParameterReferenceOperation { Parameter: var tested } } match
                when AsksForNull(match.Pattern) is { } asks && asks != value:
                return IsThere(tested);
            case IInvocationOperation { TargetMethod: { Name: "ReferenceEquals", IsStatic: true } } same when value:
                return CompletedBySame(same.Arguments);
            case IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", Arguments: { Length: 1 } texts }
                when !value && ExpressionKeys.Strip(texts[0].Value) is IParameterReferenceOperation { Parameter: var tested }:
                return IsThere(tested);
            default:
                return MissingWhen(asked, value);
        }
    }

    /// <summary>Properties that are being looked into: one may look at another, and that one at the first.</summary>
    private readonly HashSet<ISymbol> _answering = new(SymbolEqualityComparer.Default);

    /// <summary><c>bool HasValue => _task.IsCompleted;</c>: what the property of this object that was asked looks at.</summary>
    private IOperation? Answer(IPropertyReferenceOperation question, IPropertySymbol asked) =>
        question is { Instance: null or IInstanceReferenceOperation, Type.SpecialType: SpecialType.System_Boolean }
        && asked is { IsVirtual: false, IsAbstract: false, DeclaringSyntaxReferences: { Length: 1 } declared }
        && declared[0].GetSyntax(cancellation) is PropertyDeclarationSyntax property && Told.Answers(property) is { } arrow
            ? member.Models.Of(arrow.SyntaxTree)?.GetOperation(arrow, cancellation)
            : null;

    private IEnumerable<PathFact> Compared(IBinaryOperation comparison, bool equal)
    {
        if (ExpressionKeys.Strip(comparison.RightOperand)?.ConstantValue is { HasValue: true, Value: bool constant })
            return Implied(comparison.LeftOperand, equal == constant);
        if (ExpressionKeys.Strip(comparison.LeftOperand) is IParameterReferenceOperation { Parameter.Type.TypeKind: TypeKind.Enum } mode
            // What the body has given it says nothing of what the caller gave.
            && _body.IsOwn(mode.Parameter) && !_body.Assigns(mode.Parameter.Name)
            && comparison.RightOperand.ConstantValue is { HasValue: true, Value: int chosenMode })
            return [new PathFact(equal ? PathFactKind.True : PathFactKind.False,
                PathFacts.WithValue(ExpressionKeys.Of(mode.Parameter), chosenMode))];
        if (equal && IsEndOfTask(comparison.RightOperand) && TaskOfStatus(comparison.LeftOperand) is { } key)
            return [new PathFact(PathFactKind.Completed, key)];

        if (equal && ChosenByIndex(comparison) is { } chosen) return [new PathFact(PathFactKind.Completed, chosen)];
        if (!equal && ComparedToNull(comparison) is IParameterReferenceOperation { Parameter: var asked }) return IsThere(asked);
        if (!equal && IsNull(comparison.RightOperand) && OwnState(comparison.LeftOperand) is { } signal
            && IsLastWaitFor(comparison.LeftOperand)) return [new PathFact(PathFactKind.Missing, signal)];
        if (!equal && RememberedFrom(comparison) is { } remembered) return [new PathFact(PathFactKind.Missing, remembered)];
        if (equal && comparison.RightOperand.ConstantValue is { HasValue: true, Value: null }
            && (OwnState(comparison.LeftOperand) ?? FoundIn(comparison.LeftOperand)) is { } absent)
            return [new PathFact(PathFactKind.Missing, absent)];

        // Where there is no task, nobody waits for it.
        if (equal && IsNull(comparison.RightOperand) && IsTaskLike(ExpressionKeys.Strip(comparison.LeftOperand)?.Type)
            && ExpressionKeys.Strip(comparison.LeftOperand) is ILocalReferenceOperation or IParameterReferenceOperation
            && ExpressionKeys.Of(comparison.LeftOperand) is { } none) return [new PathFact(PathFactKind.Completed, none)];
        // `await Task.WhenAny(task, delay) == task`: the winner is complete.
        if (equal && (WinnerOf(comparison.LeftOperand, comparison.RightOperand)
            ?? WinnerOf(comparison.RightOperand, comparison.LeftOperand)) is { } winner)
            return [new PathFact(PathFactKind.Completed, winner)];

        if (!equal && (OtherOfTwo(comparison.LeftOperand, comparison.RightOperand)
            ?? OtherOfTwo(comparison.RightOperand, comparison.LeftOperand)) is { } other)
            return [new PathFact(PathFactKind.Completed, other)];

        // `winner == task`: what is known of one side holds for the other.
        return equal ? CompletedWith(comparison.LeftOperand, comparison.RightOperand)
            .Concat(CompletedWith(comparison.RightOperand, comparison.LeftOperand)) : [];
    }

    private static bool IsEndOfTask(IOperation value) =>
        ExpressionKeys.Strip(value)
            is IFieldReferenceOperation { Field: { Name: "RanToCompletion" or "Faulted"
                or "Canceled", ContainingType.Name: "TaskStatus" } };

    private void VisitDeclarator(IVariableDeclaratorOperation declarator)
    {
        var value = declarator.GetVariableInitializer()?.Value;
        VisitChildren(declarator);
        if (value is not null) Assigned(declarator.Symbol, value);
    }

    private void VisitAssignment(ISimpleAssignmentOperation assignment)
    {
        switch (assignment.Target)
        {
            case IPropertyReferenceOperation property: VisitProperty(property, write: true, read: false); break;
            case IFieldReferenceOperation field: VisitField(field, writes: true); break;
            default: VisitChildren(assignment.Target); break;
        }

        Visit(assignment.Value);
        if (assignment.Target is ILocalReferenceOperation { Local: var local }) Assigned(local, assignment.Value);
        else if (ExpressionKeys.Of(assignment.Target) is { } key) Assigned(key, assignment.Value);
    }

    private void Assigned(ILocalSymbol local, IOperation value)
    {
        // `Action? later = null; … later = Save; … later();`: nobody calls null.
        if (local.Type.TypeKind == TypeKind.Delegate && value.ConstantValue is { HasValue: true, Value: null }) return;
        if (!_body.Locals.TryGetValue(local, out var values)) _body.Locals.Add(local, values = []);
        values.Add(value);
        Assigned(ExpressionKeys.Of(local), value);
        if (!IsTaskLike(local.Type)) return;
        // `winner = null; … winner = finished;`: whatever the local holds was complete when it was given.
        var isNull = value.ConstantValue is { HasValue: true, Value: null };
        if (!isNull) _body.Give(local, _body.Facts.Knows(PathFactKind.Completed, ExpressionKeys.Of(local)));
    }

    /// <summary>Passed by reference, it holds whatever the callee puts there.</summary>
    private void Replaced(IOperation variable)
    {
        if (ExpressionKeys.Of(variable) is { } key) _body.Facts = _body.Facts.Forget(key);
        if (ExpressionKeys.Strip(variable) is not ILocalReferenceOperation { Local: var local }
            || !_body.Locals.TryGetValue(local, out var values)) return;
        values.Add(variable);
        if (IsTaskLike(local.Type)) _body.Give(local, complete: false);
    }

    private void Assigned(string key, IOperation value)
    {
        // Only who found it missing comes here, whatever is put there now; unless it is made missing again.
        var missing = new PathFact(PathFactKind.Missing, key);
        var once = _body.Facts.Knows(missing.Kind, key) && value.ConstantValue is not { HasValue: true, Value: null or "" };
        _body.Facts = _body.Facts.Forget(key);
        if (once) _body.Facts = _body.Facts.And(missing);
        if (!IsTaskLike(value.Type) && value.Type?.Name is not ("TaskAwaiter" or "ValueTaskAwaiter")) return;
        if (IsComplete(value) || value is IAwaitOperation { Operation: var awaited } && IsWhenAny(awaited))
            _body.Facts = _body.Facts.And(new PathFact(PathFactKind.Completed, key));
    }

    /// <summary><c>tasks.Length</c>, or the <c>n</c> that the array was made with.</summary>
    private bool IsLengthOf(IOperation all, string tasks, IOperation end) =>
        end is IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: { } counted }
            ? ExpressionKeys.Of(counted) == tasks
            : MadeBy(all) is IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes } && ExpressionKeys.Of(sizes[0]) is { } size
                && size == ExpressionKeys.Of(end);
}
