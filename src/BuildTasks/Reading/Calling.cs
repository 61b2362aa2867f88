using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>What a method means to the bodies that call it, as far as its name tells.</summary>
internal sealed class Calling(Callee callee)
{
    private static readonly string[] CompletionTests =
        [".get_IsCompleted", ".get_IsCompletedSuccessfully", ".IsCompletedSuccessfully", ".get_Status", ".get_IsValueCreated"];

    private static readonly string[] LoopTests = [".CheckAccess", ".get_InvokeRequired"];

    private static readonly string[] Views = [".GetAwaiter", ".ConfigureAwait", ".AsTask", ".Preserve"];

    public bool ReturnsNothing { get; } = callee.Returns == "System.Void";

    public bool ReturnsTask { get; } = callee.ReturnsTask;

    /// <summary>Tells whether a task, or what is made on first use, is complete.</summary>
    public bool AsksCompletion { get; } = IsNamed(callee.Id, CompletionTests);

    /// <summary>Tells whether the caller is on the loop of a window.</summary>
    public bool AsksForLoop { get; } = IsNamed(callee.Id, LoopTests) && callee.Parameters == 0;

    public bool AsksStatus { get; } = IsNamed(callee.Id, ".get_Status");

    /// <summary>What it gives stands for the task that it is asked of.</summary>
    public bool IsView { get; } = IsNamed(callee.Id, Views);

    /// <summary>Looks something up; see <see cref="Lookups"/>.</summary>
    public bool AsksMap { get; } = Lookups.Asks(NameOf(callee.Id));

    /// <summary>Puts something where it is looked up later.</summary>
    public bool FillsMap { get; } = Lookups.Fills(NameOf(callee.Id));

    public bool IsOfAwaiter { get; } = callee.Id.IndexOf("Awaiter", StringComparison.Ordinal) >= 0;

    public bool GivesResult { get; } = IsNamed(callee.Id, ".GetResult");

    public bool IsInvoke { get; } = callee.Id.IndexOf(".Invoke", StringComparison.Ordinal) is var at and >= 0
        && (at + 7 == callee.Id.Length || callee.Id[at + 7] == '(');

    /// <summary>The type whose constructor it is; null for any other method.</summary>
    public string? Made { get; } = callee.Id.IndexOf(".#ctor", StringComparison.Ordinal) is > 2 and var end
        ? callee.Id.Substring(2, end - 2) : null;

    [MethodImpl(Speed.Hot)]
    private static bool IsNamed(string id, string[] members)
    {
        foreach (var member in members)
            if (IsNamed(id, member)) return true;
        return false;
    }

    /// <summary>The name of a method alone: <c>Any</c> for <c>M:System.Linq.Enumerable.Any``1(…)</c>.</summary>
    public static string NameOf(string id)
    {
        var open = id.IndexOf('(');
        var end = open < 0 ? id.Length : open;
        var dot = id.LastIndexOf('.', Math.Max(end - 1, 0));
        var arity = id.IndexOf("``", dot + 1, end - dot - 1, StringComparison.Ordinal);
        return id.Substring(dot + 1, (arity < 0 ? end : arity) - dot - 1);
    }

    [MethodImpl(Speed.Hot)]
    private static bool IsNamed(string id, string member)
    {
        var open = id.IndexOf('(');
        var end = open < 0 ? id.Length : open;
        return end >= member.Length && string.CompareOrdinal(id, end - member.Length, member, 0, member.Length) == 0;
    }
}
