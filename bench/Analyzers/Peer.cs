using System.Collections.Immutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Bench.Analyzers;

/// <summary>A package of analyzers, restricted to its rules about concurrency.</summary>
internal sealed class Peer
{
    private readonly Func<string, bool> _isOurs;

    private Peer(string name, IEnumerable<string> files, Func<string, bool> isOurs)
    {
        Name = name;
        _isOurs = isOurs;
        Analyzers =
        [
            .. files.Select(static file => Path.Combine(AppContext.BaseDirectory, file))
                .SelectMany(static file => AssemblyLoadContext.Default.LoadFromAssemblyPath(file).GetTypes())
                .Where(static type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type)
                    && type.IsDefined(typeof(DiagnosticAnalyzerAttribute), inherit: false) && type.GetConstructor([]) is not null)
                .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
                .Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => isOurs(rule.Id)))
                .OrderBy(static analyzer => analyzer.GetType().FullName, StringComparer.Ordinal),
        ];
        if (Analyzers.IsEmpty) throw new InvalidOperationException($"{name}: no analyzer was found");
    }

    public string Name { get; }

    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    /// <summary>The ids by which each package speaks of blocking, of awaiting, of locks and of tasks that nobody observes.</summary>
    public static IReadOnlyList<Peer> All(IReadOnlyCollection<string> only)
    {
        var peers = new (string Name, string[] Files, Func<string, bool> IsOurs)[]
        {
            ("Quintet", ["Quintet.Analyzers.dll"], static id => id.StartsWith("QNT", StringComparison.Ordinal)),
            ("VSTHRD", [
                    "peers/Microsoft.VisualStudio.Threading.Analyzers.dll",
                    "peers/Microsoft.VisualStudio.Threading.Analyzers.CSharp.dll",
                ],
                static id => id.StartsWith("VSTHRD", StringComparison.Ordinal)),
            ("Meziantou", ["peers/Meziantou.Analyzer.dll"], static id => MeziantouRules.Contains(id)),
            ("Sonar", ["peers/SonarAnalyzer.CSharp.dll"], static id => SonarRules.Contains(id)),
            ("AsyncFixer", ["peers/AsyncFixer.dll"], static id => id.StartsWith("AsyncFixer", StringComparison.Ordinal)),
        };
        return
        [
            .. peers.Where(peer => only.Count == 0 || only.Contains(peer.Name))
                .Select(static peer => new Peer(peer.Name, peer.Files, peer.IsOurs)),
        ];
    }

    private static readonly HashSet<string> MeziantouRules =
    [
        "MA0004", "MA0022", "MA0032", "MA0040", "MA0042", "MA0045", "MA0064", "MA0079", "MA0080",
        "MA0100", "MA0129", "MA0134", "MA0147", "MA0155",
    ];

    private static readonly HashSet<string> SonarRules = ["S2445", "S2551", "S3168", "S3216", "S3998", "S4462", "S5034", "S6966"];

    /// <summary>Options under which this peer's other rules are off; with <paramref name="allOn"/>, its listed rules all on.</summary>
    public CompilationOptions Restrict(CompilationOptions options, bool allOn)
    {
        var severities = options.SpecificDiagnosticOptions;
        foreach (var rule in Analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics))
        {
            if (!_isOurs(rule.Id)) severities = severities.SetItem(rule.Id, ReportDiagnostic.Suppress);
            else if (allOn) severities = severities.SetItem(rule.Id, ReportDiagnostic.Warn);
            else severities = severities.Remove(rule.Id);
        }

        return options.WithSpecificDiagnosticOptions(severities);
    }
}
