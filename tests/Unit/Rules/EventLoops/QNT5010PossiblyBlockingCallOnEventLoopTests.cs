using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5010PossiblyBlockingCallOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

public sealed class QNT5010PossiblyBlockingCallOnEventLoopTests
{
    private static string View(string members) => $"class View : System.Windows.Forms.Form\n{{\n{members}\n}}";

    [Fact]
    public Task Brief_work_is_possible() => Flags(View(
        "void OnClick(object sender, EventArgs e) { [|File.Delete(\"a\")|]; }"), "may hold it");

    [Fact]
    public Task Work_on_names_of_files_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) { Text = Path.GetFileName(\"a\"); }"));

    [Fact]
    public Task Long_work_is_left_to_the_warning() => Allows(View(
        "void OnClick(object sender, EventArgs e) { File.ReadAllText(\"a\"); }"));

    [Fact]
    public Task A_call_on_a_path_that_throws_is_possible() => Flags(View(
        "void OnClick(object sender, EventArgs e) { if (Text == \"\") { [|File.WriteAllText(\"a\", \"b\")|]; throw new Exception(); } }"));

    [Fact]
    public Task A_path_that_throws_without_work_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) { if (Text == \"\") { Text = \"a\"; throw new Exception(); } }"));

    [Fact]
    public Task One_of_several_implementations_is_possible() => Flags(
        """
        interface ISource { string Read(); }
        class FileSource : ISource { public string Read() => File.ReadAllText("a"); }
        class FixedSource : ISource { public string Read() => "a"; }
        class View : System.Windows.Forms.Form { ISource _source; void OnClick(object sender, EventArgs e) => Text = [|_source.Read()|]; }
        """);

    [Fact]
    public Task Implementations_that_do_not_block_are_allowed() => Allows(
        """
        interface ISource { string Read(); }
        class EmptySource : ISource { public string Read() => ""; }
        class FixedSource : ISource { public string Read() => "a"; }
        class View : System.Windows.Forms.Form { ISource _source; void OnClick(object sender, EventArgs e) => Text = _source.Read(); }
        """);

    [Fact]
    public Task The_same_work_outside_a_handler_is_allowed() => Allows(View(
        "void Clean() { File.Delete(\"a\"); }"));
}
