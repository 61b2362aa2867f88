using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>What a method means to the bodies that call it, as far as its name tells.</summary>
internal sealed class Calling
{
    [MethodImpl(Speed.Hot)]
    public Calling(Callee callee)
    {
        var id = callee.Id;
        (ReturnsNothing, ReturnsTask) = (callee.Returns == "System.Void", callee.ReturnsTask);
        var name = NameOf(id);
        (AsksMap, FillsMap) = (Lookups.Asks(name), Lookups.Fills(name));
        // What is generic has none of these names.
        if (!IsGeneric(id))
        {
            AsksCompletion = name is "get_IsCompleted" or "get_IsCompletedSuccessfully" or "IsCompletedSuccessfully" or "get_Status"
                or "get_IsValueCreated";
            AsksForLoop = name is "CheckAccess" or "get_InvokeRequired" && callee.Parameters == 0;
            AsksStatus = name == "get_Status";
            IsView = name is "GetAwaiter" or "ConfigureAwait" or "AsTask" or "Preserve";
            GivesResult = name == "GetResult";
        }

        IsOfAwaiter = id.IndexOf("Awaiter", StringComparison.Ordinal) >= 0;
        IsInvoke = id.IndexOf(".Invoke", StringComparison.Ordinal) is var at and >= 0 && (at + 7 == id.Length || id[at + 7] == '(');
        Made = id.IndexOf(".#ctor", StringComparison.Ordinal) is > 2 and var end ? id.Substring(2, end - 2) : null;
    }

    public bool ReturnsNothing { get; }

    public bool ReturnsTask { get; }

    /// <summary>Tells whether a task, or what is made on first use, is complete.</summary>
    public bool AsksCompletion { get; }

    /// <summary>Tells whether the caller is on the loop of a window.</summary>
    public bool AsksForLoop { get; }

    public bool AsksStatus { get; }

    /// <summary>What it gives stands for the task that it is asked of.</summary>
    public bool IsView { get; }

    /// <summary>Looks something up; see <see cref="Lookups"/>.</summary>
    public bool AsksMap { get; }

    /// <summary>Puts something where it is looked up later.</summary>
    public bool FillsMap { get; }

    public bool IsOfAwaiter { get; }

    public bool GivesResult { get; }

    public bool IsInvoke { get; }

    /// <summary>The type whose constructor it is; null for any other method.</summary>
    public string? Made { get; }

    /// <summary>The name of a method alone: <c>Any</c> for <c>M:System.Linq.Enumerable.Any``1(…)</c>.</summary>
    public static string NameOf(string id)
    {
        var open = id.IndexOf('(');
        var end = open < 0 ? id.Length : open;
        var dot = id.LastIndexOf('.', Math.Max(end - 1, 0));
        var arity = id.IndexOf("``", dot + 1, end - dot - 1, StringComparison.Ordinal);
        return id.Substring(dot + 1, (arity < 0 ? end : arity) - dot - 1);
    }

    private static bool IsGeneric(string id)
    {
        var open = id.IndexOf('(');
        var end = open < 0 ? id.Length : open;
        return id.IndexOf("``", 0, end, StringComparison.Ordinal) >= 0;
    }
}
