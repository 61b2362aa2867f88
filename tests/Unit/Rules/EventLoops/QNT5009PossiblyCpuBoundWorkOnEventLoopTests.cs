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
}
