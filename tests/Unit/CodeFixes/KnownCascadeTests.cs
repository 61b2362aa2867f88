using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.Rewriting;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>What one finding below a contract has found out about its cascade answers for the others, where it is theirs, too.</summary>
public sealed class KnownCascadeTests
{
    private static readonly QNT4004SyncOverAsyncFix SyncOverAsync = new();

    /// <summary>Two implementations, and a caller of their contract.</summary>
    private static FixLab Lab(string second, string caller) => FixLab.OfMembers(
        $$"""
        static Task<int> T() => Task.FromResult(1);
        interface IStock { int Count(); }
        class First : IStock { public int Count() => [|T().GetAwaiter().GetResult()|]; }
        class Second : IStock { public int Count() { {{second}} } }
        int Caller(IStock stock) { {{caller}} }
        """);

    private static async Task<bool> KnowsAsync(FixLab lab, string type)
    {
        var root = await lab.Solution.Projects.Single().Documents.Single().GetSyntaxRootAsync();
        var function = root!.DescendantNodes().OfType<ClassDeclarationSyntax>().Single(one => one.Identifier.ValueText == type).Members[0];
        return KnownCascades.Of(lab.Solution).TryGet(function, out _);
    }

    [Fact]
    public async Task The_whole_family_of_what_holds_is_known()
    {
        var lab = Lab("return [|T().GetAwaiter().GetResult()|];", "return stock.Count();");
        Assert.False(await KnowsAsync(lab, "Second"));
        Assert.Single(await lab.ActionsAsync(SyncOverAsync));
        Assert.True(await KnowsAsync(lab, "Second"));
        Assert.Single(await lab.ActionsAsync(SyncOverAsync, finding: 1));
    }

    [Theory]
    [InlineData("return [|T().Result|];", "try { return stock.Count(); } catch (IOException) { return 0; }", true)]
    [InlineData("return [|T().Result|];", "try { return stock.Count(); } catch (AggregateException) { return 0; }", false)]
    [InlineData("lock (this) { return [|T().Result|]; }", "return stock.Count();", false)]
    public async Task The_next_finding_has_its_own_say(string second, string caller, bool isOffered)
    {
        var lab = Lab(second, caller);
        Assert.Single(await lab.ActionsAsync(SyncOverAsync));
        Assert.Equal(isOffered ? 1 : 0, (await lab.ActionsAsync(SyncOverAsync, finding: 1)).Count);
    }

    [Fact]
    public async Task What_does_not_hold_is_not_known()
    {
        var lab = Lab("return [|T().GetAwaiter().GetResult()|];", "lock (stock) { return stock.Count(); }");
        Assert.Empty(await lab.ActionsAsync(SyncOverAsync));
        Assert.False(await KnowsAsync(lab, "Second"));
        Assert.Empty(await lab.ActionsAsync(SyncOverAsync, finding: 1));
    }
}
