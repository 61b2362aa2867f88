extern alias analyzers;

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Quintet.Tool.Loading;
using analyzers::Quintet.Analyzers.Catalogue;

namespace Quintet.Tool.Compiling;

/// <summary>
/// Makes the compilation of a call, with the compilations of the calls that it depends on as references. A compilation is
/// kept only while a call that needs it is still to come.
/// </summary>
internal sealed class Compiler
{
    private readonly TemporaryFolder _temporary;
    private readonly GeneratorAssemblies _generators = new();
    private readonly ReferencedBodies _bodies;
    private readonly ConcurrentDictionary<string, PortableExecutableReference> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<CompilerCall, CompiledProject> _compiled = [];
    private readonly Dictionary<CompilerCall, int> _users = [];

    public Compiler(IReadOnlyList<CompilerCall> calls, TemporaryFolder temporary)
    {
        _temporary = temporary;
        _bodies = new ReferencedBodies(temporary);
        foreach (var dependency in calls.SelectMany(call => call.Dependencies))
            _users[dependency] = _users.GetValueOrDefault(dependency) + 1;
    }

    /// <summary>Calls come in the order of <see cref="CompilerCall.Link"/>, so that what one depends on has been compiled.</summary>
    public CompiledProject Compile(CompilerCall call, CancellationToken cancellation)
    {
        var arguments = call.Arguments;
        var remarks = new List<string>();
        var configs = AnalyzerConfigSet.Create(ConfigFiles(arguments));
        var options = new AnalyzerOptions(
            [.. arguments.AdditionalFiles.Select(file => (AdditionalText)new AdditionalFile(Path.GetFullPath(file.Path, call.Folder)))],
            new ConfigOptionsProvider(configs));
        if (call.Asked) remarks.AddRange(WrongLines(options.AdditionalFiles, cancellation));
        var trees = Parse(call, remarks, cancellation);
        var compilation = CSharpCompilation.Create(
            arguments.CompilationName ?? call.Name,
            trees,
            References(call),
            arguments.CompilationOptions
                .WithSyntaxTreeOptionsProvider(new ConfigSeverities(configs))
                .WithAssemblyIdentityComparer(DesktopAssemblyIdentityComparer.Default)
                .WithSourceReferenceResolver(new SourceFileResolver([], call.Folder))
                .WithXmlReferenceResolver(new XmlFileResolver(call.Folder))
                .WithStrongNameProvider(new DesktopStrongNameProvider(arguments.KeyFileSearchPaths)));
        compilation = Generate(call, compilation, options, remarks, cancellation);
        if (call is { Asked: true, ReadsReferences: true }
            && _bodies.Of(compilation.AssemblyName,
                compilation.References.OfType<PortableExecutableReference>().Select(static reference => reference.FilePath)
                .OfType<string>(), options.AdditionalFiles) is { } effects)
            options = options.WithAdditionalFiles(options.AdditionalFiles.Add(effects));

        var own = trees.Where(tree => !_temporary.Contains(tree.FilePath)).ToArray();
        var project = new CompiledProject(call, compilation, options, remarks)
        {
            Files = own.Length,
            Lines = own.Sum(tree => tree.GetText(cancellation).Lines.Count),
        };
        Keep(project);
        return project;
    }

    private void Keep(CompiledProject project)
    {
        if (_users.GetValueOrDefault(project.Call) > 0) _compiled[project.Call] = project;
        foreach (var dependency in project.Call.Dependencies)
        {
            if (--_users[dependency] == 0) _compiled.Remove(dependency);
        }
    }

    private static ImmutableArray<AnalyzerConfig> ConfigFiles(CSharpCommandLineArguments arguments) =>
        [.. arguments.AnalyzerConfigPaths
            .Select(path => (Path: path, Text: SourceFile.Read(path)))
            .Where(file => file.Text is not null)
            .Select(file => AnalyzerConfig.Parse(file.Text!, file.Path))];

    /// <summary>A user's line that is not understood is left out by the analyzers, and nobody would miss it.</summary>
    private static IEnumerable<string> WrongLines(IEnumerable<AdditionalText> files, CancellationToken cancellation)
    {
        foreach (var file in files.Where(file => file.Path.EndsWith(".quintet.txt", StringComparison.OrdinalIgnoreCase)))
        {
            var errors = new List<string>();
            _ = CatalogueFile.Read(file.GetText(cancellation)?.ToString() ?? "", errors).Count();
            foreach (var error in errors) yield return $"{Path.GetFileName(file.Path)}, {error}";
        }
    }

