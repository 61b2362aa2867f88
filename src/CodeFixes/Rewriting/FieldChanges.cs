using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Whether a field or property, or the object in it, changes after its owner has been made.</summary>
internal sealed class FieldChanges(SourceModels models, CancellationToken cancellation)
{
    /// <summary>Whether somebody gives the member another value.</summary>
    public bool IsWritten(ISymbol member) => MayBeWrittenOutside(member) || Mentions(member).Any(IsWrite);

    /// <summary>Whether somebody changes the object in the member, or hands it to code that might.</summary>
    public bool MayChangeObject(ISymbol member) =>
        member.DeclaredAccessibility != Accessibility.Private || Mentions(member).Any(MayChange);

    private static bool MayBeWrittenOutside(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsReadOnly && field.DeclaredAccessibility != Accessibility.Private,
        IPropertySymbol { SetMethod: { IsInitOnly: false } setter } => setter.DeclaredAccessibility != Accessibility.Private,
        _ => false,
    };

    /// <summary>Every mention in the type, as the whole of <c>this.field</c>, but for those in constructors.</summary>
    private IEnumerable<ExpressionSyntax> Mentions(ISymbol member)
    {
        foreach (var part in member.ContainingType.DeclaringSyntaxReferences.Select(one => one.GetSyntax(cancellation)))
        {
            if (models.Of(part.SyntaxTree) is not { } model) continue;
            foreach (var name in part.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(name => name.Identifier.ValueText == member.Name && Functions.Around(name) is not ConstructorDeclarationSyntax))
            {
                if (!SymbolEqualityComparer.Default.Equals(
                    model.GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition, member.OriginalDefinition)) continue;
                yield return name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            }
        }
    }

    private static bool IsWrite(ExpressionSyntax place) => place.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == place,
        PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression)
            || prefix.IsKind(SyntaxKind.PreDecrementExpression) || prefix.IsKind(SyntaxKind.AddressOfExpression),
        PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0
            || argument.Parent is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax },
        RefExpressionSyntax => true,
        _ => false,
    };

    private bool MayChange(ExpressionSyntax place)
    {
        switch (place.Parent)
        {
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure:
                return MayChange(sure);
            case ElementAccessExpressionSyntax element when element.Expression == place:
                return IsWrite(element) || MayChange(element);
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == place:
                return models.Of(place.SyntaxTree)?.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method
                    || !KnownCalls.OnlyLooks(method) && (method.ReducedFrom is not { } extension || !KnownCalls.IsQuiet(extension));
            case MemberAccessExpressionSyntax access when access.Expression == place:
                return IsWrite(access) || MayChange(access);
            // Where it is an argument it is mostly read; an alias, a result, a target of another assignment lets anybody change it.
            case ArgumentSyntax { RefKindKeyword.RawKind: 0 } or ForEachStatementSyntax or BinaryExpressionSyntax or InterpolationSyntax
                or IsPatternExpressionSyntax or LockStatementSyntax or ConditionalExpressionSyntax:
                return false;
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment:
                return assignment.Left != place && IsObject(place);
            default:
                return IsWrite(place) || IsObject(place);
        }
    }

    private bool IsObject(ExpressionSyntax value) =>
        models.Of(value.SyntaxTree)?.GetTypeInfo(value, cancellation).Type is not { } type || MutableTypes.Is(type);
}
