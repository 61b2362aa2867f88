using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Members that are called without being named: those behind patterns, deconstructions, indices from the end and subscriptions.
internal sealed partial class BodyReader
{
    private void VisitPattern(IOperation pattern)
    {
        switch (pattern)
        {
            case IRecursivePatternOperation { DeconstructSymbol: IMethodSymbol deconstruct }:
                Call(pattern, deconstruct, null, NoArguments);
                break;
            case IListPatternOperation list:
                CallUnnamed(list, list.LengthSymbol);
                if (list.Patterns.Any(static part => part is not ISlicePatternOperation)) CallUnnamed(list, list.IndexerSymbol);
                break;
            case ISlicePatternOperation { Pattern: not null } slice:
                CallUnnamed(slice, slice.SliceSymbol);
                break;
        }

        if (!TellsOfEnd(pattern as IPatternOperation, matches: true)) VisitChildren(pattern);
        // `task is { IsCompletedSuccessfully: true, Result: var value }`: the result of a task that has come to its end.
        else foreach (var part in ((IRecursivePatternOperation)pattern).PropertySubpatterns) Visit(part.Pattern);
    }

    /// <summary><c>list[^1]</c> over an indexer that takes a number.</summary>
    private void VisitImplicitIndexer(IImplicitIndexerReferenceOperation indexer)
    {
        VisitChildren(indexer);
        CallUnnamed(indexer, indexer.LengthSymbol);
        CallUnnamed(indexer, indexer.IndexerSymbol);
    }

    /// <summary>Members of types whose source is not here, strings and arrays first of all, do nothing that matters.</summary>
    private void CallUnnamed(IOperation site, ISymbol? target)
    {
        if (target is null || !SourceModels.HasSource(target.OriginalDefinition)) return;
        switch (target)
        {
            case IPropertySymbol { GetMethod: { } getter } property when !IsAutoProperty(property):
                Call(site, getter, null, NoArguments, isVirtual: true);
                break;
            case IMethodSymbol method:
                Call(site, method, null, NoArguments, isVirtual: true);
                break;
        }
    }

    private void VisitDeconstruction(IDeconstructionAssignmentOperation taken)
    {
        Visit(taken.Value);
        VisitTaker(taken.Target);
        AssignAgain(taken.Target, taken.Value);
        if (taken.Target is IDeclarationExpressionOperation { Expression: var declared }) AssignParts(declared, taken.Value);
        else if (taken.Target is ITupleOperation { Elements: var parts } && parts.All(static one => one is IDeclarationExpressionOperation))
            AssignParts(taken.Target, taken.Value);
        if (taken.Syntax is AssignmentExpressionSyntax syntax && member.Models.Of(syntax.SyntaxTree) is { } model)
            Deconstruct(taken.Value, model.GetDeconstructionInfo(syntax));
    }

    /// <summary><c>(one, other) = (other, one)</c>: what a local holds from now on is known only when it is made here.</summary>
    private void AssignAgain(IOperation target, IOperation value)
    {
        if (target is not ITupleOperation { Elements: var parts }) return;
        var values = ExpressionKeys.Strip(value) is ITupleOperation { Elements: var made } && made.Length == parts.Length
            ? made
            : default;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is ITupleOperation) AssignAgain(parts[i], values.IsDefault ? value : values[i]);
            var given = values.IsDefault || ExpressionKeys.Strip(values[i]) is ILocalReferenceOperation or IParameterReferenceOperation
                ? value
                : values[i];
            if (parts[i] is ILocalReferenceOperation { Local: var local }) Assigned(local, given);
            else if (ExpressionKeys.Of(parts[i]) is { } key) Assigned(key, given);
        }
    }

    /// <summary><c>var (source, target) = (new MemoryStream(bytes), new MemoryStream());</c></summary>
    private void AssignParts(IOperation declared, IOperation value)
    {
        if (declared is IDeclarationExpressionOperation { Expression: var inner }) declared = inner;
        if (declared is ILocalReferenceOperation { Local: var local }) Assigned(local, value);
        if (declared is ITupleOperation { Elements: var parts } && ExpressionKeys.Strip(value) is ITupleOperation { Elements: var values })
            for (var i = 0; i < Math.Min(parts.Length, values.Length); i++) AssignParts(parts[i], values[i]);
    }

    /// <summary><c>(Name, _size) = pair</c>: what takes a part is written, and a property's accessor runs.</summary>
    private void VisitTaker(IOperation taker)
    {
        switch (taker)
        {
            case ITupleOperation { Elements: var elements }:
                foreach (var element in elements) VisitTaker(element);
                break;
            case IPropertyReferenceOperation property: VisitProperty(property, write: true, read: false); break;
            case IFieldReferenceOperation field: VisitField(field, writes: true); break;
            default: Visit(taker); break;
        }
    }

    /// <summary><c>foreach (var (name, size) in files)</c>: each element is taken apart.</summary>
    private void VisitElementParts(IForEachLoopOperation each)
    {
        if (each.Syntax is ForEachVariableStatementSyntax syntax && member.Models.Of(syntax.SyntaxTree) is { } model)
            Deconstruct(each.LoopControlVariable, model.GetDeconstructionInfo(syntax));
    }

    private void Deconstruct(IOperation site, DeconstructionInfo parts)
    {
        if (parts.Method is { } method) Call(site, method, null, NoArguments);
        foreach (var part in parts.Nested) Deconstruct(site, part);
    }

    /// <summary>An event with accessors of its own; one without has only its delegates changed.</summary>
    private void VisitSubscription(IEventAssignmentOperation subscription)
    {
        VisitChildren(subscription);
        if (subscription.EventReference is not IEventReferenceOperation { Event: var raised } reference) return;
        if ((subscription.Adds ? raised.AddMethod : raised.RemoveMethod) is { IsImplicitlyDeclared: false } accessor
            && SourceModels.HasSource(accessor.OriginalDefinition))
            Call(subscription, accessor, reference.Instance, NoArguments, isVirtual: true);
    }
}
