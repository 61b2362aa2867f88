using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Xunit;

namespace Quintet.Tests.Catalogue;

/// <summary>Lines about contexts must fit what they name: a delegate to run, a type to derive from, an attribute to carry.</summary>
public sealed class RootAndRunsTests
{
    [Fact]
    public void A_runs_line_names_a_member_that_takes_a_delegate() =>
        CatalogueTests.AssertNone(CatalogueLines.Entries
            .Where(static entry => entry.Verb == ApiVerb.Runs)
            .Where(static entry => entry.Id[0] is 'M' or 'T')
            .Where(static entry => !CatalogueCompilation.Resolve(entry.Id).Any(IsDelegateType))
            .Where(static entry => !Methods(entry).Any(method => method.Parameters.Any(parameter => Receives(entry, parameter))))
            .Select(static entry => entry.ToString()));

    [Fact]
    public void A_root_line_fits_its_selector() =>
        CatalogueTests.AssertNone(CatalogueLines.Entries
            .Where(static entry => entry.Verb == ApiVerb.Root)
            .Where(static entry => !CatalogueCompilation.Resolve(entry.Id).Any(symbol => Fits(entry, symbol)))
            .Select(static entry => $"{entry} by {entry.By}"));

    [Theory]
    [InlineData("System.Windows.Forms.Control", RunContext.EventLoop)]
    [InlineData("System.Windows.UIElement", RunContext.EventLoop)]
    [InlineData("Microsoft.UI.Xaml.UIElement", RunContext.EventLoop)]
    [InlineData("Microsoft.Maui.Controls.Element", RunContext.EventLoop)]
    [InlineData("Avalonia.Input.InputElement", RunContext.EventLoop)]
    [InlineData("Microsoft.AspNetCore.Components.ComponentBase", RunContext.EventLoop)]
    [InlineData("UnityEngine.MonoBehaviour", RunContext.EventLoop)]
    [InlineData("Orleans.Grain", RunContext.Turn)]
    [InlineData("Microsoft.AspNetCore.SignalR.Hub", RunContext.Turn)]
    [InlineData("Microsoft.AspNetCore.Mvc.ControllerBase", RunContext.Request)]
    [InlineData("Microsoft.AspNetCore.Mvc.RazorPages.PageModel", RunContext.Request)]
    [InlineData("Microsoft.AspNetCore.Http.IMiddleware", RunContext.Request)]
    [InlineData("Xunit.FactAttribute", RunContext.Test)]
    public void Every_kind_of_root_of_the_contract_is_there(string type, object where) =>
        Assert.Contains(ApiCatalogue.Default.Roots, root => root.Id == "T:" + type && root.Where == (RunContext)where);

    private static IEnumerable<IMethodSymbol> Methods(ApiEntry entry) => CatalogueCompilation.Resolve(entry.Id)
        .SelectMany(static symbol => symbol is INamedTypeSymbol type ? type.GetMembers().AsEnumerable() : [symbol])
        .OfType<IMethodSymbol>();

    private static bool Receives(ApiEntry entry, IParameterSymbol parameter) =>
        (entry.Argument is null || entry.Argument == parameter.Name)
        && (IsDelegate(parameter.Type is IArrayTypeSymbol { ElementType: var element } ? element : parameter.Type)
            || IsRunByUnity(parameter));

    private static bool IsDelegateType(ISymbol symbol) => symbol is INamedTypeSymbol { TypeKind: TypeKind.Delegate };

    /// <summary>A coroutine, or the name of a method.</summary>
    private static bool IsRunByUnity(IParameterSymbol parameter) => parameter.ContainingType.Name == "MonoBehaviour"
        && parameter.Type.SpecialType is SpecialType.System_Collections_IEnumerator or SpecialType.System_String;

    private static bool IsDelegate(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Delegate || type.SpecialType is SpecialType.System_Delegate or SpecialType.System_MulticastDelegate;

    private static bool Fits(ApiEntry entry, ISymbol symbol) => (entry.By, symbol) switch
    {
        (RootSelector.Attribute, INamedTypeSymbol type) => IsAttribute(type),
        (RootSelector.Implements, INamedTypeSymbol type) => type.TypeKind == TypeKind.Interface,
        (RootSelector.Implements, IMethodSymbol method) => method.ContainingType.TypeKind == TypeKind.Interface,
        (RootSelector.Override, INamedTypeSymbol type) => IsAttribute(type) || !type.IsSealed,
        (RootSelector.Override, IMethodSymbol method) => method.IsVirtual || method.IsAbstract,
        (RootSelector.Name, INamedTypeSymbol type) => !type.IsSealed && entry.Names.Count > 0,
        (RootSelector.Handler or RootSelector.Public, INamedTypeSymbol) => true,
        _ => false,
    };

    private static bool IsAttribute(INamedTypeSymbol type) =>
        type.BaseType is { } baseType && (baseType.ToDisplayString() == "System.Attribute" || IsAttribute(baseType));
}
