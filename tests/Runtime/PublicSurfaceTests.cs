using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests.Runtime;

/// <summary>The public surface of the runtime is what <c>src/Runtime/PublicAPI</c> says: no change goes unnoticed.</summary>
public sealed class PublicSurfaceTests
{
    private const string Folder = "src/Runtime/PublicAPI";

    [Fact]
    public void The_public_surface_is_the_committed_one()
    {
        var surface = PublicSurface.OfTheRuntime();
        var folder = Repository.PathOf(Folder);
        if (Environment.GetEnvironmentVariable("QUINTET_UPDATE") == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (var old in Directory.GetFiles(folder, "*.txt")) File.Delete(old);
            foreach (var (model, lines) in surface)
                File.WriteAllText(Path.Combine(folder, model + ".txt"), string.Join('\n', lines) + "\n");
            Assert.Fail($"{Folder} was written anew: look at the difference, then run without QUINTET_UPDATE.");
        }

        Assert.Equal(surface.Keys.Order(), Directory.GetFiles(folder, "*.txt").Select(Path.GetFileNameWithoutExtension).Order());
        var changes = surface.SelectMany(model => Changes(File.ReadAllLines(Path.Combine(folder, model.Key + ".txt")), model.Value));
        Assert.True(!changes.Any(), "QUINTET_UPDATE=1 dotnet test tests/Runtime writes these lines:\n" + string.Join('\n', changes));
    }

    // Each line is one fact that a user can depend on: a change of any of them is a change of a line.
    [Theory]
    [InlineData("public class C { public void M(int a) { } }", "public class C { public void M(int b) { } }")]
    [InlineData("public class C { public void M(int a = 1) { } }", "public class C { public void M(int a = 2) { } }")]
    [InlineData("#nullable enable\npublic class C { public string? F; }", "#nullable enable\npublic class C { public string F = \"\"; }")]
    [InlineData("public class C { public int P { get; set; } }", "public class C { public int P { get; private set; } }")]
    [InlineData("public class C { protected virtual void M() { } }", "public class C { protected void M() { } }")]
    [InlineData("public class C;", "public sealed class C;")]
    [InlineData("public class C : System.IDisposable { public void Dispose() { } }", "public class C { public void Dispose() { } }")]
    [InlineData("public class C<T>;", "public class C<T> where T : class;")]
    [InlineData("public enum E { A = 1 }", "public enum E { A = 2 }")]
    public void A_change_of_the_surface_is_seen(string before, string after) => Assert.NotEmpty(Changes(Read(before), Read(after)));

    [Theory]
    [InlineData("public class C { private int n; }", "public class C { private long n; }")]
    [InlineData("public class C { internal void M(int a) { } }", "public class C { internal void M(int b) { } }")]
    [InlineData("public sealed class C { public void M() { } }", "public sealed class C { public void M() { _ = 1; } }")]
    public void What_nobody_outside_can_name_is_no_part_of_it(string before, string after) =>
        Assert.Empty(Changes(Read(before), Read(after)));

    private static IEnumerable<string> Changes(string[] before, string[] after) =>
        [.. before.Except(after).Select(line => "- " + line), .. after.Except(before).Select(line => "+ " + line)];

    private static string[] Read(string source)
    {
        var compilation = CSharpCompilation.Create(
            "surface",
            [CSharpSyntaxTree.ParseText("namespace Quintet.Sample;\n" + source)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var image = new MemoryStream();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error));
        return PublicSurface.Of(MetadataReference.CreateFromImage(image.ToArray()))["Sample"];
    }
}
