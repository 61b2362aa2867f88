using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>The evidence in words, as messages show it.</summary>
internal static class CpuWords
{
    private const int Longest = 40;

    public static string Kernel(IReadOnlyList<string> ranges)
    {
        var distinct = ranges.Distinct(StringComparer.Ordinal).ToList();
        var over = distinct.Count == 1
            ? distinct[0]
            : string.Join(", ", distinct.Take(distinct.Count - 1)) + " and " + distinct[distinct.Count - 1];
        return ranges.Count == 2
            ? $"two nested loops over {over} that compute on elements of both"
            : $"{Number(ranges.Count)} nested loops over {over}";
    }

    public static string Trips(long trips, bool nested)
    {
        var count = trips.ToString("N0", CultureInfo.InvariantCulture);
        return nested ? $"nested loops of {count} iterations" : $"a loop of {count} iterations";
    }

    public static string Repeated(long trips) => Trips(trips, nested: false) + " around a computation that is repeated";

    public static string Repeated(long trips, string inner, string outer) => $"{Repeated(trips)}, {inner} inside {outer}";

    public static string Given(CpuGiven nest) =>
        $"{(nest.Power == 1 ? "a loop" : "nested loops")} of {LoopNest.HeavyTrips.ToString("N0", CultureInfo.InvariantCulture)} iterations"
        + $" or more for the '{nest.Parameter.Name}' that is given";

    /// <summary>One loop is the caller's.</summary>
    public const string Joined = "two nested loops over input that compute on elements of both";

    public static string Recursion(int branches, string parameter) =>
        $"recursion that branches {(branches == 2 ? "twice" : Number(branches) + " times")} for each '{parameter}'";

    public static string RecursionInLoop(string parameter) => $"recursion in a loop for each '{parameter}'";

    public static string Spin(SyntaxNode condition) => $"a loop that spins while {Quote(condition)}";

    public const string Search = "a loop that searches by hashing";

    public const string Forever = "a loop that never ends";

    /// <summary>Source text for a message: in quotes, on one line, shortened.</summary>
    public static string Quote(SyntaxNode syntax)
    {
        var text = string.Join(" ", syntax.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= Longest ? $"'{text}'" : $"'{text.Substring(0, Longest)}…'";
    }

    private static string Number(int count) => count switch
    {
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        _ => count.ToString(CultureInfo.InvariantCulture),
    };
}
