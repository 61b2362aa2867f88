using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5009PossiblyCpuBoundWorkOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

public sealed class QNT5009PossiblyCpuBoundWorkOnEventLoopTests
{
    private static string View(string members) => $"class View : System.Windows.Forms.Form\n{{\nList<byte[]> _pages;\n{members}\n}}";

    [Fact]
    public Task A_hash_for_every_element_of_an_input_is_possible() => Flags(View(
        "void OnClick(object sender, EventArgs e) { "
        + "foreach (var page in _pages) [|System.Security.Cryptography.SHA256.HashData(page)|]; }"),
        "may keep it busy");

    [Fact]
    public Task One_hash_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) { System.Security.Cryptography.SHA256.HashData(_pages[0]); }"));

    [Fact]
    public Task The_same_loop_outside_a_handler_is_allowed() => Allows(View(
        "void Pack() { foreach (var page in _pages) System.Security.Cryptography.SHA256.HashData(page); }"));

    [Fact]
    public Task The_same_loop_on_the_pool_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) => Task.Run(() => { "
        + "foreach (var page in _pages) System.Security.Cryptography.SHA256.HashData(page); });"));

    private const string Key = "System.Security.Cryptography.RSA.Create(4096)";

    // Where a window ends, and in a window of the program's developers, nobody else waits.
    [Theory]
    [InlineData("View", "ClosedEventArgs", "[|" + Key + "|]")]
    [InlineData("DebugWindow", "EventArgs", "[|" + Key + "|]")]
    public Task A_key_that_hardly_holds_anybody_up_is_possible(string window, string arguments, string work) =>
        Flags(Window(window, arguments, work));

    [Fact]
    public Task A_key_in_any_other_handler_is_left_to_the_warning() => Allows(Window("View", "EventArgs", Key));

    private static string Window(string name, string arguments, string work) =>
        $$"""
        class ClosedEventArgs : EventArgs;
        class {{name}} : System.Windows.Forms.Form
        {
            void View_Closed(object sender, ClosedEventArgs e) { }
            void {{(arguments == "EventArgs" ? "OnClick" : "OnClosed")}}(object sender, {{arguments}} e) { {{work}}; }
        }
        """;
}
