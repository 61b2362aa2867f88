using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Overrides of a framework that has them in both forms, or that only tells what has happened.</summary>
public sealed class FrameworkOverrideTests
{
    private static readonly QNT5001BlockingCallOnEventLoopFix Fix = new();

    private static string Page(string members, string more = "") =>
        FixLab.Usings + "class Page : Microsoft.AspNetCore.Components.ComponentBase\n"
            + $"{{\n    string text = \"\";\n    {members}\n}}\n{more}";

    private static string View(string members, string more = "") => FixLab.Usings
        + $"using System.Diagnostics;\nusing System.Windows.Forms;\nclass View : Form\n{{\n    {members}\n}}\n{more}";

    [Theory]
    [InlineData("protected override void OnInitialized() { // first\n        text = [|File.ReadAllText(\"a\")|];\n    }",
        "protected override async Task OnInitializedAsync() { // first\n        text = await File.ReadAllTextAsync(\"a\");\n    }",
        "Make 'OnInitialized' async (the component renders before it has ended)")]
    [InlineData("protected override void OnInitialized() { base.OnInitialized(); [|Thread.Sleep(1)|]; }",
        "protected override async Task OnInitializedAsync() { await base.OnInitializedAsync(); await Task.Delay(1); }",
        "Make 'OnInitialized' async (the component renders before it has ended)")]
    [InlineData("protected override void OnParametersSet() => text = [|File.ReadAllText(\"a\")|];",
        "protected override async Task OnParametersSetAsync() => text = await File.ReadAllTextAsync(\"a\");",
        "Make 'OnParametersSet' async (the component renders before it has ended)")]
    [InlineData("protected override void OnAfterRender(bool first) { if (!first) return; [|Thread.Sleep(1)|]; }",
        "protected override async Task OnAfterRenderAsync(bool first) { if (!first) return; await Task.Delay(1); }",
        "Make 'OnAfterRender' async (the component can render again while it awaits)")]
    public Task A_component_overrides_the_asynchronous_form(string before, string after, string title) =>
        FixAssert.BecomesAsync(Fix, FixLab.Of([Page(before)]), [Page(after)], title);

    [Theory]
    // Both forms are there, somebody calls it, another class has to say something too.
    [InlineData("protected override Task OnInitializedAsync() => Task.CompletedTask;", "")]
    [InlineData("void Again() => OnInitialized();", "")]
    [InlineData("", "class Sub : Page { protected override void OnInitialized() => base.OnInitialized(); }\n")]
    [InlineData("", "class Sub : Page { protected override Task OnInitializedAsync() => Task.CompletedTask; }\n")]
    public Task A_component_with_more_to_it_stays(string members, string more) => FixAssert.RefusedAsync(
        Fix, FixLab.Of([Page("protected override void OnInitialized() { [|Thread.Sleep(1)|]; }\n    " + members, more)]));

    [Theory]
    [InlineData("void Again() => StateHasChanged();", "class Sub : Page { protected override void OnParametersSet() { } }\n")]
    public Task Members_and_classes_that_have_no_part_in_it_do_not_matter(string members, string more) => FixAssert.BecomesAsync(
        Fix, FixLab.Of([Page("protected override void OnInitialized() { [|Thread.Sleep(1)|]; }\n    " + members, more)]),
        [Page("protected override async Task OnInitializedAsync() { await Task.Delay(1); }\n    " + members, more)]);

    [Fact]
    public Task A_base_of_ours_keeps_its_place_in_the_order() => FixAssert.RefusedAsync(Fix, FixLab.Of([FixLab.Usings
        + "class Base : Microsoft.AspNetCore.Components.ComponentBase { protected override void OnInitialized() { } }\n"
        + "class Page : Base { protected override void OnInitialized() { base.OnInitialized(); [|Thread.Sleep(1)|]; } }\n"]));

    [Fact]
    public Task Below_a_component_the_chain_is_asynchronous_too() => FixAssert.BecomesAsync(
        Fix,
        FixLab.Of([Page("protected override void OnInitialized() => [|Load()|];\n"
            + "    void Load() => text = {|1:File.ReadAllText(\"a\")|};")])
            .With(FindingProperties.Twin, "auto"),
        [Page("protected override async Task OnInitializedAsync() => await LoadAsync();\n"
            + "    async Task LoadAsync() => text = await File.ReadAllTextAsync(\"a\");")],
        "Make 'OnInitialized' async down to 'Load' (the component renders before it has ended)");

    [Theory]
    [InlineData("OnLoad")]
    [InlineData("OnShown")]
    [InlineData("OnClick")]
    public Task A_window_is_told_and_goes_on(string name) => FixAssert.BecomesAsync(
        Fix,
        FixLab.Of([View($"protected override void {name}(EventArgs e)\n    {{\n        base.{name}(e); // first\n"
            + "        Text = [|File.ReadAllText(\"a\")|];\n    }")]).WithDesktop(),
        [View($$"""
            protected override async void {{name}}(EventArgs e)
                {
                    try
                    {
                        base.{{name}}(e); // first
                        Text = await File.ReadAllTextAsync("a");
                    }
                    catch (Exception exception)
                    {
                        Trace.TraceError(exception.ToString());
                    }
                }
            """)],
        $"Make '{name}' async (the handler can run again while it awaits)");

    [Theory]
    // The base raises the event, and who raised it would have gone on.
    [InlineData("protected override void OnLoad(EventArgs e) { [|Thread.Sleep(1)|]; base.OnLoad(e); }", "")]
    // Somebody waits for its end.
    [InlineData("protected override void OnLoad(EventArgs e) { [|Thread.Sleep(1)|]; } void Again() => OnLoad(EventArgs.Empty);", "")]
    [InlineData("protected override void OnLoad(EventArgs e) { [|Thread.Sleep(1)|]; }",
        "class Sub : View { protected override void OnLoad(EventArgs e) { base.OnLoad(e); Text = \"\"; } }\n")]
    public Task A_window_that_is_waited_for_stays(string members, string more) =>
        FixAssert.RefusedAsync(Fix, FixLab.Of([View(members, more)]).WithDesktop());

    [Fact]
    public Task A_virtual_of_ours_changes_with_its_callers() => FixAssert.BecomesAsync(
        Fix,
        FixLab.Of([FixLab.Usings + "abstract class Base { protected virtual void OnLoad(EventArgs e) { } }\n"
            + "class View : Base { protected override void OnLoad(EventArgs e) { [|Thread.Sleep(1)|]; } }\n"]),
        [FixLab.Usings + "abstract class Base { protected virtual Task OnLoad(EventArgs e) { return Task.CompletedTask; } }\n"
            + "class View : Base { protected override async Task OnLoad(EventArgs e) { await Task.Delay(1); } }\n"]);
}
