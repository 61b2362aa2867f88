using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Findings;
using Quintet.CodeFixes;

namespace Quintet.Tests.CodeFixes;

/// <summary>
/// A solution with findings where the text marks them: <c>[|call|]</c> is a finding, <c>{|1:call|}</c>, <c>{|2:call|}</c>
/// are the hops of its path, the last one the root cause. Every result has to compile.
/// </summary>
internal sealed class FixLab
{
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    private static readonly ImmutableArray<MetadataReference> Framework = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(static path => Path.GetFileName(path) is var name
            && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll"
                || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)))
        .Select(static path => MetadataReference.CreateFromFile(path))];

    private readonly List<(DocumentId Document, TextSpan Span)> _findings = [];
    private readonly SortedDictionary<int, (DocumentId Document, TextSpan Span)> _hops = [];
    private readonly Dictionary<string, string?> _properties = [];

    private FixLab(Solution solution) => Solution = solution;

    public Solution Solution { get; private set; }

    /// <summary>One project; files are named A.cs, B.cs and so on. Several projects: each refers to those before it.</summary>
    public static FixLab Of(params string[][] projects)
    {
        var lab = new FixLab(new AdhocWorkspace().CurrentSolution);
        var earlier = new List<ProjectId>();
        foreach (var files in projects)
        {
            var name = "P" + (earlier.Count + 1).ToString(CultureInfo.InvariantCulture);
            var id = ProjectId.CreateNewId(name);
            lab.Solution = lab.Solution.AddProject(ProjectInfo.Create(
                id, VersionStamp.Default, name, name, LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
                    nullableContextOptions: NullableContextOptions.Enable),
                parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
                metadataReferences: Framework,
                projectReferences: earlier.Select(static project => new ProjectReference(project))));
            for (var i = 0; i < files.Length; i++) lab.AddFile(id, name + "/" + (char)('A' + i) + ".cs", files[i]);
            earlier.Add(id);
        }

        return lab;
    }

    public static FixLab OfMembers(string members) => Of([Wrap(members)]);

    /// <summary>Members in a class, under the usual usings.</summary>
    public static string Wrap(string members) =>
        Usings + "public class C\n{\n" + string.Join('\n', members.Split('\n').Select(static line => line.Length == 0 ? "" : "    " + line))
        + "\n}\n";

    public FixLab With(string property, string value)
    {
        _properties[property] = value;
        return this;
    }

    public FixLab WithLanguage(LanguageVersion version)
    {
        foreach (var project in Solution.Projects.ToList())
        {
            var options = (CSharpCompilationOptions)project.CompilationOptions!;
            Solution = Solution
                .WithProjectParseOptions(project.Id, ((CSharpParseOptions)project.ParseOptions!).WithLanguageVersion(version))
                .WithProjectCompilationOptions(project.Id, options.WithNullableContextOptions(NullableContextOptions.Disable));
        }

        return this;
    }

    /// <summary>The severity of a rule, as a project states it.</summary>
    public FixLab WithSeverity(string rule, ReportDiagnostic severity)
    {
        foreach (var project in Solution.Projects.ToList())
        {
            Solution = Solution.WithProjectCompilationOptions(project.Id,
                project.CompilationOptions!.WithSpecificDiagnosticOptions([new(rule, severity)]));
        }

        return this;
    }

    /// <summary>Settings that hold for all files.</summary>
    public FixLab WithSettings(string settings)
    {
        foreach (var id in Solution.ProjectIds.ToList())
        {
            Solution = Solution.AddAnalyzerConfigDocument(
                DocumentId.CreateNewId(id), ".globalconfig", SourceText.From("is_global = true\n" + settings), filePath: "/.globalconfig");
        }

        return this;
    }

    /// <summary>Adds our own runtime to what all projects refer to.</summary>
    public FixLab WithRuntime()
    {
        var runtime = MetadataReference.CreateFromFile(typeof(Quintet.Goroutines.Go).Assembly.Location);
        foreach (var id in Solution.ProjectIds.ToList()) Solution = Solution.AddMetadataReference(id, runtime);
        return this;
    }

    /// <summary>Adds Windows Forms as a framework without source.</summary>
    public FixLab WithDesktop()
    {
        foreach (var id in Solution.ProjectIds.ToList()) Solution = Solution.AddMetadataReference(id, Desktop.Reference);
        return this;
    }

    /// <summary>Adds a project that compiles the first file too, with a symbol and files of its own; it refers to none.</summary>
    public FixLab LinkedInto(string symbol, params string[] own)
    {
        var first = Solution.Projects.First();
        var name = "P" + (Solution.ProjectIds.Count + 1).ToString(CultureInfo.InvariantCulture);
        var id = ProjectId.CreateNewId(name);
        Solution = Solution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, name, name, LanguageNames.CSharp, compilationOptions: first.CompilationOptions,
            parseOptions: ((CSharpParseOptions)first.ParseOptions!).WithPreprocessorSymbols(symbol), metadataReferences: Framework));
        var file = first.Documents.Single(static document => document.Name == "A.cs");
        Solution = Solution.AddDocument(
            DocumentId.CreateNewId(id), file.Name, SourceText.From(file.GetTextAsync().Result.ToString()), filePath: file.FilePath);
        for (var i = 0; i < own.Length; i++) AddFile(id, name + "/" + (char)('A' + i) + ".cs", own[i]);
        return this;
    }

    /// <summary>Documentation is to the compiler a comment like any other, as where a project writes no file of it.</summary>
    public FixLab WithoutDocumentation()
    {
        foreach (var project in Solution.Projects.ToList())
        {
            Solution = Solution.WithProjectParseOptions(
                project.Id, ((CSharpParseOptions)project.ParseOptions!).WithDocumentationMode(DocumentationMode.None));
        }

        return this;
    }

    /// <summary>Gives the last file of the first project another path.</summary>
    public FixLab WithLastAt(string path)
    {
        Solution = Solution.WithDocumentFilePath(Solution.Projects.First().Documents.Last().Id, path);
        return this;
    }

    /// <summary>The actions that are offered for a finding, the first one unless told otherwise.</summary>
    public async Task<IReadOnlyList<CodeAction>> ActionsAsync(Fix fix, int finding = 0)
    {
        var actions = new List<CodeAction>();
        var diagnostic = (await DiagnosticsAsync(fix))[finding];
        var document = Solution.GetDocument(diagnostic.Location.SourceTree)!;
        await fix.RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    /// <summary>The actions that are offered where the text is marked, or for the cursor: <c>[||]</c>.</summary>
    public async Task<IReadOnlyList<CodeAction>> RefactoringsAsync(CodeRefactoringProvider provider)
    {
        var actions = new List<CodeAction>();
        var (document, span) = _findings[0];
        await provider.ComputeRefactoringsAsync(
            new CodeRefactoringContext(Solution.GetDocument(document)!, span, actions.Add, CancellationToken.None));
        return actions;
    }

    public async Task<Solution> FixAllAsync(Fix fix, string? key, FixAllScope scope = FixAllScope.Solution)
    {
        var diagnostics = await DiagnosticsAsync(fix);
        var document = Solution.GetDocument(diagnostics[0].Location.SourceTree)!;
        var context =
            new FixAllContext(document, fix, scope, key!, fix.FixableDiagnosticIds, new Provider(diagnostics), CancellationToken.None);
        return await fix.GetFixAllProvider().GetFixAsync(context) is { } action ? await ChangedAsync(action) : Solution;
    }

    public static async Task<Solution> ChangedAsync(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    public static async Task<IReadOnlyList<string>> TextsAsync(Solution solution)
    {
        var texts = new List<string>();
        foreach (var document in solution.Projects.OrderBy(static project => project.Name).SelectMany(static project => project.Documents)
            .OrderBy(static document => document.FilePath))
            texts.Add((await document.GetTextAsync()).ToString());
        return texts;
    }

    public static async Task<IReadOnlyList<string>> ErrorsAsync(Solution solution)
    {
        var errors = new List<string>();
        foreach (var project in solution.Projects)
        {
            var compilation = (await project.GetCompilationAsync())!;
            using var image = new MemoryStream();
            errors.AddRange(compilation.Emit(image).Diagnostics
                .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id is "CS1998" or "CS4014")
                .Select(static diagnostic => diagnostic.ToString()));
        }

        return errors;
    }

    private async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(Fix fix)
    {
        var descriptor = new DiagnosticDescriptor(fix.FixableDiagnosticIds[0], "t", "m", "c", DiagnosticSeverity.Warning, true);
        var found = new List<Diagnostic>();
        var hops = new List<Location>();
        foreach (var hop in _hops.Values) hops.Add(await HopAsync(hop.Document, hop.Span));
        if (hops.Count == 0) _properties[FindingProperties.Direct] = "true";
        foreach (var (document, span) in _findings)
            found.Add(Diagnostic.Create(descriptor, await LocationAsync(document, span), hops, _properties.ToImmutableDictionary()));
        return found;
    }

    /// <summary>As the engine tells them: a hop in another project's tree is a path with a span.</summary>
    private async Task<Location> HopAsync(DocumentId document, TextSpan span)
    {
        var location = await LocationAsync(document, span);
        var place = location.GetLineSpan();
        return document.ProjectId == _findings[0].Document.ProjectId ? location : Location.Create(place.Path, span, place.Span);
    }

    private async Task<Location> LocationAsync(DocumentId document, TextSpan span) =>
        Location.Create((await Solution.GetDocument(document)!.GetSyntaxTreeAsync())!, span);

    private void AddFile(ProjectId project, string name, string marked)
    {
        var id = DocumentId.CreateNewId(project);
        var text = new StringBuilder();
        var open = new Stack<(int Hop, int Start)>();
        for (var i = 0; i < marked.Length; i++)
        {
            if (marked.AsSpan(i).StartsWith("[|")) { open.Push((0, text.Length)); i++; continue; }
            if (i + 3 < marked.Length && marked[i] == '{' && marked[i + 1] == '|' && char.IsDigit(marked[i + 2]))
            {
                open.Push((marked[i + 2] - '0', text.Length));
                i += 3;
                continue;
            }
            if (open.Count > 0 && (marked.AsSpan(i).StartsWith("|]") || marked.AsSpan(i).StartsWith("|}")))
            {
                var (hop, start) = open.Pop();
                var span = TextSpan.FromBounds(start, text.Length);
                if (hop == 0) _findings.Add((id, span));
                else _hops.Add(hop, (id, span));
                i++;
                continue;
            }

            text.Append(marked[i]);
        }

        Solution = Solution.AddDocument(id, Path.GetFileName(name), SourceText.From(text.ToString()), filePath: "/lab/" + name);
    }

    private sealed class Provider(IReadOnlyList<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(
                diagnostics.Where(diagnostic => project.Solution.GetDocument(diagnostic.Location.SourceTree)?.Project.Id == project.Id));
    }
}
