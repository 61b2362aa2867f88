using System.Collections.Immutable;
using System.Numerics;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

internal enum Tiny : byte { No, Yes = 255 }

internal enum Signed : sbyte { Least = -128 }

internal enum Wide : ulong { Most = ulong.MaxValue }

internal enum Negative : long { Least = long.MinValue }

internal sealed record Box<T>(T Value);

internal abstract class Animal(string name)
{
    public string Name { get; } = name;
}

internal sealed class Dog(string name, int tricks) : Animal(name)
{
    public int Tricks { get; } = tricks;

    public required string Owner { get; init; }
}

internal record struct Entry(string Key, decimal? Amount);

internal sealed class Sealed
{
    public int Number { get; private set; } = 5;
}

internal sealed record Scalars(
    DateTimeOffset At, Guid Id, decimal Price, BigInteger Big, Uri Address, Version Version, TimeSpan Span, DateOnly Day,
    Half Small, Int128 Large, char Letter, bool? Maybe, Tiny Tiny, Signed Signed, Wide Wide, Negative Negative, Tiny? Absent);

internal sealed record Arrays(int[][] Jagged, double[,] Grid, string?[,,] Cube, Entry?[] Entries);

internal sealed record Interfaces(
    IEnumerable<int> Sequence, IReadOnlyList<string> List, ICollection<Entry> Collection, IDictionary<string, int> Map,
    IReadOnlyDictionary<int, List<string>> Lists, IReadOnlySet<string> Set);

internal sealed record Collections(
    Queue<string> Queue, Stack<int> Stack, LinkedList<string> Linked, SortedSet<string> Sorted, SortedDictionary<string, int> Ordered,
    SortedList<int, string> Listed, KeyValuePair<string, Point?> Pair);

internal sealed record Immutables(
    ImmutableArray<string> Array, ImmutableArray<int> Default, ImmutableList<Entry> List, ImmutableQueue<int> Queue,
    ImmutableHashSet<string> Set, ImmutableSortedSet<int> Sorted, ImmutableDictionary<string, int> Map,
    ImmutableSortedDictionary<string, string> Ordered);

/// <summary>Functions whose signatures make the generator write the codecs of <see cref="CodecShapeTests"/>.</summary>
internal static class CodecShapes
{
    [ProcessFunction]
    internal static Scalars Of(Scalars value) => value;

    [ProcessFunction]
    internal static Arrays Of(Arrays value) => value;

    [ProcessFunction]
    internal static Interfaces Of(Interfaces value) => value;

    [ProcessFunction]
    internal static Collections Of(Collections value) => value;

    [ProcessFunction]
    internal static Immutables Of(Immutables value) => value;

    [ProcessFunction]
    internal static Dog Of(Dog value) => value;

    [ProcessFunction]
    internal static Sealed Of(Sealed value) => value;

    [ProcessFunction]
    internal static Box<Dictionary<string, List<(int, string)>>> Of(Box<Dictionary<string, List<(int, string)>>> value) => value;

    [ProcessFunction]
    internal static (int A, string B, int C, string D, int E, string F, int G, string H, int I) Of(
        (int A, string B, int C, string D, int E, string F, int G, string H, int I) value) => value;

    [ProcessFunction]
    internal static HashSet<string> Of(HashSet<string> value) => value;

    [ProcessFunction]
    internal static Dictionary<string, int> Of(Dictionary<string, int> value) => value;

    [ProcessFunction]
    internal static SortedSet<string> Of(SortedSet<string> value) => value;

    [ProcessFunction]
    internal static IReadOnlyDictionary<string, int> Of(IReadOnlyDictionary<string, int> value) => value;
}
