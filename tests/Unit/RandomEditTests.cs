using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.Tests;

/// <summary>
/// Whatever somebody edits, what is found then is what a cold run finds in the same text: bodies, declarations, names, interfaces, parts
/// of types, files, and back again. The edits are drawn with a seed; QUINTET_STRESS=1 draws many more.
/// </summary>
public sealed class RandomEditTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq; "
        + "using System.Threading; using System.Threading.Tasks;\n";

    private const int Edits = 30;

    private static readonly bool IsStress = Environment.GetEnvironmentVariable("QUINTET_STRESS") is not null;

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, IsStress ? 60 : 4));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task After_any_edit_the_answer_is_that_of_a_cold_run(int seed)
    {
        var program = new RandomProgram(seed);
        var random = new Random(seed);
        var texts = program.Start();
        var warm = Compile(texts).WithAssemblyName($"Random{seed}{Guid.NewGuid():N}");
        var (last, changes, done) = (await FindAsync(warm), 0, new List<string>());
        Assert.NotEmpty(last);
        for (var edit = 0; edit < Edits; edit++)
        {
            var (older, olderTexts) = (warm, texts);
            texts = program.Edit();
            done.Add(program.Last);
            warm = Apply(warm, texts, random);
            switch (random.Next(5))
            {
                case 0:
                    // Nobody asks: edits pile up.
                    continue;
                case 1:
                    await SameAsync(warm, texts, [Pick(texts, random)], done, seed);
                    continue;
                case 2:
                    // An editor goes on asking about the text of a moment ago.
                    await SameAsync(warm, texts, [Pick(texts, random)], done, seed);
                    await SameAsync(older, olderTexts, [.. olderTexts.Keys], [.. done, "and back"], seed);
                    continue;
            }

            var found = await SameAsync(warm, texts, [.. texts.Keys], done, seed);
            if (!found.SequenceEqual(last)) changes++;
            last = found;
        }

        Assert.True(changes > Edits / 6, $"only {changes} edits changed what is found");
    }

    private static async Task<List<string>> SameAsync(
        CSharpCompilation warm, Dictionary<string, string> texts, List<string> paths, List<string> done, int seed)
    {
        var cold = Compile(texts).WithAssemblyName("Cold" + Guid.NewGuid().ToString("N"));
        var isWhole = paths.Count == texts.Count;
        var (expected, found) = isWhole
            ? (await FindAsync(cold), await FindAsync(warm))
            : (await AskAsync(cold, paths[0]), await AskAsync(warm, paths[0]));
        if (expected.SequenceEqual(found)) return found;
        var missing = string.Join("\n  ", expected.Except(found));
        var stale = string.Join("\n  ", found.Except(expected));
        Assert.Fail($"seed {seed}, asked for {string.Join(", ", paths)}, after\n  {string.Join("\n  ", done)}\nmissing:\n  {missing}\n"
            + $"stale:\n  {stale}\n\n{string.Join("\n\n", texts.Select(static text => $"--- {text.Key}\n{text.Value}"))}");
        return found;
    }

    private static string Pick(Dictionary<string, string> texts, Random random) =>
        texts.Keys.Order(StringComparer.Ordinal).ElementAt(random.Next(texts.Count));

    /// <summary>An editor gives the change, a build server the whole text: only the first shares its nodes.</summary>
    private static CSharpCompilation Apply(CSharpCompilation compilation, Dictionary<string, string> texts, Random random)
    {
        foreach (var old in compilation.SyntaxTrees)
        {
            if (!texts.TryGetValue(old.FilePath, out var text)) compilation = compilation.RemoveSyntaxTrees(old);
            else if (old.GetText() is var before && before.ToString() != Usings + text)
            {
                var now = random.Next(3) == 0
                    ? SourceText.From(Usings + text)
                    : before.WithChanges(Change(before.ToString(), Usings + text));
                compilation = compilation.ReplaceSyntaxTree(old, old.WithChangedText(now));
            }
        }

        var known = compilation.SyntaxTrees.Select(static tree => tree.FilePath).ToHashSet(StringComparer.Ordinal);
        var added = texts.Where(text => !known.Contains(text.Key));
        return compilation.AddSyntaxTrees(added.Select(static text => Parse(text.Key, text.Value)));
    }

    private static TextChange Change(string old, string now)
    {
        var start = 0;
        while (start < Math.Min(old.Length, now.Length) && old[start] == now[start]) start++;
        var end = 0;
        while (end < Math.Min(old.Length, now.Length) - start && old[^(end + 1)] == now[^(end + 1)]) end++;
        return new TextChange(TextSpan.FromBounds(start, old.Length - end), now[start..(now.Length - end)]);
    }

    private static SyntaxTree Parse(string path, string text) =>
        CSharpSyntaxTree.ParseText(SourceText.From(Usings + text), new CSharpParseOptions(LanguageVersion.Latest), path);

    private static CSharpCompilation Compile(Dictionary<string, string> texts) =>
        AllRules.Compile([.. texts.Select(static text => Parse(text.Key, text.Value))])
            .WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication));

    private static async Task<List<string>> AskAsync(CSharpCompilation compilation, string path)
    {
        var hosted = new CompilationWithAnalyzers(compilation, AllRules.Analyzers, new AnalyzerOptions([]));
        var model = compilation.GetSemanticModel(compilation.SyntaxTrees.Single(tree => tree.FilePath == path));
        return InWords(await hosted.GetAnalyzerSemanticDiagnosticsAsync(model, null, TestContext.Current.CancellationToken));
    }

    private static async Task<List<string>> FindAsync(CSharpCompilation compilation) =>
        InWords(await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken));

    private static List<string> InWords(IEnumerable<Diagnostic> found) =>
        [.. found.Select(static diagnostic =>
            $"{diagnostic.Location.GetLineSpan()} {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)} "
            + string.Join(" → ", diagnostic.AdditionalLocations.Select(static hop => hop.GetLineSpan().ToString())))
            .Order(StringComparer.Ordinal)];
}
