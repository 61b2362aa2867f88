using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests.Contexts;

/// <summary>What a service draws on the pool, and what is walked there, is only possible; each case with one fact changed.</summary>
public sealed class ServerTests
{
    private const string Picture = "SkiaSharp.SKBitmap.Decode(path)";

    private const string Tree = "System.IO.Directory.GetFiles(path, \"*\", System.IO.SearchOption.AllDirectories)";

    private const string Toolkit = "namespace CommunityToolkit.Mvvm.ComponentModel { public class ObservableObject; }";

    [Theory]
    [InlineData(Picture, "Microsoft.AspNetCore", "Avalonia", "", "QNT4020")]
    [InlineData(Picture, "Microsoft.AspNetCore", "", "", "QNT4005")]
    [InlineData(Picture, "", "Avalonia", "", "QNT4005")]
    [InlineData(Picture, "DependencyInjection.Abstractions", "Avalonia", "", "QNT4020")]
    [InlineData(Picture, "DependencyInjection.Abstractions", "Avalonia", Toolkit, "QNT4005")]
    [InlineData(Tree, "Microsoft.AspNetCore", "Avalonia", "", "QNT4001")]
    [InlineData("Walk(path)", "Microsoft.AspNetCore", "Avalonia", "", "QNT4003")]
    [InlineData("Walk(path)", "Microsoft.AspNetCore", "", "", "QNT4003")]
    [InlineData(Tree, "Microsoft.AspNetCore", "", "", "QNT4001")]
    [InlineData(Tree, "DependencyInjection.Abstractions", "Avalonia", "", "QNT4001")]
    [InlineData("System.IO.File.Copy(path, path + '2')", "Microsoft.AspNetCore", "Avalonia", "", "QNT4001")]
    [InlineData("System.Security.Cryptography.RSA.Create(4096)", "Microsoft.AspNetCore", "Avalonia", "", "QNT4005")]
    public async Task What_another_thread_of_the_pool_would_do_is_possible_only(
        string work, string services, string removed, string toolkit, string id)
    {
        var compilation = AllRules.Compile(CSharpSyntaxTree.ParseText(
            $$"""
            using System.Threading.Tasks;
            namespace SkiaSharp { public class SKBitmap { public static SKBitmap Decode(string path) => null; } }
            class Thumbnails
            {
                static void Walk(string path) => {{Tree}};
                public async Task Draw(string path) { await Task.Yield(); {{work}}; }
            }
            {{toolkit}}
            """,
            cancellationToken: TestContext.Current.CancellationToken));
        if (removed.Length > 0) compilation = Without(compilation.RemoveReferences(Desktop.Reference), removed);
        compilation = Without(compilation, "Microsoft.AspNetCore", services.Length > 0 ? services : "nothing");

        var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(id, Assert.Single(found).Id);
    }

    private static CSharpCompilation Without(CSharpCompilation compilation, string framework, string except = "nothing") =>
        compilation.RemoveReferences(compilation.References.Where(reference => reference.Display is { } path
            && path.Contains(framework, StringComparison.Ordinal) && !path.Contains(except, StringComparison.Ordinal)));

