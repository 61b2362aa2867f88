using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests.Contexts;

/// <summary>What a server draws on the pool is only possible; each case with one fact changed.</summary>
public sealed class ServerTests
{
    private const string Picture = "SkiaSharp.SKBitmap.Decode(path)";

    [Theory]
    [InlineData(Picture, true, false, "QNT4020")]
    [InlineData(Picture, true, true, "QNT4005")]
    [InlineData(Picture, false, false, "QNT4005")]
    [InlineData("System.Security.Cryptography.RSA.Create(4096)", true, false, "QNT4005")]
    public async Task A_picture_is_drawn_on_the_pool(string work, bool isServer, bool hasWindows, string id)
    {
        var compilation = AllRules.Compile(CSharpSyntaxTree.ParseText(
            $$"""
            using System.Threading.Tasks;
            namespace SkiaSharp { public class SKBitmap { public static SKBitmap Decode(string path) => null; } }
            class Thumbnails { public async Task Draw(string path) { await Task.Yield(); {{work}}; } }
            """,
            cancellationToken: TestContext.Current.CancellationToken));
        if (!hasWindows) compilation = Without(compilation.RemoveReferences(Desktop.Reference), "Avalonia");
        if (!isServer) compilation = Without(compilation, "Microsoft.AspNetCore");

        var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(id, Assert.Single(found).Id);
    }

    private static CSharpCompilation Without(CSharpCompilation compilation, string framework) => compilation.RemoveReferences(
        compilation.References.Where(reference => reference.Display?.Contains(framework, StringComparison.Ordinal) == true));
}
