using System.CommandLine;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Quintet.Tool.Analysis;
using Quintet.Tool.Fixing;
using Quintet.Tool.Loading;
using Quintet.Tool.Reports;

namespace Quintet.Tool.Commands;

/// <summary>What <c>check</c> was asked to do.</summary>
internal sealed record CheckRequest(string Path)
{
    public string? Sarif { get; init; }

    public string? Json { get; init; }

    public string? Baseline { get; init; }

    public bool WriteBaseline { get; init; }

    public DiagnosticSeverity? FailOn { get; init; }

    public DiagnosticSeverity Shown { get; init; }

    public required SelectedRules Rules { get; init; }

    public bool Restore { get; init; }

    public bool Timings { get; init; }
}
