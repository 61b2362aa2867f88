using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// What work that leaves its thread reads there while the code that stays goes on changing it: a note for the title, since nobody can
/// tell from here whether that code runs meanwhile.
/// </summary>
internal sealed class SharedReads(SourceModels models, CancellationToken cancellation)
{
    private const int Deepest = 4;
    private const int MostNamed = 3;

    private readonly FieldChanges _changes = new(models, cancellation);
    private readonly LocalValues _values = new(models, cancellation);
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly List<string> _names = [];
    private IReadOnlyCollection<SyntaxNode> _before = [];

    /// <param name="work">What runs elsewhere.</param>
    /// <param name="before">Arguments that are evaluated before it leaves.</param>
    public string? NoteOn(IEnumerable<SyntaxNode> work, IReadOnlyCollection<SyntaxNode> before)
    {
        _before = before;
        foreach (var code in work)
            if (_values.OperationOf(code) is { } operation) Visit(operation, 0, objectsOnly: false);
        if (_names.Count == 0) return null;
        var more = _names.Count > MostNamed ? $" and {_names.Count - MostNamed} more" : "";
        return $"reads {string.Join(", ", _names.Take(MostNamed).Select(static name => $"'{name}'"))}{more} on another thread";
    }

    private void Visit(IOperation operation, int depth, bool objectsOnly)
    {
        cancellation.ThrowIfCancellationRequested();
        if (depth == 0 && !objectsOnly && _before.Contains(operation.Syntax))
        {
            // The value has been read before, and the object that it is, or walks, is shared all the same.
            var value = LocalValues.Strip(operation);
            var isPlace = value is IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation;
            if (isPlace && value.Type is { } type && MutableTypes.Is(type) || IsLazy(value.Type))
                Visit(value, 0, objectsOnly: true);
            return;
        }

        switch (operation)
        {
            // Whoever wrote the lock has thought of other threads.
            case ILockOperation:
                return;
            case IFieldReferenceOperation { Field: { IsConst: false } field } reference when IsOwners(reference.Instance):
                Read(field, field.Type, !field.IsReadOnly, objectsOnly);
                break;
            case IPropertyReferenceOperation { Property: var property } reference
                when IsOwners(reference.Instance) && SourceModels.HasSource(property):
                if (LocalValues.IsAutomatic(property, cancellation))
                    Read(property, property.Type, property.SetMethod is { IsInitOnly: false }, objectsOnly);
                else if (property.GetMethod is { } getter) Follow(getter, depth);
                break;
            case IInvocationOperation call when IsOwners(call.Instance):
                Follow(call.TargetMethod, depth);
                break;
            case IMethodReferenceOperation group when IsOwners(group.Instance):
                Follow(group.Method, depth);
                break;
            case ILocalReferenceOperation { Local: var local } when depth == 0 && !Unchanging.Is(local.Type) && _seen.Add(local):
                foreach (var source in _values.Of(local) ?? [])
                {
                    if (_values.OperationOf(source) is { } origin && LocalValues.Strip(origin) is IFieldReferenceOperation
                        or IPropertyReferenceOperation) Visit(LocalValues.Strip(origin), 0, objectsOnly: true);
                }

                break;
        }

        foreach (var child in operation.ChildOperations) Visit(child, depth, objectsOnly);
    }

    /// <summary>State of the object whose code this is, or of everybody.</summary>
    private static bool IsOwners(IOperation? instance) => instance is null or IInstanceReferenceOperation;

    private void Read(ISymbol member, ITypeSymbol type, bool canBeReplaced, bool objectsOnly)
    {
        if (!SourceModels.HasSource(member) || type.TypeKind == TypeKind.Delegate || ThreadAffinity.IsAffine(type)) return;
        var isShared = MutableTypes.Is(type)
            ? _changes.MayChangeObject(member) || canBeReplaced && _changes.IsWritten(member)
            : !objectsOnly && canBeReplaced && _changes.IsWritten(member);
        if (isShared && !_names.Contains(member.Name)) _names.Add(member.Name);
    }

    private void Follow(IMethodSymbol method, int depth)
    {
        if (depth >= Deepest || !_seen.Add(method.OriginalDefinition)) return;
        foreach (var declaration in method.OriginalDefinition.DeclaringSyntaxReferences.Select(one => one.GetSyntax(cancellation)))
        {
            if (declaration is not TypeDeclarationSyntax && models.BodyOf(declaration, cancellation) is { } body)
                Visit(body, depth + 1, objectsOnly: false);
        }
    }

    /// <summary>A sequence that is still to be walked.</summary>
    private static bool IsLazy(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Interface, Name: var name }
        && (name.EndsWith("Enumerable", StringComparison.Ordinal) || name == "IQueryable");
}
