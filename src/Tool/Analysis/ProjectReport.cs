namespace Quintet.Tool.Analysis;

/// <summary>What was measured and met while one project was analysed for one target framework.</summary>
internal sealed record ProjectReport(string Name, string Project, string Framework, int Files, int Lines)
{
    public int Errors { get; init; }

    public string? FirstError { get; init; }

    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Exceptions of analyzers: bugs of Quintet.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    public Cost Load { get; init; }

    /// <summary>Binding everything, as the compiler does before it emits.</summary>
    public Cost Compile { get; init; }

    public Cost Analysis { get; init; }

    public string DisplayName => Framework.Length > 0 ? $"{Name} ({Framework})" : Name;
}
