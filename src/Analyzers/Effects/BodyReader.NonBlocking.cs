using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Sockets that return at once with an error instead of waiting, because their owner has said so; collections that are never full.
internal sealed partial class BodyReader
{
    /// <summary>
    /// Whether <c>Blocking = false</c> is written for a local in its member, or for a field or property in the file of its type.
    /// </summary>
    private static bool IsNonBlocking(IOperation? receiver) => ExpressionKeys.Strip(receiver) switch
    {
        ILocalReferenceOperation local => IsSetSo(local.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>(), local.Local.Name),
        IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } place =>
            IsSetSo(place.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>(), place.Member.Name),
        _ => false,
    };

    /// <summary><c>readonly BlockingCollection&lt;int&gt; _items = new();</c>: without a limit nobody waits to add.</summary>
    private bool IsNeverFull(ISymbol target, IOperation? receiver) =>
        target is { Name: "Add" or "TryAdd", ContainingType.Name: "BlockingCollection" }
        && ExpressionKeys.Strip(receiver) switch
        {
            ILocalReferenceOperation { Local: var local } => SingleValue(local)?.Syntax,
            IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: { Length: 1 } declared } } =>
                InitialValue.Of(declared[0].GetSyntax())?.Value,
            _ => null,
        } is BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } };

    private static bool IsSetSo(SyntaxNode? scope, string name) => scope is not null && scope.DescendantNodes()
        .OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Right.IsKind(SyntaxKind.FalseLiteralExpression)
            && assignment.Left switch
            {
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Blocking" } set => IsNamed(set.Expression, name),
                IdentifierNameSyntax { Identifier.ValueText: "Blocking" } => assignment.Parent is InitializerExpressionSyntax
                {
                    Parent: BaseObjectCreationExpressionSyntax creation,
                } && IsGivenTo(creation, name),
                _ => false,
            });

    private static bool IsGivenTo(ExpressionSyntax creation, string name) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => declarator.Identifier.ValueText == name,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText == name,
        AssignmentExpressionSyntax assignment => IsNamed(assignment.Left, name),
        _ => false,
    };

    private static bool IsNamed(ExpressionSyntax place, string name) => place switch
    {
        IdentifierNameSyntax simple => simple.Identifier.ValueText == name,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText == name,
        _ => false,
    };

    /// <summary>A reader over a table in memory asks no database.</summary>
    private bool IsOverTable(ApiEntry entry, IOperation? receiver) => entry.Kind == BlockKind.Database && receiver is not null
        && (receiver.Type is { Name: "DataTableReader" } || MadeBy(receiver) is { Type.Name: "DataTableReader" });
}
