using System.Security;
using System.Text;

namespace Quintet.Tool.Loading;

/// <summary>The compiler calls of a solution, and one line for each project that gave none or only some.</summary>
internal sealed record LoadedSolution(Target Target, IReadOnlyList<CompilerCall> Calls, IReadOnlyList<ProjectProblem> Problems)
{
    /// <summary>What the user should know about the load, though nothing is missing for it.</summary>
    public string? Remark { get; init; }
}
