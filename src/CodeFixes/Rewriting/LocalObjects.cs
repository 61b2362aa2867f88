using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

// Whose the object in a local is
// ------------------------------
// A local is seen by its function alone, but what it holds is not: a lambda that captures it may run on any thread, and an
// object that was handed on is known to whoever got it. So an object is ours only where every mention of it is seen and none
// of them hands it out; one that is not ours may still be read where nobody changes it.

/// <summary>Tells whether an object that a local or parameter holds is this code's alone, or at least never changed.</summary>
internal sealed class LocalObjects(SourceModels models, CancellationToken cancellation)
{
    private const int Deepest = 4;

    /// <summary>What mentions of a variable do to the object in it.</summary>
    [Flags]
    private enum Uses
    {
        Looks = 0,
        Changes = 1,
        HandsOut = 2,
        All = Changes | HandsOut,
    }

    /// <summary>Whether nobody but the function around some code can reach what a local holds when the code runs.</summary>
    public bool IsOurs(ILocalSymbol local, SyntaxNode code)
    {
        if (LocalValues.IsDeclaredIn(local, code)) return true;
        if (DeclarationOf(local) is not { } declaration || Functions.IsFunction(code)
            || Functions.Around(declaration) is not { } owner || Functions.Around(code) != owner) return false;
        var again = code.Ancestors().TakeWhile(node => node != owner)
            .Any(node => Functions.IsLoop(node) && !node.Span.Contains(declaration.Span));
        return MentionsOf(local, owner).Where(name => !code.Span.Contains(name.Span)).All(name => Functions.Around(name) == owner
            && (!again && name.SpanStart > code.SpanStart || (UseOf(name, 0) & Uses.HandsOut) == 0));
    }

    /// <summary>Whether nobody changes what a variable holds from the time on when the function around some code exists.</summary>
    public bool IsOnlyLookedAt(ISymbol variable, SyntaxNode code)
    {
        if (OwnerOf(variable) is not { } owner) return false;
        var start = code.AncestorsAndSelf().TakeWhile(node => node != owner).LastOrDefault(Functions.IsFunction) ?? code;
        var again = start.Ancestors().TakeWhile(node => node != owner)
            .Any(node => Functions.IsLoop(node) && DeclarationOf(variable) is { } place && !node.Span.Contains(place.Span));
        return MentionsOf(variable, owner).All(name =>
        {
            var isBefore = !again && name.Span.End < start.SpanStart && Functions.Around(name) == owner;
            return (UseOf(name, 0) & (isBefore ? Uses.HandsOut : Uses.All)) == 0;
        });
    }

