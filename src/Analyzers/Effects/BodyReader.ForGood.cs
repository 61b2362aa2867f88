using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Fields and properties that keep what they are initialised with. TreeEdit starts afresh where an initialiser is edited.
internal sealed partial class BodyReader
{
    private readonly HashSet<ISymbol> _kept = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// <c>static readonly Task&lt;bool&gt; Yes = Task.FromResult(true);</c>: asks the value that a member is initialised with for good.
    /// </summary>
    private T? OfKept<T>(IOperation? place, Func<IOperation, T> ask) where T : struct
    {
        if (place is not IMemberReferenceOperation { Member: IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } } read
            || read.Member.IsVirtual || read.Member.IsAbstract || read.Member.IsOverride
            || read.Member.OriginalDefinition is not { DeclaringSyntaxReferences: { Length: 1 } declared } kept) return null;
        var value = InitialValue.Of(declared[0].GetSyntax(cancellation))?.Value;
        // One may be initialised with another, and that one with the first.
        if (value is null || IsGivenAnew(kept, value) || !_kept.Add(kept)) return null;
        T? answer = member.Models.Of(value.SyntaxTree)?.GetOperation(value, cancellation) is { } operation ? ask(operation) : null;
        _kept.Remove(kept);
        return answer;
    }

    /// <summary>A constructor gives it something else than its declaration says.</summary>
    private static bool IsGivenAnew(ISymbol kept, SyntaxNode value) => value.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && type.Members.OfType<ConstructorDeclarationSyntax>().SelectMany(static made => made.DescendantNodes())
            .Any(node => node is AssignmentExpressionSyntax { Left: var target } && LastName.Of(target) == kept.Name);
}
