using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5002CpuBoundWorkOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

public sealed class QNT5002CpuBoundWorkOnEventLoopTests
{
    private static string View(string members) => $"class View : System.Windows.Forms.Form\n{{\n{members}\n}}";

    [Fact]
    public Task A_heavy_call_in_a_handler_is_flagged() => Flags(View(
        "void OnClick(object sender, EventArgs e) => [|System.Security.Cryptography.RSA.Create(4096)|];"),
        "'OnClick' runs on an event loop and keeps it busy: RSA.Create is heavy by nature", "goroutines or Task.Run");

    [Fact]
    public Task The_light_overload_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) => System.Security.Cryptography.RSA.Create();"));

    [Fact]
    public Task The_same_call_outside_a_control_is_allowed() => Allows(
        "class View { void OnClick(object sender, EventArgs e) => System.Security.Cryptography.RSA.Create(4096); }");

    [Fact]
    public Task The_same_call_on_the_pool_is_allowed() => Allows(View(
        "async void OnClick(object sender, EventArgs e) => await Task.Run(() => System.Security.Cryptography.RSA.Create(4096));"));

    [Fact]
    public Task Branching_recursion_that_is_reached_is_flagged() => Flags(View(
        """
        void OnClick(object sender, EventArgs e) => Text = [|Fib(Text.Length)|].ToString();
        static long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
        """), "OnClick → Fib");

    [Fact]
    public Task Recursion_over_a_tree_is_allowed() => Allows(
        """
        class Node { public Node Left, Right; public int Value; }
        class View : System.Windows.Forms.Form
        {
            Node _root;
            void OnClick(object sender, EventArgs e) => Text = Sum(_root).ToString();
            static long Sum(Node n) => n == null ? 0 : n.Value + Sum(n.Left) + Sum(n.Right);
        }
        """);

    [Fact]
    public Task Loops_of_constant_bounds_multiply_through_calls() => Flags(View(
        """
        void OnClick(object sender, EventArgs e) { var n = 0; for (var i = 0; i < 100_000; i++) n += [|Row(i)|]; Text = n.ToString(); }
        static int Row(int i) { var n = 0; for (var k = 0; k < 1_000; k++) n += i * k; return n; }
        """));

    [Fact]
    public Task Small_constant_bounds_are_allowed() => Allows(View(
        """
        void OnClick(object sender, EventArgs e) { var n = 0; for (var i = 0; i < 100; i++) n += Row(i); Text = n.ToString(); }
        static int Row(int i) { var n = 0; for (var k = 0; k < 100; k++) n += i * k; return n; }
        """));

    [Fact]
    public Task An_endless_loop_is_left_to_its_own_rule() => Allows(View(
        "int _n; void OnClick(object sender, EventArgs e) { while (true) _n++; }"));

    // RULES, "Precedence": 5001 over 5002. A member that only computes is left to this rule.
    [Fact]
    public async Task An_archive_is_waited_for()
    {
        const string Code = "class View : System.Windows.Forms.Form { void OnClick(object sender, EventArgs e) { {0}; } }";
        const string Unpack = "System.IO.Compression.ZipFile.ExtractToDirectory(\"a\", \"b\")";
        await Allows(Code.Replace("{0}", Unpack));
        await Verify<Quintet.Analyzers.Rules.EventLoops.QNT5001BlockingCallOnEventLoop>.Flags(Code.Replace("{0}", $"[|{Unpack}|]"));
        await Flags(Code.Replace("{0}", "[|System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(\"a\", new byte[8], 600_000, "
            + "System.Security.Cryptography.HashAlgorithmName.SHA256, 32)|]"));
    }

    [Fact]
    public Task An_installer_keeps_its_own_window_busy_all_the_same() => Flags(
        """
        class InstallerForm : System.Windows.Forms.Form
        {
            void OnClick(object sender, EventArgs e) { [|System.Security.Cryptography.RSA.Create(4096)|]; }
        }
        """);

    [Fact]
    public Task A_handler_that_the_pool_calls_too_is_flagged() => Flags(
        """
        class View : System.Windows.Forms.Form
        {
            void OnClick(object sender, EventArgs e) { [|System.Security.Cryptography.RSA.Create(4096)|]; }
            void Other() => Task.Run(() => OnClick(null, null));
        }
        """);

    private static string Drawing(string work) =>
        """
        namespace System.Drawing
        {
            public class Image { public int Width => 1; }
            public class Bitmap : Image { public Bitmap(Image image, int width, int height) { } public Bitmap(Stream stream) { } }
        }
        class Resources
        {
            static System.Resources.ResourceManager ResourceManager => null;
            public static System.Drawing.Bitmap Save => null;
        }
        class Pictures { public static System.Drawing.Bitmap Save => null; }
        class View : System.Windows.Forms.Form
        {
            System.Drawing.Image _photo, _made;

        """ + "void OnClick(object sender, EventArgs e) { " + work + " } }";

    // An icon by its size, a picture that a designer has put into the assembly, and one that is drawn the first time.
    [Theory]
    [InlineData("new System.Drawing.Bitmap(_photo, 1600, 1600)", "new System.Drawing.Bitmap(_photo, 16, 16)")]
    [InlineData("new System.Drawing.Bitmap(_photo, _photo.Width, 16)", "new System.Drawing.Bitmap(_photo, 256, 256)")]
    [InlineData("new System.Drawing.Bitmap(Pictures.Save, 1600, 1600)", "new System.Drawing.Bitmap(Resources.Save, 1600, 1600)")]
    public async Task A_small_picture_is_no_work(string large, string small)
    {
        await Flags(Drawing($"_photo = [|{large}|];"));
        await Allows(Drawing($"_photo = {small};"));
    }

    [Theory]
    [InlineData("if (_made == null) _made = {0};", false)]
    [InlineData("if (_photo != null) _made = {0};", true)]
    public Task A_picture_that_is_drawn_the_first_time_is_possible(string when, bool flagged)
    {
        const string Draw = "new System.Drawing.Bitmap(_photo, _photo.Width, 1600)";
        return flagged ? Flags(Drawing(when.Replace("{0}", $"[|{Draw}|]"))) : Allows(Drawing(when.Replace("{0}", Draw)));
    }

    [Theory]
    [InlineData("Png", true)]
    [InlineData("Bmp", false)]
    public Task A_picture_that_is_saved_uncompressed_is_copied(string format, bool flagged)
    {
        const string Code =
            """
            namespace System.Drawing { public class Image { public void Save(Stream stream, Imaging.ImageFormat format) { } } }
            namespace System.Drawing.Imaging
            { public class ImageFormat { public static ImageFormat Png => null; public static ImageFormat Bmp => null; } }
            class View : System.Windows.Forms.Form { System.Drawing.Image _shot; void OnClick(object sender, EventArgs e) { {0}; } }
            """;
        var save = $"_shot.Save(new MemoryStream(), System.Drawing.Imaging.ImageFormat.{format})";
        return flagged ? Flags(Code.Replace("{0}", $"[|{save}|]")) : Allows(Code.Replace("{0}", save));
    }

    [Theory]
    [InlineData("Png", true)]
    [InlineData("Bmp", false)]
    public Task A_picture_that_is_not_compressed_is_copied(string format, bool flagged)
    {
        var code = "namespace System.Windows.Media.Imaging { public abstract class BitmapEncoder { public void Save(Stream stream) { } } "
            + $"public class {format}BitmapEncoder : BitmapEncoder {{ }} }}\n" + "class View : System.Windows.Forms.Form { "
            + "void OnClick(object sender, EventArgs e) { var encoder = new System.Windows.Media.Imaging." + format
            + "BitmapEncoder(); {0}; } }";
        const string Save = "encoder.Save(new MemoryStream())";
        return flagged ? Flags(code.Replace("{0}", $"[|{Save}|]")) : Allows(code.Replace("{0}", Save));
    }

    // The hash of a file reads it once: far away, behind a branch, it is mostly small.
    [Theory]
    [InlineData("if (_n > 3) return; Hash();", false)]
    [InlineData("if (_n > 3) throw new InvalidOperationException(); Hash();", true)]
    [InlineData("Hash();", true)]
    public async Task The_hash_of_one_file_far_away_is_no_evidence(string middle, bool flagged)
    {
        var code = "class View : System.Windows.Forms.Form { int _n; void OnClick(object sender, EventArgs e) => {0}; void Check() { "
            + middle + " } void Hash() { using var file = File.OpenRead(\"a\"); "
            + "System.Security.Cryptography.SHA256.HashData(file); } }";
        if (flagged) await Flags(code.Replace("{0}", "[|Check()|]"));
        else await Allows(code.Replace("{0}", "Check()"));
    }
}
