using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers;

/// <summary>
/// The front door: what is known about a compilation. Rules are separate analyzers, yet everything here is computed once
/// per compilation and on demand, because a diagnostic that needs the compilation's end does not appear while typing.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Facts
{
    private static readonly ConditionalWeakTable<Compilation, Facts> Known = new();

    private static readonly System.Text.RegularExpressions.Regex TestName =
        new(@"Test(s|Kit|ing|Utils?|Utilities|Helpers?|Base|Common|Support)?($|[._-])",
            System.Text.RegularExpressions.RegexOptions.CultureInvariant);

    private const string WebRequest = "Microsoft.AspNetCore.Http.HttpContext";

    private static readonly string[] Windows =
    [
        "System.Windows.Forms.Control", "System.Windows.DependencyObject", "Avalonia.AvaloniaObject", "Microsoft.UI.Xaml.DependencyObject",
        "Microsoft.Maui.Controls.Element",
        // The models of windows stand in projects of their own, which know the windows' toolkit only.
        "CommunityToolkit.Mvvm.ComponentModel.ObservableObject", "ReactiveUI.ReactiveObject", "Prism.Mvvm.BindableBase",
        "Caliburn.Micro.PropertyChangedBase",
    ];

    private static readonly string[] Services = [WebRequest, "Microsoft.Extensions.DependencyInjection.IServiceCollection"];

    private readonly Lazy<bool> _isService;

    private readonly Lazy<bool> _isWebServer;

    private readonly Lazy<bool> _isDesktop;

    private readonly Lazy<bool> _hasOnlySqlite;

    private readonly Lazy<bool> _isCommandLine;

    /// <summary>Libraries that read the arguments of a program, and nothing that serves or shows anything.</summary>
    private static readonly HashSet<string> CommandLines = new(StringComparer.OrdinalIgnoreCase)
    {
        "System.CommandLine", "System.CommandLine.DragonFruit", "CommandLine", "Spectre.Console.Cli",
        "McMaster.Extensions.CommandLineUtils", "Cocona", "Cocona.Core", "Cocona.Lite", "CliFx", "PowerArgs",
        "Microsoft.Extensions.CommandLineUtils", "FluentCommandLineParser", "Mono.Options", "NDesk.Options", "DocoptNet", "ManyConsole",
    };

    private const string Sqlite = "Microsoft.EntityFrameworkCore.Sqlite";

    private Facts(Compilation compilation, UserLines user)
    {
        var catalogue = user.Catalogue;
        var (store, effects) = SummaryStore.For(compilation, catalogue, user.Declared);
        Models = new SourceModels(compilation) { Sightings = store.Sightings };
        EntryPoints = new EntryPoints(Models, catalogue);
        Contexts = new ContextInference(Models, EntryPoints);
        Summaries = new SummarySource(Models, project => SummaryStore.For(project, catalogue, user.Declared).Store);
        Summaries.Reader = new MemberReader(Models, catalogue, new Annotations(user.Declared), EntryPoints, Summaries);
        Effects = new EffectInference(Summaries, effects);
        _isService = new(() => Services.Any(References) && !Windows.Any(References));
        _isDesktop = new(() => !References(WebRequest) && Windows.Any(References));
        _hasOnlySqlite = new(() => compilation.ReferencedAssemblyNames.Any(static name => name.Name == Sqlite)
            && !compilation.ReferencedAssemblyNames.Any(static name => name.Name != Sqlite && IsProvider(name.Name)));
        _isWebServer = new(() => References(WebRequest) && IsService);
        _isCommandLine = new(() => compilation.Options.OutputKind == OutputKind.ConsoleApplication && !References(WebRequest)
            && compilation.ReferencedAssemblyNames.Any(static name => CommandLines.Contains(name.Name)));
        UsesRuntime = compilation.ReferencedAssemblyNames.Any(static name => name.Name == "Quintet");
        IsTestProject = TestName.IsMatch(compilation.AssemblyName ?? "")
            && (compilation.ReferencedAssemblyNames.Any(static name => IsTestFramework(name.Name)) || NamesTestFramework(compilation));

        bool References(string type) => compilation.GetTypeByMetadataName(type) is not null;
    }

    /// <summary>
    /// A project of tests by its name and its references: the jobs and handlers that it defines are fixtures, which block on
    /// purpose and are run by nobody else.
    /// </summary>
    public bool IsTestProject { get; }

    /// <summary>Whether our runtime is referenced.</summary>
    public bool UsesRuntime { get; }

    /// <summary>
    /// Whether ASP.NET Core or a container of services is referenced and nothing of windows: what is no loop here runs on the pool.
    /// </summary>
    public bool IsService => _isService.Value;

    /// <summary>
    /// A toolkit of windows is referenced, and nothing of the web: what is no loop runs on a pool that nobody else wants.
    /// </summary>
    public bool IsDesktop => _isDesktop.Value;

    /// <summary>
    /// Entity Framework speaks to SQLite alone, whose asynchronous forms are synchronous: a file of the program's own, nothing to await.
    /// </summary>
    public bool HasOnlySqlite => _hasOnlySqlite.Value;

    /// <summary>A program that does what its command line says, and ends.</summary>
    public bool IsCommandLine => _isCommandLine.Value;

    /// <summary>A service that answers requests: what takes long there takes a thread of the pool, this one or another.</summary>
    public bool IsWebServer => _isWebServer.Value;

    public SourceModels Models { get; }

    public EntryPoints EntryPoints { get; }

    public ContextInference Contexts { get; }

    public SummarySource Summaries { get; }

    public EffectInference Effects { get; }

    /// <summary>The facts of a compilation; the options are those of the first who asks, and all rules get the same.</summary>
    public static Facts Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        if (Known.TryGetValue(compilation, out var facts)) return facts;
        var user = UserLines.Of(compilation, options, cancellation);
        return Known.GetValue(compilation, created => new Facts(created, user));
    }

    /// <summary>A place in a tree of this compilation, or of another one whose trees may not be reported on.</summary>
    public Location LocationOf(SyntaxTree tree, TextSpan span) =>
        Models.Compilation.ContainsSyntaxTree(tree)
            ? Location.Create(tree, span)
            : Location.Create(tree.FilePath, span, tree.GetText().Lines.GetLinePositionSpan(span));

    /// <summary>Whether a member belongs to a type that lives on an event loop.</summary>
    public bool LivesOnLoop(IMethodSymbol? owner) => owner?.ContainingType is { } type && EntryPoints.LivesOnLoop(type);

    /// <summary>Entity Framework's packages for other databases, by the names that they have in common.</summary>
    private static bool IsProvider(string assembly) => assembly.Contains("EntityFrameworkCore")
        && new[] { "SqlServer", "PostgreSQL", "MySql", "MySQL", "Oracle", "Cosmos", "Firebird", "MongoDB" }.Any(assembly.Contains);

    private static bool IsTestFramework(string assembly) =>
        assembly is "nunit.framework" or "Microsoft.VisualStudio.TestPlatform.TestFramework" or "MSTest.TestFramework" or "TUnit.Core"
        || assembly.StartsWith("xunit.", StringComparison.OrdinalIgnoreCase);

    /// <summary>The text uses a framework whose package may be missing where the code is looked at.</summary>
    private static bool NamesTestFramework(Compilation compilation) => compilation.SyntaxTrees.Any(static tree =>
        tree.GetRoot() is CompilationUnitSyntax { Usings: var usings } && usings.Any(static directive =>
            directive.Name?.ToString() is "Xunit" or "NUnit.Framework" or "Microsoft.VisualStudio.TestTools.UnitTesting" or "TUnit.Core"));
}