    private static SyntaxTree[] Parse(CompilerCall call, List<string> remarks, CancellationToken cancellation)
    {
        var arguments = call.Arguments;
        var options = arguments.ParseOptions;
        var trees = new SyntaxTree?[arguments.SourceFiles.Length];
        Parallel.For(0, trees.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            // The parser leaves "../" in: a file that two projects share would be two.
            var path = Path.GetFullPath(arguments.SourceFiles[i].Path, call.Folder);
            var text = SourceFile.Read(path, arguments.Encoding, arguments.ChecksumAlgorithm);
            trees[i] = text is null ? null : SyntaxFactory.ParseSyntaxTree(text, options, path, cancellation);
        });
        var unread = trees.Count(tree => tree is null);
        if (unread > 0) remarks.Add($"{unread} source file(s) of its build could not be read");
        return [.. trees.Where(tree => tree is not null).Select(tree => tree!)];
    }

    private List<MetadataReference> References(CompilerCall call)
    {
        var references = new List<MetadataReference>();
        foreach (var reference in call.Arguments.MetadataReferences)
        {
            var path = Path.GetFullPath(reference.Reference, call.Folder);
            if (Producer(call, path) is { } producer)
            {
                var properties = reference.Properties;
                references.Add(producer.Compilation.ToMetadataReference(properties.Aliases, properties.EmbedInteropTypes));
            }
            else if (File.Exists(path))
            {
                var metadata = _metadata.GetOrAdd(path, static path => MetadataReference.CreateFromFile(path));
                references.Add(metadata.WithProperties(reference.Properties));
            }
        }

        return references;
    }

    private CompiledProject? Producer(CompilerCall call, string path) =>
        call.Dependencies.FirstOrDefault(other => other.Outputs.Contains(path)) is { } found ? _compiled.GetValueOrDefault(found) : null;

    private CSharpCompilation Generate(
        CompilerCall call, CSharpCompilation compilation, AnalyzerOptions options, List<string> remarks, CancellationToken cancellation)
    {
        var generators = Generators(call, remarks, cancellation);
        if (generators.Length == 0) return compilation;

        try
        {
            return Run(generators);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The driver catches what a generator throws, but not what a sequence throws that a generator returned: it is walked later.
            return Run(generators.RemoveAll(Fails));
        }

        CSharpCompilation Run(ImmutableArray<ISourceGenerator> some)
        {
            var arguments = call.Arguments;
            var driver = CSharpGeneratorDriver.Create(
                some,
                options.AdditionalFiles,
                arguments.ParseOptions,
                options.AnalyzerConfigOptionsProvider,
                new GeneratorDriverOptions(
                    IncrementalGeneratorOutputKind.None,
                    baseDirectory: arguments.GeneratedFilesOutputDirectory ?? arguments.OutputDirectory));
            var run = driver.RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _, cancellation);
            foreach (var result in run.GetRunResult().Results.Where(result => result.Exception is not null))
                remarks.Add(Failure(result.Generator, result.Exception!));
            return (CSharpCompilation)updated;
        }

        bool Fails(ISourceGenerator generator)
        {
            var told = remarks.Count;
            try
            {
                Run([generator]);
                remarks.RemoveRange(told, remarks.Count - told);
                return false;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                remarks.Add(Failure(generator, failure));
                return true;
            }
        }

        static string Failure(ISourceGenerator generator, Exception failure) =>
            $"its generator {generator.GetGeneratorType().Name} failed: {failure.Message.Split('\n')[0]}";
    }

    private ImmutableArray<ISourceGenerator> Generators(CompilerCall call, List<string> remarks, CancellationToken cancellation)
    {
        return [.. GeneratorReferences(call, remarks, cancellation).SelectMany(file => file.GetGenerators(LanguageNames.CSharp))];
    }

    /// <summary>The files that a call is given as analyzers; those that the solution itself produces are produced first.</summary>
    public IReadOnlyList<AnalyzerFileReference> GeneratorReferences(
        CompilerCall call, List<string> remarks, CancellationToken cancellation)
    {
        var found = new List<AnalyzerFileReference>();
        var paths = call.Arguments.AnalyzerReferences.Select(reference => Path.GetFullPath(reference.FilePath, call.Folder)).ToArray();
        foreach (var path in paths) Emit(call, path, remarks, cancellation);
        foreach (var path in paths) _generators.AddDependencyLocation(path);
        foreach (var path in paths.Distinct(StringComparer.Ordinal).Where(File.Exists))
        {
            var reference = new AnalyzerFileReference(path, _generators);
            reference.AnalyzerLoadFailed += (_, e) => remarks.Add(
                $"{Path.GetFileName(path)} could not be loaded, what it generates is missing: {e.Message.Split('\n')[0]}");
            found.Add(reference);
        }

        return found;
    }

    /// <summary>A generator that the solution itself holds is not built yet: it is written where its build would write it.</summary>
    private void Emit(CompilerCall call, string path, List<string> remarks, CancellationToken cancellation)
    {
        // Once it exists it may be loaded, and a loaded file must not be written again.
        if (File.Exists(path) || Producer(call, path) is not { } project) return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var resources = project.Call.Arguments.ManifestResources;
        using (var stream = File.Create(path))
        {
            var emitted = project.Compilation
                .WithOptions(project.Compilation.Options.WithCryptoKeyFile(null).WithGeneralDiagnosticOption(ReportDiagnostic.Default))
                .Emit(stream, manifestResources: resources, cancellationToken: cancellation);
            if (!emitted.Success) remarks.Add($"the generator {project.Call.Name} does not compile, what it generates is missing");
        }

        foreach (var reference in project.Compilation.References.OfType<PortableExecutableReference>())
        {
            if (reference.FilePath is { } file) _generators.AddDependencyLocation(file);
        }
    }
}
