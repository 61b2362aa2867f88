using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Quintet.Tool.Analysis;

namespace Quintet.Tool.Reports;

/// <summary>
/// The findings as SARIF 2.1.0 for code scanning: every rule with its help, every path as a code flow, places relative to
/// what was checked, and the baseline's fingerprints, so that a host can follow a finding over edits.
/// </summary>
internal sealed class SarifReport
{
    private const string Base = "SRCROOT";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly CheckResult _result;
    private readonly string _root;
    private readonly DiagnosticDescriptor[] _rules;
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    private SarifReport(CheckResult result)
    {
        _result = result;
        _root = result.Solution.Target.Root;
        _rules = [.. result.Rules.Descriptors.Where(rule => result.Rules.Selects(rule.Id))];
    }

    public static async Task WriteAsync(string file, CheckResult result) =>
        await File.WriteAllTextAsync(file, new SarifReport(result).Document().ToJsonString(Format) + "\n");

    private JsonObject Document() => new()
    {
        ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "Quintet",
                    ["semanticVersion"] = typeof(SarifReport).Assembly.GetName().Version!.ToString(3),
                    ["rules"] = new JsonArray([.. _rules.Select(Rule)]),
                },
            },
            ["originalUriBaseIds"] = new JsonObject
            {
                // Without an absolute address: the report is the same on every machine.
                [Base] = new JsonObject { ["description"] = Text("The folder that holds what was checked.") },
            },
            ["columnKind"] = "utf16CodeUnits",
            ["invocations"] = new JsonArray(Invocation()),
            ["results"] = new JsonArray([.. _result.Findings.Select(Result)]),
        }),
    };

    private static JsonObject Rule(DiagnosticDescriptor rule)
    {
        var node = new JsonObject
        {
            ["id"] = rule.Id,
            ["name"] = string.Concat(rule.Title.ToString(CultureInfo.InvariantCulture).Split(' ', '-').Select(Capital)),
            ["shortDescription"] = Text(rule.Title.ToString(CultureInfo.InvariantCulture)),
            ["defaultConfiguration"] = new JsonObject { ["level"] = Level(rule.DefaultSeverity), ["enabled"] = rule.IsEnabledByDefault },
            ["properties"] = new JsonObject { ["category"] = rule.Category, ["tags"] = new JsonArray("concurrency", rule.Category) },
        };
        if (rule.Description.ToString(CultureInfo.InvariantCulture) is { Length: > 0 } description)
            node["fullDescription"] = Text(description);
        if (Uri.IsWellFormedUriString(rule.HelpLinkUri, UriKind.Absolute)) node["helpUri"] = rule.HelpLinkUri;
        return node;
    }

    private JsonObject Invocation()
    {
        var notes = _result.Problems
            .Select(problem => Note("warning", $"{problem.Name}: {problem.Reason}"))
            .Concat(_result.Failures.Select(failure => Note("error", failure)));
        return new JsonObject
        {
            ["executionSuccessful"] = _result.Failures.Count == 0,
            ["toolExecutionNotifications"] = new JsonArray([.. notes]),
        };
    }

    private JsonObject Result(Finding finding)
    {
        var node = new JsonObject
        {
            ["ruleId"] = finding.Id,
            ["ruleIndex"] = Array.FindIndex(_rules, rule => rule.Id == finding.Id),
            ["level"] = Level(finding.Severity),
            ["message"] = Text(finding.Message),
            ["locations"] = new JsonArray(At(finding.Place)),
            ["partialFingerprints"] = new JsonObject { ["quintet/v1"] = Fingerprint(finding) },
            ["properties"] = new JsonObject
            {
                ["rootCause"] = finding.RootCause,
                ["path"] = finding.Path,
                ["fixAvailable"] = finding.Fixable,
                ["projects"] = new JsonArray([.. finding.Projects.Select(project => (JsonNode)project)]),
            },
        };
        if (finding.Hops.IsEmpty) return node;

        var names = finding.Path.Split(" → ");
        node["relatedLocations"] = new JsonArray([.. finding.Hops.Select((hop, i) => Hop(hop, names, i, id: i + 1))]);
        var steps = new List<JsonNode?> { new JsonObject { ["location"] = At(finding.Place, names[0]) } };
        steps.AddRange(finding.Hops.Select((hop, i) => new JsonObject { ["location"] = Hop(hop, names, i, id: null) }));
        node["codeFlows"] = new JsonArray(new JsonObject
        {
            ["message"] = Text(finding.Path.Length > 0 ? finding.Path : finding.Message),
            ["threadFlows"] = new JsonArray(new JsonObject { ["locations"] = new JsonArray([.. steps]) }),
        });
        return node;
    }

    private JsonObject Hop(Place hop, string[] names, int index, int? id)
    {
        var node = At(hop, index + 1 < names.Length ? names[index + 1] : names[^1]);
        if (id is { } number) node["id"] = number;
        return node;
    }

    private JsonObject At(Place place, string? text = null)
    {
        var node = new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = Artifact(place.File),
                ["region"] = new JsonObject
                {
                    ["startLine"] = place.Line,
                    ["startColumn"] = place.Column,
                    ["endLine"] = place.EndLine,
                    ["endColumn"] = place.EndColumn,
                },
            },
        };
        if (text is { Length: > 0 }) node["message"] = Text(text);
        return node;
    }

    private JsonObject Artifact(string file)
    {
        var relative = RelativePath.Of(_root, file);
        // A file from outside of the root, for instance one that a project links, has no place under it.
        if (relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative))
            return new JsonObject { ["uri"] = new Uri(Path.GetFullPath(file, _root)).AbsoluteUri };
        return new JsonObject
        {
            ["uri"] = string.Join('/', relative.Split('/').Select(Uri.EscapeDataString)),
            ["uriBaseId"] = Base,
        };
    }

    /// <summary>Numbered, because two findings of one member may share all that a fingerprint is made of.</summary>
    private string Fingerprint(Finding finding)
    {
        var fingerprint = Baseline.Fingerprint(finding, _root);
        var number = _seen[fingerprint] = _seen.GetValueOrDefault(fingerprint) + 1;
        return $"{fingerprint}:{number}";
    }

    private static JsonObject Note(string level, string text) => new() { ["level"] = level, ["message"] = Text(text) };

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };
}
