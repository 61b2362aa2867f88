using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Sequences that run only when somebody walks through them: iterators, queries, collections of one's own. Their work belongs to the
// place that does.
internal sealed partial class BodyReader
{
    /// <summary>
    /// The sequence is walked through on the spot: by foreach, by an operator of LINQ that gives no sequence, or by a collection that is
    /// filled from it.
    /// </summary>
    public static bool IsEnumeratedHere(IOperation site)
    {
        IOperation? current = null;
        for (var parent = site; parent is not null; (current, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case IConversionOperation or IArgumentOperation or IParenthesizedOperation or ITranslatedQueryOperation: continue;
                case IForEachLoopOperation: return true;
                case { Kind: Collection.Spread }: return true;
                case IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" } linq }:
                    if (!GivesSequence(linq)) return true;
                    continue;
                case IInvocationOperation { TargetMethod: var taker } when current is IArgumentOperation given:
                    return Takes(taker, given);
                case IObjectCreationOperation { Constructor: { } taker } when current is IArgumentOperation given:
                    return Takes(taker, given);
                default:
                    if (parent != site) return false;
                    continue;
            }
        }

        return false;
    }

    private SequenceUse UseOf(IOperation site) =>
        IsEnumeratedHere(site) ? SequenceUse.WalkedThrough : IsGivenOn(site) ? SequenceUse.GivenOn : SequenceUse.None;

