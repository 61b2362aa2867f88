using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What steps through a sequence behind a contract, and what a collection expression calls.
internal sealed partial class BodyReader
{
    /// <summary>
    /// <c>IEnumerator&lt;T&gt; GetEnumerator() => new Reader(…)</c>: whoever walks steps with what was made, though only its contract is
    /// named.
    /// </summary>
    private void CallSteps(IOperation site, IMethodSymbol getEnumerator)
    {
        if (getEnumerator.ReturnType.TypeKind != TypeKind.Interface || getEnumerator is { IsAbstract: true } or { IsVirtual: true }
            || DeclarationOf(getEnumerator) is not { } declared || Told.Makes(declared) is not { Count: 1 } made
            || member.Models.Of(declared.SyntaxTree)?.GetTypeInfo(made[0], cancellation).Type is not INamedTypeSymbol stepper
            || !SourceModels.HasSource(stepper)) return;
        foreach (var step in stepper.GetMembers())
        {
            if (step is IMethodSymbol { IsStatic: false, Parameters.IsEmpty: true, Name: "MoveNext" or "Dispose" } called)
                Call(site, called, null, NoArguments);
            else if (step is IPropertySymbol { Name: "Current", GetMethod: { } current } property && !IsAutoProperty(property))
                Call(site, current, null, NoArguments);
        }
    }

    /// <summary><c>Playlist list = ["a", "b"];</c>: a type of one's own is made and filled by members that nobody names.</summary>
    private void VisitCollection(IOperation collection)
    {
        VisitChildren(collection);
        if (collection.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type
            || !SourceModels.HasSource(type)) return;
        var builder = type.GetAttributes().FirstOrDefault(static one => one.AttributeClass?.Name == "CollectionBuilderAttribute");
        if (builder is { ConstructorArguments: { Length: 2 } named })
        {
            if (named[0].Value is not INamedTypeSymbol maker || named[1].Value is not string name) return;
            var makers = maker.GetMembers(name).OfType<IMethodSymbol>().Where(static one => one.Parameters.Length == 1).ToList();
            if (makers.Count == 1) Call(collection, makers[0], null, NoArguments);
            return;
        }

        foreach (var constructor in type.InstanceConstructors)
            if (constructor.Parameters.IsEmpty) Call(collection, constructor, null, NoArguments);
        var adders = type.GetMembers("Add").OfType<IMethodSymbol>()
            .Where(static one => one is { IsStatic: false, Parameters.Length: 1 }).ToList();
        if (adders.Count == 1 && collection.ChildOperations.Any()) Call(collection, adders[0], null, NoArguments);
    }

    /// <summary>
    /// <c>IEnumerable&lt;string&gt; found; lock (_gate) { found = _paths.Where(Ask); } foreach (var one in found) …</c>: the query is made
    /// under the lock, and asks where somebody walks through it, when nobody holds the lock.
    /// </summary>
    private static bool IsWalkedOutsideLock(IOperation function)
    {
        var (part, parent) = (function, function.Parent);
        var isQuery = false;
        while (parent is IDelegateCreationOperation or IConversionOperation or IArgumentOperation or ITranslatedQueryOperation
            || parent is IInvocationOperation { TargetMethod: var step, Type: { Name: "IEnumerable" or "IOrderedEnumerable" } }
                && IsLinq(step))
        {
            isQuery |= parent is IInvocationOperation;
            (part, parent) = (parent, parent.Parent);
        }

        if (!isQuery || parent is not ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var query } target } given
            || given.Value != part) return false;
        IOperation? outermost = null;
        for (var around = given.Parent; around is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            around = around.Parent)
            if (around is ILockOperation) outermost = around;
        return outermost is not null && Contexts.LocalUses.Of(function, query)
            .All(use => use == target || !outermost.Syntax.Span.Contains(use.Syntax.Span));
    }
}
