using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Quintet.Tool.Fixing;
using Quintet.Tool.Loading;

namespace Quintet.Bench.Analyzers;

/// <summary>
/// What an editor waits for after a keystroke inside a body: findings of the edited document and of the one that calls into it. Callee
/// and caller are the two ends of paths that Quintet reports across documents, and are edited in turn.
/// </summary>
internal sealed class EditBench(LoadedSolution loaded, TemporaryFolder temporary, BenchOptions options)
{
    private readonly Peer _quintet = Peer.All(["Quintet"])[0];
    private readonly Dictionary<(string Edited, string Asked), List<Times>> _asked = [];

    public async Task RunAsync()
    {
        using var workspace = WorkspaceSolution.Create(loaded.Calls, temporary, withOtherTargets: false, CancellationToken.None);
        var solution = workspace.Solution;
        var project = workspace.Edited.Select(id => solution.GetProject(id)!).MaxBy(static project => project.Documents.Count())!;
        var pairs = await PairsAsync(project);
        Console.WriteLine(
            $"{project.Name}, {project.Documents.Count()} documents, {pairs.Count} pairs of callee and caller, {options.Rounds} rounds");
        if (pairs.Count == 0) return;

        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var (callee, caller) in pairs)
            {
                solution = await EditAsync(solution, callee, round);
                await AskAsync(solution, callee.Document, "callee", "callee", round);
                await AskAsync(solution, caller.Document, "callee", "caller", round);
                solution = await EditAsync(solution, caller, round);
                await AskAsync(solution, caller.Document, "caller", "caller", round);
                await AskAsync(solution, callee.Document, "caller", "callee", round);
            }
        }

        Console.WriteLine(
            "| edited | asked for | asked | median ms | CPU ms | 90 % ms | compiler's own ms | nobody's ms | nobody's CPU ms |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var ((edited, asked), times) in _asked)
        {
            var nearlyAll = times.Select(static time => time.Wall).Order().ElementAt(times.Count * 9 / 10);
            var wall = Cpu.Median(times.Select(static time => time.Wall));
            var cpu = Cpu.Median(times.Select(static time => time.Cpu));
            var compiler = Cpu.Median(times.Select(static time => time.Compiler));
            var nobodys = Cpu.Median(times.Select(static time => time.NobodysWall));
            var nobodysCpu = Cpu.Median(times.Select(static time => time.NobodysCpu));
            Console.WriteLine($"| {edited} | {asked} | {times.Count} | {wall:F1} | {cpu:F1} | {nearlyAll:F1} | {compiler:F1} "
                + $"| {nobodys:F1} | {nobodysCpu:F1} |");
        }
    }

    private async Task<List<(Place Callee, Place Caller)>> PairsAsync(Project project)
    {
        var compilation = (await project.GetCompilationAsync())!;
        var found = await compilation.WithAnalyzers(_quintet.Analyzers, Hosted(project)).GetAnalyzerDiagnosticsAsync();
        Console.WriteLine($"a cold pass finds {found.Length}");
        var pairs = new List<(Place, Place)>();
        var ordered = found.OrderBy(static one => one.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(static one => one.Location.SourceSpan.Start);
        foreach (var diagnostic in ordered)
        {
            if (Place.Of(project, diagnostic.Location) is not { } caller) continue;
            var hops = diagnostic.AdditionalLocations.Select(hop => Place.Of(project, hop)).OfType<Place>();
            if (pairs.Any(pair => pair.Item2.Document == caller.Document)) continue;
            if (hops.LastOrDefault(hop => hop.Document != caller.Document) is { } callee) pairs.Add((callee, caller));
        }

        // Evenly over the project, and not the first folder alone.
        return
        [
            .. pairs.Where((_, i) =>
                pairs.Count <= options.Pairs || i * options.Pairs / pairs.Count != (i - 1) * options.Pairs / pairs.Count),
        ];
    }

    /// <summary>A statement more, or another one, at the start of the member's body: a declaration never changes.</summary>
    private static async Task<Solution> EditAsync(Solution solution, Place place, int round)
    {
        var document = solution.GetDocument(place.Document)!;
        var root = (await document.GetSyntaxRootAsync())!;
        var block = root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
            .First(member => member.Body is not null && NameOf(member) == place.Member).Body!;
        var text = await document.GetTextAsync();
        var added = new TextChange(new TextSpan(block.OpenBraceToken.Span.End, 0), $" {{ var edit = {round}; _ = edit; }}");
        return solution.WithDocumentText(place.Document, text.WithChanges(added));
    }

    private async Task AskAsync(Solution solution, DocumentId id, string edited, string asked, int round)
    {
        var project = solution.GetProject(id.ProjectId)!;
        var compilation = (await project.GetCompilationAsync())!;
        var model = compilation.GetSemanticModel((await project.GetDocument(id)!.GetSyntaxTreeAsync())!);
        // The editor shows the compiler's own squiggles too, with or without analyzers: that is not ours.
        var start = Stopwatch.GetTimestamp();
        model.GetDiagnostics();
        var compiler = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var nobody = await HostedAsync(compilation, project, model, [new NobodysAnalyzer()]);

        var (wall, cpu) = await HostedAsync(compilation, project, model, _quintet.Analyzers);
        Console.Error.WriteLine(
            $"round {round}: {edited} edited, {asked} asked: {wall:F0} ms, CPU {cpu:F0} ms, of nobody {nobody.Cpu:F0} ms");
        if (round == 0) return;
        if (!_asked.TryGetValue((edited, asked), out var times)) _asked.Add((edited, asked), times = []);
        times.Add(new Times(wall, cpu, compiler, nobody.Wall, nobody.Cpu));
    }

    private static async Task<(double Wall, double Cpu)> HostedAsync(
        Compilation compilation, Project project, SemanticModel model, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var hosted = compilation.WithAnalyzers(analyzers, Hosted(project));
        var (before, start) = (Cpu.Now(), Stopwatch.GetTimestamp());
        await hosted.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Cpu.Now() - before) * 1000);
    }

    private static CompilationWithAnalyzersOptions Hosted(Project project) =>
        new(project.AnalyzerOptions, null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);

    private static string NameOf(BaseMethodDeclarationSyntax member) =>
        string.Join('.', member.Ancestors().OfType<TypeDeclarationSyntax>().Select(static type => type.Identifier.Text))
        + member.ChildTokens().LastOrDefault(static token => token.IsKind(SyntaxKind.IdentifierToken)).Text + member.ParameterList;

    /// <summary>Milliseconds: ours, the compiler's own diagnostics before it, and the host with an analyzer that does nothing.</summary>
    private sealed record Times(double Wall, double Cpu, double Compiler, double NobodysWall, double NobodysCpu);

    /// <summary>A method with a block, by what stays the same while it is edited.</summary>
    private sealed record Place(DocumentId Document, string Member)
    {
        public static Place? Of(Project project, Location location)
        {
            if (location.SourceTree is not { } tree || project.GetDocument(tree) is not { } document) return null;
            var member = tree.GetRoot().FindNode(location.SourceSpan).AncestorsAndSelf()
                .OfType<BaseMethodDeclarationSyntax>().FirstOrDefault();
            return member?.Body is null ? null : new Place(document.Id, NameOf(member));
        }
    }
}
