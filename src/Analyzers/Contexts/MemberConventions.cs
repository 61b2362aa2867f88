using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>Entry points that no base type or attribute gives away: they are found by name and signature.</summary>
internal static class MemberConventions
{
    public static RunContext Of(IMethodSymbol method)
    {
        var contexts = RunContext.Unknown;
        if (IsMain(method) || IsStartupClassMember(method)) contexts |= RunContext.StartUp;
        if (IsMiddleware(method) || IsController(method) && MemberRoots.IsEndpoint(method)) contexts |= RunContext.Request;
        return contexts;
    }

    /// <summary>
    /// A method without <c>async</c> that returns a task and works before it returns it. One that only passes a call on is
    /// what it calls, and one that only throws does not run anywhere in particular.
    /// </summary>
    public static bool WorksBeforeItsTask(IMethodSymbol method)
    {
        if (method.IsAsync || !TypeShape.IsTask(method.ReturnType) || method.DeclaringSyntaxReferences.IsEmpty) return false;
        var (block, arrow) = method.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            MethodDeclarationSyntax declared => (declared.Body, declared.ExpressionBody?.Expression),
            LocalFunctionStatementSyntax local => (local.Body, local.ExpressionBody?.Expression),
            AnonymousFunctionExpressionSyntax lambda => (lambda.Block, lambda.ExpressionBody),
            AccessorDeclarationSyntax getter => (getter.Body, getter.ExpressionBody?.Expression),
            ArrowExpressionClauseSyntax only => (null, only.Expression),
            _ => (null, null),
        };
        if (block is not null) return !(block.Statements.Count == 1 && block.Statements[0] is ThrowStatementSyntax);
        return arrow is not (null or ThrowExpressionSyntax) && (Calls(arrow) > 1 || GivesFunction(arrow));
    }

    /// <summary><c>Task Save() => Retry(() => …)</c>: what it passes on is a function of its own.</summary>
    private static bool GivesFunction(ExpressionSyntax call) => call is InvocationExpressionSyntax
    {
        ArgumentList.Arguments: var arguments, Expression: var taker,
    }
        && !(taker is MemberAccessExpressionSyntax { Expression: var starter } && LastName.Of(starter) is "Task" or "Factory" or "Parallel")
        && arguments.Any(static argument => argument.Expression is AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: 0 });

    private static int Calls(ExpressionSyntax expression) =>
        expression.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax)
            .Count(static node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);

    /// <summary>Whatever the kind of output: a library's <c>Main</c> is somebody's start, too.</summary>
    private static bool IsMain(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.Ordinary || !method.IsStatic) return false;
        if (method.Name == WellKnownMemberNames.TopLevelStatementsEntryPointMethodName) return true;
        return method is { Name: "Main", IsGenericMethod: false }
            && (method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Int32 || TypeShape.IsTask(method.ReturnType))
            // A package may read the command line into parameters, and call the one method of that name.
            && (method.Parameters.IsEmpty || method.Parameters.Length == 1 && IsTexts(method.Parameters[0].Type)
                || method.ContainingType.Name == "Program" && method.ContainingType.GetMembers("Main").Length == 1);
    }

    private static bool IsTexts(ITypeSymbol type) => type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String };

    /// <summary>The class that a web host builder is given, whose two methods run once.</summary>
    private static bool IsStartupClassMember(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Ordinary && method.ContainingType.Name.StartsWith("Startup", StringComparison.Ordinal)
        && method.Parameters.Any(static parameter => parameter.Type.Name is "IServiceCollection" or "IApplicationBuilder");

    /// <summary>
    /// ASP.NET Core takes every public class called <c>…Controller</c> for one; whoever gives it a route or answers with a result means
    /// that.
    /// </summary>
    private static bool IsController(IMethodSymbol method)
    {
        const string Suffix = "Controller";
        return method.ContainingType is { IsAbstract: false, IsGenericType: false, ContainingType: null } type
            && type.Name.EndsWith(Suffix, StringComparison.Ordinal) && type.DeclaredAccessibility == Accessibility.Public
            && (method.ReturnType.Name.EndsWith("ActionResult", StringComparison.Ordinal) || IsRouted(method) || IsRouted(type))
            && !type.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "NonControllerAttribute" or "NonController")
            && method.ContainingModule.ReferencedAssemblies.Any(static assembly => assembly.Name == "Microsoft.AspNetCore.Mvc.Core");
    }

    private static bool IsRouted(ISymbol symbol) => symbol.GetAttributes().Any(static attribute =>
        attribute.AttributeClass is { ContainingNamespace: { Name: "Mvc" or "Routing" } } named
        && (named.Name == "RouteAttribute" || named.Name.StartsWith("Http", StringComparison.Ordinal)));

    private static bool IsMiddleware(IMethodSymbol method) =>
        method is { Name: "Invoke" or "InvokeAsync", IsStatic: false, DeclaredAccessibility: Accessibility.Public, Parameters.Length: > 0 }
        && TypeShape.IsHttpContext(method.Parameters[0].Type) && TypeShape.IsTask(method.ReturnType);
}
