using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Quintet.Analyzers.Catalogue;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Overrides that only a framework calls, and that may go on after they have returned: those that it has in both forms, and those of a
/// window that say that something has happened.
/// </summary>
internal static class FrameworkOverrides
{
    private const string Suffix = "Async";

    /// <summary>The component awaits the other form, called right after this one.</summary>
    private static readonly HashSet<string> OfComponents =
        new(StringComparer.Ordinal) { "OnInitialized", "OnParametersSet", "OnAfterRender" };

    /// <summary>Told after the fact, with nothing to answer, and long before the end of the window.</summary>
    private static readonly HashSet<string> OfWindows = new(StringComparer.Ordinal)
    {
        "OnLoad", "OnShown", "OnOpened", "OnActivated", "OnContentRendered", "OnSourceInitialized", "OnClick", "OnDoubleClick",
        "OnTextChanged", "OnSelectedIndexChanged", "OnSelectedValueChanged", "OnSelectionChanged", "OnCheckedChanged", "OnValueChanged",
        "OnChecked", "OnUnchecked", "OnGotFocus", "OnLostFocus", "OnVisibleChanged", "OnSizeChanged", "OnResizeEnd", "OnAppearing",
        "OnNavigatedTo",
    };

    /// <summary>Whether an override can become asynchronous although its signature is not ours.</summary>
    public static bool Is(Compilation compilation, IMethodSymbol method) =>
        AsyncName(method) is not null || IsOfWindow(compilation, method);

    /// <summary>The name of the asynchronous form that is to be overridden instead; null for <c>async void</c>.</summary>
    public static string? AsyncName(IMethodSymbol method)
    {
        if (!IsOverride(method) || !OfComponents.Contains(method.Name)) return null;
        var name = method.Name + Suffix;
        if (!method.ContainingType.GetMembers(name).IsEmpty) return null;
        // What a base of ours does in either form would come in another order.
        for (var type = method.ContainingType.BaseType; type is not null; type = type.BaseType)
        {
            var isLast = type is { Name: "ComponentBase", ContainingNamespace: { Name: "Components",
                ContainingNamespace: { Name: "AspNetCore", ContainingNamespace.Name: "Microsoft" } } };
            if (isLast) return type.GetMembers(name).OfType<IMethodSymbol>().Any(static one => one.IsVirtual) ? name : null;
            if (!type.GetMembers(method.Name).IsEmpty || !type.GetMembers(name).IsEmpty) return null;
        }

        return null;
    }

    /// <summary>What the change costs, in the words that end a title.</summary>
    public static string Note(IMethodSymbol method) => AsyncName(method) switch
    {
        null => "the handler can run again while it awaits",
        "OnAfterRenderAsync" => "the component can render again while it awaits",
        _ => "the component renders before it has ended",
    };

    /// <summary>Calls of what an override overrides, in its own body.</summary>
    public static IEnumerable<InvocationExpressionSyntax> BaseCalls(SyntaxNode function, IMethodSymbol method) =>
        Functions.Body(function) is not { } body ? [] : Functions.OwnNodes(body).OfType<InvocationExpressionSyntax>().Where(call =>
            IsBaseName(call.Expression, method.Name));

    /// <summary>
    /// Whether the base would hear of it only after an await: it raises the event, and whoever raised it has gone on by then.
    /// </summary>
    public static bool TellsBaseLate(FunctionConversion conversion, IEnumerable<SyntaxNode> awaited) =>
        conversion is { Kind: ConversionKind.Handler, Symbol.IsOverride: true }
        && BaseCalls(conversion.Node, conversion.Symbol).Select(static call => call.SpanStart).DefaultIfEmpty(-1).Max() is var last
        && awaited.Any(place => place.SyntaxTree == conversion.Node.SyntaxTree && conversion.Node.Span.Contains(place.Span)
            && place.SpanStart < last);

    /// <summary>Whether the type, or one that derives from it, calls the override by hand or has another one.</summary>
    public static async Task<bool> IsNamedElsewhereAsync(
        IMethodSymbol method, SyntaxNode function, Solution solution, CancellationToken cancellation)
    {
        var derived = await SymbolFinder.FindDerivedClassesAsync(method.ContainingType, solution, cancellationToken: cancellation)
            .ConfigureAwait(false);
        foreach (var type in derived)
            if (!type.GetMembers(method.Name).IsEmpty || !type.GetMembers(method.Name + Suffix).IsEmpty) return true;
        var own = new HashSet<SyntaxNode>(BaseCalls(function, method).Select(static call => call.Expression));
        foreach (var part in derived.Append(method.ContainingType).SelectMany(static type => type.DeclaringSyntaxReferences))
        {
            var declaration = await part.GetSyntaxAsync(cancellation).ConfigureAwait(false);
            if (declaration.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
                name.Identifier.ValueText == method.Name && !own.Contains(name.Parent!))) return true;
        }

        return false;
    }

    private static bool IsOfWindow(Compilation compilation, IMethodSymbol method) =>
        IsOverride(method) && OfWindows.Contains(method.Name) && !Convertible.Implemented(method).Any()
        && method.Parameters.Length < 2 && method.Parameters.All(static parameter => Handlers.IsEventArgs(parameter.Type)
            && !parameter.Type.GetMembers("Cancel").Any())
        && (Entries.Of(compilation).Of(method) & RunContext.EventLoop) != 0;

    private static bool IsOverride(IMethodSymbol method)
    {
        if (method is not { IsOverride: true, ReturnsVoid: true, IsGenericMethod: false }) return false;
        var slot = method.OverriddenMethod;
        while (slot?.OverriddenMethod is { } above) slot = above;
        return slot is { DeclaringSyntaxReferences.IsEmpty: true };
    }

    private static bool IsBaseName(ExpressionSyntax callee, string name) =>
        callee is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax } access && access.Name.Identifier.ValueText == name;
}
