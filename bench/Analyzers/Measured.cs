using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Bench.Analyzers;

/// <summary>One pass over compilations, as the compiler makes it: its own diagnostics, and those of a peer or of nobody.</summary>
internal static class Measured
{
    public static (double Seconds, int Findings) Pass(
        IReadOnlyList<(Compilation Compilation, AnalyzerOptions Options)> compilations, Peer? peer)
    {
        var found = 0;
        var seconds = Cpu.Seconds(() =>
        {
            foreach (var (compilation, options) in compilations)
            {
                if (peer is null) compilation.GetDiagnostics();
                else found += WithAnalyzers(compilation, options, peer);
            }
        });
        return (seconds, found);
    }

    private static int WithAnalyzers(Compilation compilation, AnalyzerOptions options, Peer peer)
    {
        var failure = (Exception?)null;
        var hosted = new CompilationWithAnalyzersOptions(
            options, (exception, _, _) => failure = exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var ids = peer.Analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics).Select(static rule => rule.Id).ToHashSet();
        var all = compilation.WithAnalyzers(peer.Analyzers, hosted).GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        if (failure is not null) throw new InvalidOperationException($"{peer.Name} threw", failure);
        return all.Count(diagnostic => ids.Contains(diagnostic.Id));
    }
}
