namespace Quintet.Multiprocessing;

/// <summary>A value cannot cross between processes, or what arrived is no such value.</summary>
public sealed class PayloadSerializationException : Exception
{
    private const int LongestPath = 512;

    /// <summary>A value at <paramref name="memberPath"/> cannot cross, because <paramref name="reason"/>.</summary>
    public PayloadSerializationException(string memberPath, string reason) : base($"{memberPath}: {reason}")
    {
        MemberPath = memberPath;
        Reason = reason;
    }

    /// <summary>As the other constructor, caused by <paramref name="inner"/>.</summary>
    public PayloadSerializationException(string memberPath, string reason, Exception? inner) : base($"{memberPath}: {reason}", inner)
    {
        MemberPath = memberPath;
        Reason = reason;
    }

    /// <summary>The way from the argument or result to the value, such as "Job.Source.Stream".</summary>
    public string MemberPath { get; }

    /// <summary>Why it cannot cross.</summary>
    public string Reason { get; }

    /// <summary>The same failure as seen from the value that holds it. For generated codecs.</summary>
    public PayloadSerializationException Within(string owner, string member)
    {
        // "Item[3].Name" inside Order.Items is Order.Items[3].Name: the member's name takes the place of its type's.
        var rest = MemberPath.AsSpan().IndexOfAny('.', '[') is var end and >= 0 ? MemberPath[end..] : "";
        return new PayloadSerializationException(Short($"{owner}.{member}{rest}"), Reason, InnerException);
    }

    /// <summary>Of the way into something deep, which may be a cycle, both ends say enough.</summary>
    private static string Short(string path) =>
        path.Length <= LongestPath ? path : $"{path[..(LongestPath / 2)]}…{path[^(LongestPath / 4)..]}";
}
