using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.CodeFixes;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>What fix tests say: this becomes that, this is refused, all of these become those.</summary>
internal static class FixAssert
{
    /// <summary>The first action turns members of one class into others; the result compiles.</summary>
    public static Task BecomesAsync(Fix fix, string members, string expected, string? title = null, string usings = "") =>
        BecomesAsync(fix, FixLab.OfMembers(members), [usings + FixLab.Wrap(expected)], title);

    public static async Task BecomesAsync(Fix fix, FixLab lab, IReadOnlyList<string> expected, string? title = null, int action = 0)
    {
        var actions = await lab.ActionsAsync(fix);
        Assert.True(actions.Count > action, "No action is offered.");
        if (title is not null) Assert.Equal(title, actions[action].Title);
        Assert.StartsWith(fix.FixableDiagnosticIds[0] + ".", actions[action].EquivalenceKey, StringComparison.Ordinal);
        await IsAsync(expected, await FixLab.ChangedAsync(actions[action]));
    }

    /// <summary>Nothing is offered, although the reason stands far away from the site: an action that changes nothing is none.</summary>
    public static Task RefusedAsync(Fix fix, string members) => RefusedAsync(fix, FixLab.OfMembers(members));

    public static async Task RefusedAsync(Fix fix, FixLab lab) =>
        Assert.Empty((await lab.ActionsAsync(fix)).Select(static action => action.Title));

    /// <summary>Nothing is offered at all: the reason is visible at the site.</summary>
    public static async Task NotOfferedAsync(Fix fix, string members) => Assert.Empty(await FixLab.OfMembers(members).ActionsAsync(fix));

    public static Task AllBecomeAsync(Fix fix, string? key, string members, string expected) =>
        AllBecomeAsync(fix, key, FixLab.OfMembers(members).With(Quintet.Analyzers.Findings.FindingProperties.Twin, "auto"),
            [FixLab.Wrap(expected)]);

    public static async Task AllBecomeAsync(
        Fix fix, string? key, FixLab lab, IReadOnlyList<string> expected, FixAllScope scope = FixAllScope.Solution) =>
        await IsAsync(expected, await lab.FixAllAsync(fix, key, scope));

    public static async Task IsAsync(IReadOnlyList<string> expected, Microsoft.CodeAnalysis.Solution changed)
    {
        var actual = await FixLab.TextsAsync(changed);
        Assert.Equal(expected.Select(Plain), actual.Select(Plain));
        Assert.Empty(await FixLab.ErrorsAsync(changed));
    }

    private static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