    [Theory]
    [InlineData("Save(db)", false, "QNT4002", "Microsoft.EntityFrameworkCore.SqlServer", "Microsoft.EntityFrameworkCore.Sqlite")]
    [InlineData("Save(db)", false, "QNT4002", "Microsoft.EntityFrameworkCore.SqlServer")]
    [InlineData("Save(db)", false, "QNT4003", "Microsoft.EntityFrameworkCore.Sqlite")]
    [InlineData("db.SaveChanges()", false, "QNT4003", "Microsoft.EntityFrameworkCore.Sqlite")]
    [InlineData("db.SaveChanges()", false, "QNT4001", "Microsoft.EntityFrameworkCore.SqlServer")]
    [InlineData("db.SaveChanges()", true, "QNT4001", "Microsoft.EntityFrameworkCore.Sqlite")]
    [InlineData("db.SaveChanges(); await db.SaveChangesAsync()", false, "QNT4001", "Microsoft.EntityFrameworkCore.Sqlite")]
    [InlineData("Save(db)", true, "QNT4002", "Microsoft.EntityFrameworkCore.Sqlite")]
    public async Task A_database_in_a_file_of_its_own_has_nothing_to_await(
        string call, bool serves, string id, params string[] packages)
    {
        var compilation = AllRules.Compile(CSharpSyntaxTree.ParseText(
            $$"""
            using System.Threading.Tasks;
            namespace Microsoft.EntityFrameworkCore
            {
                public class DbContext { public int SaveChanges() => 0; public Task SaveChangesAsync() => null; }
            }
            class Orders {{(serves ? ": Microsoft.AspNetCore.Mvc.ControllerBase" : "")}}
            {
                static void Save(Microsoft.EntityFrameworkCore.DbContext db) => db.SaveChanges();
                public async Task Keep(Microsoft.EntityFrameworkCore.DbContext db) { await Task.Yield(); {{call}}; }
            }
            """,
            cancellationToken: TestContext.Current.CancellationToken));
        compilation = compilation.AddReferences(packages.Select(static name =>
            CSharpCompilation.Create(name, options: new(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference()));

        var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(id, Assert.Single(found).Id);
    }

    // A command of a command line does one thing at a time; what runs many side by side, and the same code in a library, are told.
    [Theory]
    [InlineData(OutputKind.ConsoleApplication, "System.CommandLine", "await One(0);", "QNT4003")]
    [InlineData(OutputKind.ConsoleApplication, "System.Text", "await One(0);", "QNT4001")]
    [InlineData(OutputKind.DynamicallyLinkedLibrary, "System.CommandLine", "await One(0);", "QNT4001")]
    [InlineData(OutputKind.ConsoleApplication, "System.CommandLine",
        "await Parallel.ForEachAsync(new int[9], async (n, stopping) => { await Task.Yield(); Thread.Sleep(n); });", "QNT4001")]
    public async Task A_command_has_nobody_else_to_serve(OutputKind kind, string package, string work, string id)
    {
        var isOne = work.Contains("One(", StringComparison.Ordinal);
        var compilation = AllRules.Compile(CSharpSyntaxTree.ParseText(
            $$"""
            using System.Threading; using System.Threading.Tasks;
            class Program { static void Main() { } }
            public class Operation
            {
                public async Task Execute() { {{work}} }
                {{(isOne ? "public async Task One(int n) { await Task.Yield(); Thread.Sleep(n + 1); }" : "")}}
            }
            """,
            cancellationToken: TestContext.Current.CancellationToken));
        compilation = Without(compilation, "Microsoft.AspNetCore").WithOptions(compilation.Options.WithOutputKind(kind))
            .AddReferences(CSharpCompilation.Create(package, options: new(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference());

        var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(id, Assert.Single(found, static one => one.Id is "QNT4001" or "QNT4003").Id);
    }

    // A turn keeps its actor from all others, whatever it draws or walks.
    [Theory]
    [InlineData("class P : Microsoft.AspNetCore.SignalR.Hub { public void M(string path)", Picture, "QNT4005")]
    [InlineData("class P : Microsoft.AspNetCore.SignalR.Hub { public void M(string path)", Tree, "QNT4001")]
    [InlineData("class P { public async Task M(string path)", Picture, "QNT4020")]
    [InlineData("class P { public async Task M(string path)", "SixLabors.ImageSharp.Image.Load(path)", "QNT4020")]
    [InlineData("class P { public async Task M(string path)", "System.Drawing.Image.FromFile(path)", "QNT4020")]
    [InlineData("class P { public async Task M(string path)", "System.Security.Cryptography.RSA.Create(4096)", "QNT4005")]
    public async Task Whatever_draws_and_wherever(string member, string work, string id)
    {
        var first = member.Contains("async", StringComparison.Ordinal) ? "await Task.Yield();" : "";
        var compilation = AllRules.Compile(CSharpSyntaxTree.ParseText(
            $$"""
            using System.Threading.Tasks;
            namespace SkiaSharp { public class SKBitmap { public static SKBitmap Decode(string path) => null; } }
            namespace SixLabors.ImageSharp { public class Image { public static Image Load(string path) => null; } }
            namespace System.Drawing { public class Image { public static Image FromFile(string path) => null; } }
            {{member}} { {{first}} {{work}}; } }
            """,
            cancellationToken: TestContext.Current.CancellationToken));

        var found = await AllRules.DiagnoseAsync(
            Without(compilation.RemoveReferences(Desktop.Reference), "Avalonia"), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(id, Assert.Single(found).Id);
    }

    // The pool of a desktop program is where work belongs, and behind ConfigureAwait(false) it is there.
    [Theory]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); Fib(n);", "nothing", "QNT4020")]
    [InlineData("await using (s.ConfigureAwait(false)) { } await s.FlushAsync().ConfigureAwait(false); Fib(n);", "nothing", "QNT4020")]
    [InlineData("await Task.Delay(1); Fib(n);", "nothing", "QNT4005")]
    [InlineData("if (n > 9) await Task.Delay(1).ConfigureAwait(false); Fib(n);", "nothing", "QNT4005")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); Fib(n);", "Avalonia", "QNT4005")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false); Fib(n);", "", "QNT4005")]
    public async Task Work_of_a_desktop_program_that_has_left_the_loop_is_possible_only(string statements, string removed, string id)
    {
        var compilation = AllRules.Compile(CSharpSyntaxTree.ParseText(
            $$"""
            using System.IO; using System.Threading.Tasks;
            class Numbers
            {
                static long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
                public async Task M(int n, Stream s) { {{statements}} }
            }
            """,
            cancellationToken: TestContext.Current.CancellationToken));
        if (removed == "Avalonia") compilation = compilation.RemoveReferences(Desktop.Reference);
        if (removed.Length > 0) compilation = Without(Without(compilation, removed), "Microsoft.AspNetCore");

        var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(id, Assert.Single(found).Id);
    }
}
