using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5001BlockingCallOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

public sealed class QNT5001BlockingCallOnEventLoopTests
{
    private const string Forms =
        """
        namespace System.Windows.Forms { public class Control { public event EventHandler Click; } public class Form : Control { } }

        """;

    [Fact]
    public Task A_handler_that_reads_a_file_two_calls_down_is_flagged() => Flags(Forms +
        """
        class Main : System.Windows.Forms.Form
        {
            void OnClick(object sender, EventArgs e) => [|Refresh()|];
            void Refresh() => Load();
            void Load() => File.ReadAllText("orders.txt");
        }
        """,
        "'OnClick' runs on an event loop", "OnClick → Refresh → Load → File.ReadAllText");

    [Fact]
    public Task The_same_chain_from_a_method_that_handles_nothing_is_allowed() => Allows(Forms +
        """
        class Main : System.Windows.Forms.Form
        {
            void OnClick(object sender) => Refresh();
            void Refresh() => Load();
            void Load() => File.ReadAllText("orders.txt");
        }
        """);
}
