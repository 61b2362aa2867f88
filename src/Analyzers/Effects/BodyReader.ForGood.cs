using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Fields and properties that keep what they are initialised with, or what the one constructor gives them. TreeEdit starts afresh where that
// is edited.
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
        var value = InitialValue.Of(declared[0].GetSyntax(cancellation))?.Value ?? GivenOnce(kept, declared[0].GetSyntax(cancellation));
        // One may be initialised with another, and that one with the first.
        if (value is null || IsGivenAnew(kept, value) || !_kept.Add(kept)) return null;
        T? answer = member.Models.Of(value.SyntaxTree)?.GetOperation(value, cancellation) is { } operation ? ask(operation) : null;
        _kept.Remove(kept);
        return answer;
    }

    /// <summary>
    /// <c>public Gate() { _gate = new SemaphoreSlim(1, 1); }</c>: what a member has no value without, and the one constructor gives it.
    /// </summary>
    private static ExpressionSyntax? GivenOnce(ISymbol kept, SyntaxNode declaration)
    {
        if (kept.ContainingType.DeclaringSyntaxReferences.Length != 1
            || declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type) return null;
        var makers = Constructors(type, kept.IsStatic).Where(static made =>
            made.Initializer is not { RawKind: (int)SyntaxKind.ThisConstructorInitializer }).ToList();
        var given = Assignments(type, kept).Select(static assignment => assignment.Right).ToList();
        return makers.Count == 1 && given.Count == 1 && Told.IsKept(given[0]) && makers[0].Span.Contains(given[0].Span) ? given[0] : null;
    }

    /// <summary>A constructor gives it something else than its declaration says.</summary>
    private static bool IsGivenAnew(ISymbol kept, SyntaxNode value) =>
        value.Parent is EqualsValueClauseSyntax && value.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && Assignments(type, kept).Any();

    private static IEnumerable<AssignmentExpressionSyntax> Assignments(TypeDeclarationSyntax type, ISymbol kept) =>
        Constructors(type, kept.IsStatic).SelectMany(static made => made.DescendantNodes()).OfType<AssignmentExpressionSyntax>()
            .Where(assignment => LastName.Of(assignment.Left) == kept.Name);

    private static IEnumerable<ConstructorDeclarationSyntax> Constructors(TypeDeclarationSyntax type, bool isStatic) =>
        type.Members.OfType<ConstructorDeclarationSyntax>()
            .Where(made => made.Modifiers.Any(SyntaxKind.StaticKeyword) == isStatic);
}
