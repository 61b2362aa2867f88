using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Effects;
using Xunit;

namespace Quintet.Tests.Catalogue;

/// <summary>An id with a parameter list means one overload, whatever it returns.</summary>
public sealed class ExactIdTests
{
    private static readonly INamedTypeSymbol Printer = CSharpCompilation.Create(
        "Shop",
        [
            CSharpSyntaxTree.ParseText(
                """
                namespace Shop
                {
                    public class Printer
                    {
                        public int Feed(int pages) => pages;
                        public void Feed(string paper) { }
                        public static implicit operator int(Printer printer) => 0;
                    }
                }
                """,
                cancellationToken: TestContext.Current.CancellationToken),
        ],
        HostFramework.References).GetTypeByMetadataName("Shop.Printer")!;

    [Theory]
    [InlineData("M:Shop.Printer.Feed(System.Int32)", true, false)]
    [InlineData("M:Shop.Printer.Feed(System.String)", false, true)]
    [InlineData("M:Shop.Printer.Feed", true, true)]
    public void A_line_holds_for_the_overloads_that_it_names(string id, bool pages, bool paper)
    {
        Assert.True(CatalogueFile.TryParse($"blocks  {id}  -- waits for the paper", out var line, out _));
        var catalogue = ApiCatalogue.With([line]);

        Assert.Equal((pages, paper),
            (catalogue.Find(Feed(0), ApiVerb.Blocks) is not null, catalogue.Find(Feed(1), ApiVerb.Blocks) is not null));
    }

    [Fact]
    public void A_key_of_editorconfig_holds_for_an_overload_that_returns_a_value()
    {
        var annotations = new Annotations(new Dictionary<string, Declared> { ["M:Shop.Printer.Feed(System.Int32)"] = Declared.Blocking });

        Assert.Equal((Declared.Blocking, Declared.None), (annotations.Of(Feed(0)), annotations.Of(Feed(1))));
    }

    [Fact]
    public void A_conversion_keeps_its_return_type() =>
        Assert.Equal(
            "M:Shop.Printer.op_Implicit(Shop.Printer)~System.Int32",
            ApiCatalogue.IdOf(Printer.GetMembers().OfType<IMethodSymbol>()
                .Single(static method => method.MethodKind == MethodKind.Conversion)));

    private static IMethodSymbol Feed(int overload) => Printer.GetMembers("Feed").OfType<IMethodSymbol>().ElementAt(overload);
}
