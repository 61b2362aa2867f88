namespace Quintet.Tool.Loading;

/// <summary>Why a project, or one of its target frameworks, was not analysed or not completely.</summary>
internal sealed record ProjectProblem(string Project, string Reason, string? Framework = null)
{
    public string Name => Path.GetFileName(Project) + (Framework is { Length: > 0 } ? $" ({Framework})" : "");
}