    private SyntaxNode? DeclarationOf(ISymbol variable) => variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);

    private SyntaxNode? OwnerOf(ISymbol variable) => DeclarationOf(variable) is { } declaration ? Functions.OwnerOf(declaration) : null;

    private IEnumerable<IdentifierNameSyntax> MentionsOf(ISymbol variable, SyntaxNode owner) => owner.DescendantNodes()
        .OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable.Name
            && SymbolEqualityComparer.Default.Equals(models.Of(name.SyntaxTree)?.GetSymbolInfo(name, cancellation).Symbol, variable));

    private Uses UsesOf(ISymbol variable, int depth) => depth < Deepest && OwnerOf(variable) is { } owner
        ? MentionsOf(variable, owner).Aggregate(Uses.Looks, (uses, name) => uses | UseOf(name, depth + 1))
        : Uses.All;

    /// <summary>Another name for the object goes on to be used, so that it does not matter where it was given.</summary>
    private Uses AliasOf(ILocalSymbol alias, int depth) => UsesOf(alias, depth) == Uses.Looks ? Uses.Looks : Uses.All;

    /// <summary>Follows a mention outwards, through members and elements, to what is done there.</summary>
    private Uses UseOf(ExpressionSyntax node, int depth)
    {
        if (models.Of(node.SyntaxTree) is not { } model) return Uses.All;
        var uses = Uses.Looks;
        for (ExpressionSyntax? next = node; next is not null;)
        {
            node = next;
            next = null;
            switch (node.Parent)
            {
                case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax
                    { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
                    next = (ExpressionSyntax)node.Parent;
                    break;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access
                    when access.Expression == node && call.Expression == access:
                    uses |= CallOn(model, node, call);
                    next = IsPlain(model, call) ? null : call;
                    break;
                case MemberAccessExpressionSyntax access when access.Expression == node:
                    next = access;
                    break;
                case ElementAccessExpressionSyntax element when element.Expression == node:
                    next = element;
                    break;
                default:
                    return uses | UseAt(model, node, depth);
            }

            if (next is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax)
            {
                if (IsWritten(next)) return uses | Uses.Changes;
                if (IsPlain(model, next)) return uses;
            }
        }

        return uses;
    }

    /// <summary>A value that never changes, or a copy: what is done to it is nothing to the object that it came from.</summary>
    private bool IsPlain(SemanticModel model, ExpressionSyntax value) =>
        model.GetTypeInfo(value, cancellation).Type is { } type
        && (type.SpecialType == SpecialType.System_Void || Unchanging.Is(type))
        || new LocalValues(models, cancellation).IsCopy(value);

    private Uses CallOn(SemanticModel model, ExpressionSyntax receiver, InvocationExpressionSyntax call)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method) return Uses.All;
        if (method.ReducedFrom is { } extension)
            return KnownCalls.IsQuiet(extension) && !KnownCalls.MayWriteArguments(extension) ? Uses.Looks : Uses.All;
        if (model.GetTypeInfo(receiver, cancellation).Type is { } type && Unchanging.Is(type) || KnownCalls.OnlyLooks(method))
            return Uses.Looks;
        return SourceModels.HasSource(method) ? Uses.All : Uses.Changes;
    }

    private Uses UseAt(SemanticModel model, ExpressionSyntax node, int depth)
    {
        switch (node.Parent)
        {
            case ExpressionStatementSyntax or InterpolationSyntax or LockStatementSyntax:
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
                when assignment.Left == node:
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression }:
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax
                { Identifier.ValueText: "nameof" } } }:
                return Uses.Looks;
            case ForEachStatementSyntax loop when loop.Expression == node:
                return model.GetDeclaredSymbol(loop, cancellation) is not ILocalSymbol element ? Uses.All
                    : Unchanging.Is(element.Type) ? Uses.Looks : AliasOf(element, depth);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                return model.GetDeclaredSymbol(variable, cancellation) is ILocalSymbol alias ? AliasOf(alias, depth) : Uses.All;
            case ReturnStatementSyntax or ArrowExpressionClauseSyntax:
                return Uses.HandsOut;
            case ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax call } argument:
                return ArgumentOf(model, argument, call, depth) | (IsPlain(model, call) ? Uses.Looks : Uses.HandsOut);
            case ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: BaseObjectCreationExpressionSyntax copy }:
                return IsPlain(model, copy) ? Uses.Looks : Uses.All;
            default:
                return Uses.All;
        }
    }

    private Uses ArgumentOf(SemanticModel model, ArgumentSyntax argument, InvocationExpressionSyntax call, int depth)
    {
        if (model.GetOperation(argument, cancellation) is not IArgumentOperation { Parameter: { } parameter }
            || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method) return Uses.All;
        if (SourceModels.HasSource(method))
            return method.IsVirtual || method.IsAbstract || method.IsOverride ? Uses.All : UsesOf(parameter.OriginalDefinition, depth);
        if (!method.IsStatic) return Uses.All;
        // A parallel loop gives its rounds the elements.
        if (method.ContainingType.Name == "Parallel") return Uses.Looks;
        if (!KnownCalls.IsQuiet(method)) return Uses.All;
        return KnownCalls.MayWriteArguments(method) ? Uses.Changes : Uses.Looks;
    }

    private static bool IsWritten(ExpressionSyntax place) => place.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == place,
        PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression)
            || prefix.IsKind(SyntaxKind.PreDecrementExpression) || prefix.IsKind(SyntaxKind.AddressOfExpression),
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0
            || argument.Parent is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax },
        RefExpressionSyntax => true,
        _ => false,
    };
}
