using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Lines that the build writes about compiled members: of one value of a parameter, and of where a delegate runs.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    [Theory]
    [InlineData("[|p.Flush(true)|]")]
    [InlineData("[|p.Flush()|]")]
    [InlineData("p.Flush(false)")]
    [InlineData("p.Flush(_deep)")]
    [InlineData("p.Flush(deep: !true)")]
    public Task A_line_about_one_value_of_a_parameter_holds_where_that_is_passed(string call)
    {
        var lab = With("obj/quintet.effects.quintet.txt",
            "blocks  M:Acme.Printer.Flush(System.Boolean)  kind=wait  twin=none  given=deep:true  -- as Acme is compiled");
        var source = $$"""
            namespace Acme { public class Printer { public extern void Flush(bool deep = true); } }
            class C { bool _deep; async Task M(Acme.Printer p) { {{call}}; await Task.Yield(); } }
            """;
        return call[0] == '[' ? lab.Flags(source) : lab.Allows(source);
    }

    [Theory]
    [InlineData("caller", "[|Thread.Sleep(1)|]")]
    [InlineData("pool", "Thread.Sleep(1)")]
    public Task A_delegate_that_a_compiled_member_calls_at_once_runs_in_the_coroutine(string where, string call)
    {
        var lab = With("obj/quintet.effects.quintet.txt",
            $"runs  M:Acme.Retry.Do(System.Action)  where={where}  arg=work  -- as Acme is compiled");
        var source = $$"""
            namespace Acme { public static class Retry { public static extern void Do(Action work); } }
            class C { async Task M() { Acme.Retry.Do(() => {{call}}); await Task.Yield(); } }
            """;
        return call[0] == '[' ? lab.Flags(source) : lab.Allows(source);
    }

    [Theory]
    [InlineData("_ = [|p.Text|]")]
    [InlineData("p.Text = \"a\"")]
    [InlineData("[|p.Text|] += \"a\"")]
    [InlineData("_ = new Acme.Printer { Text = \"a\" }")]
    public Task A_line_about_a_getter_says_nothing_of_the_setter(string use)
    {
        var lab = With("obj/quintet.effects.quintet.txt",
            "blocks  M:Acme.Printer.get_Text  kind=file  twin=none  -- as Acme is compiled");
        var source = $$"""
            namespace Acme { public class Printer { public extern string Text { get; set; } } }
            class C { async Task M(Acme.Printer p) { {{use}}; await Task.Yield(); } }
            """;
        return use.Contains('[') ? lab.Flags(source) : lab.Allows(source);
    }

    private const string Abstractions =
        """
        namespace System.IO.Abstractions
        {
            public interface IFile { string ReadAllText(string path); bool Exists(string path); }
            public interface IPath { string ReadAllText(string path); }
            public abstract class FileWrapper { public abstract string ReadAllText(string path); }
        }

        """;

    // What stands behind the package outside of tests is the base library.
    [Theory]
    [InlineData("IFile", "ReadAllText", true)]
    [InlineData("FileWrapper", "ReadAllText", true)]
    [InlineData("IFile", "Exists", false)]
    [InlineData("IPath", "ReadAllText", false)]
    public Task A_file_behind_an_abstraction_is_a_file(string type, string member, bool flagged)
    {
        var code = Abstractions + $"class C {{ public async Task M(System.IO.Abstractions.{type} disk) {{ await Task.Yield(); {{0}}; }} }}";
        var call = $"disk.{member}(\"a\")";
        return flagged ? Flags(code.Replace("{0}", $"[|{call}|]")) : Allows(code.Replace("{0}", call));
    }
}
