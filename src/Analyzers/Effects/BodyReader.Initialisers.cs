using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What a type's fields and properties are initialised with.
internal sealed partial class BodyReader
{
    /// <summary>The initialisers of a type; a static constructor is read with the static ones.</summary>
    public IOperation? ReadInitialisers(INamedTypeSymbol type, bool isStatic)
    {
        var parts = Initialisers(type, isStatic).ToLookup(static one => one.Syntax.SyntaxTree);
        for (var i = 0; i < type.DeclaringSyntaxReferences.Length; i++)
        {
            var part = type.DeclaringSyntaxReferences[i];
            if (type.DeclaringSyntaxReferences.Take(i).Any(earlier => earlier.SyntaxTree == part.SyntaxTree)) continue;
            if (i > 0) ReadPart(type, part.GetSyntax(cancellation), i, parts[part.SyntaxTree]);
            else foreach (var initialiser in parts[part.SyntaxTree]) Visit(initialiser);
        }

        return null;
    }

    private IEnumerable<IOperation> Initialisers(INamedTypeSymbol type, bool isStatic)
    {
        foreach (var symbol in type.GetMembers())
        {
            if (symbol.IsStatic != isStatic || symbol is not (IFieldSymbol { IsConst: false } or IPropertySymbol)) continue;
            foreach (var reference in symbol.DeclaringSyntaxReferences)
            {
                if (InitialValue.Of(reference.GetSyntax(cancellation)) is { } initialiser
                    && member.Models.Of(initialiser.SyntaxTree)?.GetOperation(initialiser, cancellation) is { } operation)
                    yield return operation;
            }
        }

        if (!isStatic) yield break;
        foreach (var reference in type.StaticConstructors.SelectMany(static constructor => constructor.DeclaringSyntaxReferences))
            if (member.Models.BodyOf(reference.GetSyntax(cancellation), cancellation) is { } body) yield return body;
    }

    /// <summary>What another file of a partial type says is a body of its own: places in a body are places in one file.</summary>
    private void ReadPart(INamedTypeSymbol type, SyntaxNode syntax, int number, IEnumerable<IOperation> initialisers)
    {
        var outer = _body;
        var key = $"{ownerKey}/part {number}";
        var name = ownerKey.StartsWith(BodyKey.StaticInitialiser, StringComparison.Ordinal) ? $"static {type.Name}" : $"new {type.Name}";
        _body = new BodyBuilder(key, name, null, syntax, RunContext.Unknown);
        foreach (var initialiser in initialisers) Visit(initialiser);
        var isEmpty = _body.IsEmpty;
        Finish(CpuShape.Empty);
        _body = outer;
        if (isEmpty) return;
        _body.Add(new Step
        {
            Kind = StepKind.Calls,
            Span = new Microsoft.CodeAnalysis.Text.TextSpan(ownerStart, 0),
            Name = name,
            Target = key,
        });
    }
}
