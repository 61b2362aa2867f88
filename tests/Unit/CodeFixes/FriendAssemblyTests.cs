using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>What is internal is known to the friends of its assembly, and not all of them are here.</summary>
public sealed class FriendAssemblyTests
{
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();

    private static async Task<string> TitleAsync(string friend, string access)
    {
        var lab = FixLab.Of(
            [FixLab.Usings.TrimEnd() + $"\n[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend}\")]\n"
                + "static class Reader { public static async Task RunAsync() { await Task.Yield(); [|Fetch()|]; } "
                + access + " static string Fetch() => {|1:File.ReadAllText(\"a\")|}; }\n"],
            ["class Friend { }\n"]);
        return (await lab.With(FindingProperties.Twin, "auto").ActionsAsync(Reached)).Single().Title;
    }

    [Theory]
    [InlineData("App.B")]
    [InlineData("App.B, PublicKey=0024")]
    public async Task A_friend_that_is_not_here_breaks(string friend) => Assert.Equal(
        "Make 'Fetch' async (changes an internal signature that 'App.B' sees: callers elsewhere break)",
        await TitleAsync(friend, "internal"));

    [Theory]
    // A friend that is changed along with it, what makes mocks, what no friend sees.
    [InlineData("P2", "internal")]
    [InlineData("DynamicProxyGenAssembly2", "internal")]
    [InlineData("App.B", "private")]
    public async Task Nobody_else_does(string friend, string access) =>
        Assert.Equal("Make 'Fetch' async", await TitleAsync(friend, access));
}
