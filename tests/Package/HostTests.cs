namespace Quintet.Tests.Package;

/// <summary>
/// A program from the package makes a process pool, under each host that needs no publishing; samples/Mandelbrot/try-every-host tries the
/// others. That <c>Main</c> runs once shows that workers never come to it.
/// </summary>
[Collection(PackageCollection.Name)]
public sealed class HostTests(PackedAnalyzers package)
{
    private const string Program = """
        using System;
        using System.Linq;
        using System.Threading.Tasks;
        using Quintet.Multiprocessing;

        Console.WriteLine("main");
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2 });
        var inputs = Enumerable.Range(1, 20).Select(n => new Input(n, "n" + n)).ToArray();
        var results = await pool.MapAsync(Work.Square, inputs);
        Console.WriteLine(results.Sum(result => result.Value));
        Console.WriteLine(results.All(result => result.Process != Environment.ProcessId) ? "elsewhere" : "here");

        public sealed record Input(int Number, string Name);

        public sealed record Result(int Value, int Process);

        public static class Work
        {
            [ProcessFunction]
            public static Result Square(Input input) =>
                new(input.Name == "n" + input.Number ? input.Number * input.Number : 0, Environment.ProcessId);
        }
        """;

    [Fact]
    public async Task Dotnet_run_and_dotnet_with_a_library_start_workers_that_never_run_Main()
    {
        var folder = package.NewFolder()
            .WriteProject("Pool.csproj", "net10.0", "Exe", "", PackedAnalyzers.RuntimeId)
            .Write("Program.cs", Program);
        (await folder.RunAsync("build", "Pool.csproj", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-tl:off")).Succeeded();

        string[] expected = ["main", "2870", "elsewhere"];
        Assert.Equal(expected, Lines(await folder.RunAsync("run", "--no-build", "--project", "Pool.csproj")));
        Assert.Equal(expected, Lines(await folder.RunAsync(Path.Combine("bin", "Debug", "net10.0", "Pool.dll"))));
    }

    private static string[] Lines(Outcome outcome) =>
        outcome.Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
