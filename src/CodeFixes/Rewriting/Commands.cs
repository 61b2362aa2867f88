using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// What a command of a user interface executes, written as a lambda where the command is made: nobody waits for it where executing the
/// command does nothing else afterwards.
/// </summary>
internal static class Commands
{
    public static bool Take(SemanticModel model, AnonymousFunctionExpressionSyntax lambda, CancellationToken cancellation)
    {
        if (lambda.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax made } }
            || model.GetTypeInfo(made, cancellation).Type is not INamedTypeSymbol type || !TypeShape.IsCommand(type)) return false;
        return model.GetTypeInfo(lambda, cancellation).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: true }
            // One that takes asynchronous work, too, is meant to be given that.
            && !type.InstanceConstructors.SelectMany(static one => one.Parameters).Any(static one => GivesTask(one.Type))
            && model.GetOperation(lambda, cancellation) is { } function
            && (Entries.Of(model.Compilation).OfDelegate(function) & RunContext.EventLoop) != 0
            && IsLastOfExecute(type, cancellation);
    }

    private static bool GivesTask(ITypeSymbol type) =>
        type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var result } && TaskWaits.IsTaskLike(result);

    /// <summary>Whether <c>Execute</c> ends with a call of what the command was given.</summary>
    private static bool IsLastOfExecute(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var execute = type.AllInterfaces.Where(static one => one.Name == "ICommand").SelectMany(static one => one.GetMembers("Execute"))
            .Select(type.FindImplementationForInterfaceMember).OfType<IMethodSymbol>().FirstOrDefault();
        if (execute?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not MethodDeclarationSyntax method)
            return false;
        if (method.ExpressionBody is { } arrow) return IsCall(execute.ContainingType, arrow.Expression);
        StatementSyntax? last = method.Body;
        while (last is BlockSyntax or IfStatementSyntax { Else: null })
            last = last is BlockSyntax block ? block.Statements.LastOrDefault() : ((IfStatementSyntax)last).Statement;
        return last is ExpressionStatementSyntax statement && IsCall(execute.ContainingType, statement.Expression);
    }

    /// <summary><c>_execute(parameter)</c>, <c>_execute.Invoke(parameter)</c>, <c>_execute?.Invoke(parameter)</c>.</summary>
    private static bool IsCall(INamedTypeSymbol type, ExpressionSyntax call) => call switch
    {
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax name } => IsGiven(type, name),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax
            { Expression: IdentifierNameSyntax name, Name.Identifier.ValueText: "Invoke" } } => IsGiven(type, name),
        ConditionalAccessExpressionSyntax { Expression: IdentifierNameSyntax name, WhenNotNull: InvocationExpressionSyntax
            { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" } } } => IsGiven(type, name),
        _ => false,
    };

    /// <summary>A function that the command keeps; an event of its own it raises for others.</summary>
    private static bool IsGiven(INamedTypeSymbol type, IdentifierNameSyntax name) =>
        type.GetMembers(name.Identifier.ValueText).Any(static member => member
            is IFieldSymbol { Type.TypeKind: TypeKind.Delegate } or IPropertySymbol { Type.TypeKind: TypeKind.Delegate })
        || type.InstanceConstructors.SelectMany(static one => one.Parameters).Any(parameter =>
            parameter.Name == name.Identifier.ValueText && parameter.Type.TypeKind == TypeKind.Delegate);
}
