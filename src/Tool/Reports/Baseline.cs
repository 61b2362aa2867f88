using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Quintet.Tool.Analysis;

namespace Quintet.Tool.Reports;

/// <summary>
/// Findings that a team knows and does not want to hear of. An entry names rule, file, member and path but no line, so it
/// survives edits around it; the same fingerprint may stand several times, and each stands for one finding.
/// </summary>
internal static class Baseline
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<(Finding[] Fresh, int Known, string? Remark)> ApplyAsync(
        string file, string root, Finding[] findings, bool write)
    {
        if (write || !File.Exists(file))
        {
            await WriteAsync(file, root, findings);
            return ([], findings.Length, $"{findings.Length} finding(s) recorded in {file}");
        }

        var known = await ReadAsync(file);
        var fresh = new List<Finding>();
        foreach (var finding in findings)
        {
            var fingerprint = Fingerprint(finding, root);
            if (known.GetValueOrDefault(fingerprint) > 0) known[fingerprint]--;
            else fresh.Add(finding);
        }

        var gone = known.Values.Sum();
        var remark = gone > 0 ? $"{gone} finding(s) of the baseline no longer occur: record it anew with --write-baseline" : null;
        return ([.. fresh], findings.Length - fresh.Count, remark);
    }

    public static string Fingerprint(Finding finding, string root)
    {
        var parts = string.Join('\n', finding.Id, RelativePath.Of(root, finding.Place.File), finding.Member, finding.Path);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)).AsSpan(0, 12));
    }

    private static async Task WriteAsync(string file, string root, Finding[] findings)
    {
        var entries = findings
            .Select(finding => new Entry(
                Fingerprint(finding, root), finding.Id, RelativePath.Of(root, finding.Place.File), finding.Member, finding.Path))
            .OrderBy(entry => entry.File, StringComparer.Ordinal)
            .ThenBy(entry => entry.Id, StringComparer.Ordinal)
            .ThenBy(entry => entry.Fingerprint, StringComparer.Ordinal);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new Content(1, [.. entries]), Format) + "\n");
    }

    private static async Task<Dictionary<string, int>> ReadAsync(string file)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(await File.ReadAllTextAsync(file), Format);
            if (content is { Version: 1, Findings: not null })
                return content.Findings.GroupBy(entry => entry.Fingerprint).ToDictionary(same => same.Key, same => same.Count());
        }
        catch (JsonException)
        {
            // Told below, in one line.
        }

        throw new UserError($"'{file}' is not a baseline of this tool");
    }

    private sealed record Content(int Version, Entry[] Findings);

    private sealed record Entry(string Fingerprint, string Id, string File, string Member, string Path);
}