    /// <summary><c>IEnumerable&lt;T&gt; Open() => All().Where(…)</c>: the body's own caller decides whether anything runs.</summary>
    private bool IsGivenOn(IOperation site, int depth = Deepest)
    {
        if (_body.Method is not { IsAsync: false } method || !IsSequence(method.ReturnType)) return false;
        var current = site.Parent;
        while (current is IConversionOperation or IArgumentOperation or IParenthesizedOperation or ITranslatedQueryOperation
            || current is IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" } linq } && GivesSequence(linq))
            current = current.Parent;
        // `var query = paths.Select(Load); return query;`
        if (current is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var kept } declared })
            return depth > 0 && LocalUses.Of(declared, kept).Any(use => IsGivenOn(use, depth - 1));
        return current is IReturnOperation { Kind: OperationKind.Return } && LocalUses.StandsIn(current, method);
    }

    private static bool GivesSequence(IMethodSymbol linq) => linq.ReturnType.Name is "IEnumerable" or "IOrderedEnumerable";

    /// <summary>Collections, and strings, that are made or filled from a sequence.</summary>
    private static bool Takes(IMethodSymbol taker, IArgumentOperation given) => IsSequence(given.Parameter?.OriginalDefinition.Type)
        && (taker is { Name: "Join" or "Concat", ContainingType.SpecialType: SpecialType.System_String }
            || IsOfCollections(taker.ContainingType));

    private static bool IsOfCollections(INamedTypeSymbol type) => type.ContainingNamespace is
    {
        Name: "Generic" or "Immutable" or "Frozen" or "Concurrent" or "ObjectModel",
        ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" },
    };

    private static bool IsSequence(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Interface, Name: "IEnumerable" or "IOrderedEnumerable" };

    private void VisitSequence(IOperation reference)
    {
        if (IsSequence(reference.Type) && IsEnumeratedHere(reference)) Enumerate(reference, reference);
    }

    /// <summary>An iterator, perhaps filtered: given to somebody, it runs when that one walks through it.</summary>
    private string? IteratorKey(IOperation? given) => ExpressionKeys.Strip(given) switch
    {
        ILocalReferenceOperation { Local: var local } when SingleValue(local) is { } value => Following(local, () => IteratorKey(value)),
        IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" } linq, Arguments: { IsEmpty: false } arguments }
            when GivesSequence(linq) => IteratorKey(arguments[0].Value)
                // What the step does for each element runs with it.
                ?? (arguments.Length > 1 && IsFunction(arguments[1]) ? FunctionKey(arguments[1].Value) : null),
        IInvocationOperation { TargetMethod: { IsVirtual: false, IsOverride: false, IsAbstract: false } maker }
            when IsHere(maker) && (member.ShapeOf(maker.OriginalDefinition) & SymbolShape.Iterator) != 0 =>
            KeyOf(maker.OriginalDefinition),
        _ => null,
    };

    private void VisitSpread(IOperation spread)
    {
        VisitChildren(spread);
        foreach (var operand in spread.ChildOperations)
        {
            EnumerateOwn(operand);
            if (IsQueryable(ExpressionKeys.Strip(operand))) AddEnumeratedQuery(operand);
        }
    }

    /// <summary><c>while (steps.MoveNext())</c> over an enumerator that the body opened.</summary>
    private void VisitStepByHand(IInvocationOperation step)
    {
        if (step is { TargetMethod.Name: "MoveNext", Arguments.IsEmpty: true, Instance: ILocalReferenceOperation { Local: var steps } }
            && ExpressionKeys.Strip(SingleValue(steps)) is IInvocationOperation { TargetMethod.Name: "GetEnumerator" } opened)
            Enumerate(step, opened.Instance);
    }

    /// <summary>What runs when a sequence is walked through at a place: what it was made from, in this body.</summary>
    private void Enumerate(IOperation site, IOperation? sequence) =>
        Enumerate(site, sequence, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    /// <param name="site">The place.</param>
    /// <param name="sequence">What is walked through there.</param>
    /// <param name="seen">The locals that were looked behind: a query joined with itself, over and over, is looked at once.</param>
    private void Enumerate(IOperation site, IOperation? sequence, HashSet<ISymbol> seen)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (ExpressionKeys.Strip(sequence))
        {
            case ILocalReferenceOperation { Local: var local } when _body.Locals.TryGetValue(local, out var values) && seen.Add(local):
                foreach (var value in values.ToArray()) Enumerate(site, value, seen);
                break;
            case IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" } linq } step when GivesSequence(linq):
                foreach (var argument in step.Arguments)
                    if (IsSequence(argument.Parameter?.OriginalDefinition.Type)) Enumerate(site, argument.Value, seen);
                break;
            case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } maker } made
                when IsSequence(maker.ReturnType):
                var use = (member.ShapeOf(maker) & SymbolShape.Iterator) != 0 ? SequenceUse.None : SequenceUse.WalkedThroughLater;
                if (NestedKey(maker) is { } key) AddCall(site, maker.Name, key, Dispatch.Direct, maker, made.Arguments, use);
                break;
            case IInvocationOperation { TargetMethod: var maker } made when IsSequence(maker.ReturnType) && IsHere(maker):
                Call(site, maker, made.Instance, made.Arguments, made.IsVirtual, enumerates: true);
                break;
            case IPropertyReferenceOperation { Property: { GetMethod: { } getter } property } kept
                when IsSequence(property.Type) && IsHere(getter) && !IsAutoProperty(property):
                Call(site, getter, kept.Instance, kept.Arguments, isVirtual: true, enumerates: true);
                break;
            case IParameterReferenceOperation { Parameter: var given } when _body.IsOwn(given) && IsSequence(given.Type):
                _body.Add(RunOf(given, site) with { Sequence = SequenceUse.WalkedThrough });
                break;
            case { } other:
                EnumerateOwn(other, site);
                break;
        }
    }

    private static bool IsHere(IMethodSymbol method) => SourceModels.HasSource((method.ReducedFrom ?? method).OriginalDefinition);

    /// <summary>A collection whose author wrote how it is walked through, where it is handed to somebody who does.</summary>
    private void EnumerateOwn(IOperation collection)
    {
        if (ExpressionKeys.Strip(collection) is { Type: INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type } own
            && SourceModels.HasSource(type) && IsEnumeratedHere(collection)) EnumerateOwn(own, own);
    }

    private void EnumerateOwn(IOperation collection, IOperation site)
    {
        if (collection.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type
            || !SourceModels.HasSource(type)) return;
        foreach (var walk in type.GetMembers("GetEnumerator"))
        {
            if (walk is not IMethodSymbol { Parameters.IsEmpty: true, IsStatic: false } getEnumerator) continue;
            Call(site, getEnumerator, collection, NoArguments, isVirtual: true, enumerates: true);
            CallSteps(site, getEnumerator);
        }
    }

    /// <summary>
    /// <c>return paths.Select(File.ReadAllText)</c> runs nothing yet, nor does a query that is kept: who enumerates it, and where, is not
    /// seen here.
    /// </summary>
    private static bool IsOfDeferredQuery(IOperation function) => IsDeferred(function, Deepest);

    /// <summary>The body only makes the query, and keeps it: it runs wherever somebody goes through it.</summary>
    private bool IsOfQueryOfOthers(IOperation function) =>
        IsOfDeferredQuery(function) && !(HandedTo.Call(function) is { } step && IsGivenOn(step));

    /// <summary>A query that is handed from local to local more often than this is read as one that runs.</summary>
    private const int Deepest = 4;

    private static bool IsDeferred(IOperation part, int depth)
    {
        var isQuery = part is ILocalReferenceOperation;
        var (child, current) = (part, part.Parent);
        while (current is IDelegateCreationOperation or IConversionOperation or IArgumentOperation or ITranslatedQueryOperation
            || current is IInvocationOperation { TargetMethod: var step, Type: { Name: "IEnumerable" or "IOrderedEnumerable" } }
                && IsLinq(step))
        {
            isQuery |= current is IInvocationOperation;
            (child, current) = (current, current.Parent);
        }

        return isQuery && current switch
        {
            IReturnOperation or IExpressionStatementOperation => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declared } => IsNeverRun(declared.Symbol, declared, depth),
            ISimpleAssignmentOperation { Target: IDiscardOperation or IFieldReferenceOperation or IPropertyReferenceOperation } kept =>
                kept.Value == child,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } target } given =>
                target == child || IsNeverRun(local, given, depth),
            IFieldInitializerOperation or IPropertyInitializerOperation => true,
            // `Show(query)`: the callee says whether it goes through it.
            IInvocationOperation { TargetMethod: var callee } when part is ILocalReferenceOperation && child is IArgumentOperation passed
                && IsHere(callee) && IsSequence(passed.Parameter?.OriginalDefinition.Type) => true,
            // `queries.Add(query)`: a collection of queries keeps it.
            IInvocationOperation { TargetMethod: var keeper } when child is IArgumentOperation given =>
                IsOfCollections(keeper.ContainingType) && !Takes(keeper, given),
            _ => false,
        };
    }

    /// <summary><c>var lines = File.ReadLines(path); return lines.Select(Parse);</c>: nobody has read a line yet.</summary>
    private static bool IsKeptUnread(IOperation sequence)
    {
        var current = sequence.Parent;
        while (current is IConversionOperation or IArgumentOperation
            || current is IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" } linq } && GivesSequence(linq))
            current = current.Parent;
        return current is IReturnOperation || current is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declared }
            && IsNeverRun(declared.Symbol, declared, Deepest);
    }

    /// <summary>No use of the local walks through it or gives it to somebody who may.</summary>
    private static bool IsNeverRun(ILocalSymbol query, IOperation place, int depth) =>
        depth > 0 && LocalUses.Of(place, query).All(use => IsElsewhere(use, place) || IsDeferred(use, depth - 1));

    /// <summary>In a function of its own, which runs whenever somebody calls it: <c>Task.Run(() => query.ToList())</c>.</summary>
    private static bool IsElsewhere(IOperation use, IOperation place) =>
        LocalUses.FunctionAround(use) is { } function && !function.Syntax.Span.Contains(place.Syntax.Span)
        || use.Parent is IMethodReferenceOperation;

    /// <summary>The query behind <c>AsEnumerable</c>, or behind a local that calls it a sequence.</summary>
    private IOperation? Queried(IOperation? operation)
    {
        const int LongestChain = 64;
        operation = ExpressionKeys.Strip(operation);
        for (var hop = 0; hop < LongestChain && operation is not null && !IsQuery(operation.Type); hop++)
        {
            var behind = operation switch
            {
                IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" } linq, Arguments: { IsEmpty: false } given }
                    when GivesSequence(linq) => given[0].Value,
                ILocalReferenceOperation { Local: var local } when IsSequence(local.Type) => FirstValue(local),
                _ => null,
            };
            if (behind is null) break;
            operation = ExpressionKeys.Strip(behind);
        }

        return operation;
    }

    private static bool IsQuery(ITypeSymbol? type) => type is INamedTypeSymbol named
        && (named.Name == "IQueryable" || named.AllInterfaces.Any(static contract => contract.Name == "IQueryable"));
}
