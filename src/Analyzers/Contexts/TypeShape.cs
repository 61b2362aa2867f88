using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Contexts;

/// <summary>Questions about types that need neither a compilation nor the catalogue.</summary>
internal static class TypeShape
{
    /// <summary><c>Task</c>, <c>ValueTask</c> and their generic forms.</summary>
    public static bool IsTask(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask" } named && IsIn(named, "System", "Threading", "Tasks");

    /// <summary>
    /// What <c>async</c> says about a body: it gives way at each await only, unless it is a goroutine of ours, whose scheduler has other
    /// threads and takes processors from those who hold them.
    /// </summary>
    public static RunContext OfAsync(IMethodSymbol method) =>
        !method.IsAsync ? RunContext.Unknown : IsGoroutine(method.ReturnType) ? RunContext.Parallel : RunContext.Coroutine;

    private static bool IsGoroutine(ITypeSymbol type) => type.Name == "GoTask" && IsIn(type, "Quintet", "Goroutines");

    /// <summary>The second parameter of a handler. WinUI's arguments end in the word without deriving from the class.</summary>
    public static bool IsEventArgs(ITypeSymbol type)
    {
        if (type.Name.EndsWith("EventArgs", StringComparison.Ordinal)) return true;
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            if (current.Name == "EventArgs" && IsIn(current, "System")) return true;
        return type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(IsEventArgs);
    }

    /// <summary>The C# half of a window or control whose other half is mark-up.</summary>
    public static bool IsCodeBehind(INamedTypeSymbol type)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            var path = reference.SyntaxTree.FilePath;
            if (path.EndsWith(".xaml.cs", StringComparison.OrdinalIgnoreCase)
                || path.EndsWith(".axaml.cs", StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>The base of a package that is missing says by its name that it is a window or control.</summary>
    public static bool IsNamedWindow(ITypeSymbol? missing) => missing is IErrorTypeSymbol { Name: var name }
        && new[] { "Form", "Window", "UserControl" }.Any(end => name.EndsWith(end, StringComparison.Ordinal));

    /// <summary>A command that a user interface executes.</summary>
    public static bool IsCommand(ITypeSymbol? type) =>
        type is not null && (IsICommand(type) || type.AllInterfaces.Any(IsICommand));

    public static bool IsHttpContext(ITypeSymbol type) => type.Name == "HttpContext" && IsIn(type, "Microsoft", "AspNetCore", "Http");

    /// <summary>A type of a toolkit for windows, whose handlers its loop calls.</summary>
    public static bool IsOfToolkit(ITypeSymbol? type)
    {
        var space = type?.ContainingNamespace?.ToDisplayString() ?? "";
        return space.StartsWith("System.Windows.", StringComparison.Ordinal) || space is "System.Windows" or "Avalonia"
            || space.StartsWith("Avalonia.", StringComparison.Ordinal) || space.StartsWith("Microsoft.UI.Xaml", StringComparison.Ordinal);
    }

    public static bool IsExpressionTree(ITypeSymbol? type) =>
        type is { Name: "Expression" or "LambdaExpression" } && IsIn(type, "System", "Linq", "Expressions");

    /// <summary>Whether a type's namespace is exactly these words.</summary>
    public static bool IsIn(ITypeSymbol type, params string[] words)
    {
        var current = type.ContainingNamespace;
        for (var i = words.Length - 1; i >= 0; i--, current = current.ContainingNamespace)
            if (current is null || current.IsGlobalNamespace || current.Name != words[i]) return false;
        return current is null or { IsGlobalNamespace: true };
    }

    private static bool IsICommand(ITypeSymbol type) => type.Name == "ICommand" && IsIn(type, "System", "Windows", "Input");
}
