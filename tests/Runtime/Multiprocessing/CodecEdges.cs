using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using Quintet.Goroutines;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

internal sealed class Named : List<int>
{
    public string? Name { get; set; }
}

internal sealed class Sorting : Dictionary<string, int>;

internal sealed class Told : EventArgs
{
    public int Number { get; set; }
}

internal unsafe struct Pointing
{
    internal int* Place { get; set; }
}

internal unsafe struct Calling
{
    internal delegate*<int, int> Function { get; set; }
}

internal unsafe struct Buffered
{
    internal fixed int Numbers[3];
    internal nint Length;
}

internal sealed unsafe class Holding
{
    internal int* Place { get; set; }
}

internal sealed class HoldingDeep
{
    internal Pointing Inner { get; set; }
}

/// <summary>Fields that properties reach, as they are usually called, and as they are not.</summary>
internal sealed class Fielded
{
    private string? _name;
    private int count;
    private double m_total;

    internal string? Name { get => _name; set => _name = value; }

    internal int Count { get => count; set => count = value; }

    internal double Total { get => m_total; set => m_total = value; }
}

internal sealed class Counted
{
    private int _calls;

    internal int Name { get; set; }

    internal int Call() => ++_calls;
}

internal sealed class Captured(string name)
{
    internal string Name => name;
}

internal sealed class CapturedUnseen(string name)
{
    internal string Text() => name;
}

internal sealed record Shared(
    ConcurrentQueue<string> Queue, ConcurrentStack<string> Stack, ConcurrentDictionary<string, int> Map, Collection<string> List,
    ObservableCollection<string> Seen, ReadOnlyCollection<string> Read, FrozenSet<string> Set, FrozenDictionary<string, int> Fixed);

internal sealed record Parts(
    Memory<int> Memory, ReadOnlyMemory<string> Texts, ReadOnlyMemory<char> Letters, ArraySegment<string> Segment,
    Tuple<int, string> Pair, Tuple<int, int, int, int, int, int, string, Tuple<string>> Long);

/// <summary>Functions whose signatures make the generator write the codecs of <see cref="CodecEdgeTests"/>.</summary>
internal static class CodecEdges
{
    [ProcessFunction]
    internal static int Of(Named a, Sorting b, Told c) => a.Count + b.Count + c.Number;

    [ProcessFunction]
    internal static int Of(List<int> a, Dictionary<string, int> b, SortedSet<string> c) => a.Count + b.Count + c.Count;

    [ProcessFunction]
    internal static int Of(Pointing[] a, (int, Pointing) b, Pointing? c) => a.Length;

    [ProcessFunction]
    internal static int Of(Calling a, GCHandle b, Buffered c) => 0;

    [ProcessFunction]
    internal static int Of(Holding a, List<HoldingDeep> b) => 0;

    [ProcessFunction]
    internal static int Of(Fielded a, Counted b, Captured c) => 0;

    [ProcessFunction]
    internal static int Of(CapturedUnseen a, WaitGroup b, QuintetReport c) => 0;

    [ProcessFunction]
    internal static Parts Of(Shared a, Parts b, IReadOnlyList<int> c) => b;

    // What no delegate of a pool can have: the generator leaves them alone, or this file would not compile.
    [ProcessFunction]
    internal static int Spanned(Span<int> a) => a.Length;

    [ProcessFunction]
    internal static unsafe int Pointed(int* a) => *a;

    [ProcessFunction]
    internal static unsafe int PointedMore(int*[] a) => a.Length;

    [ProcessFunction]
    internal static ReadOnlySpan<int> Spanning() => [];

    [ProcessFunction]
    internal static T Generic<T>(T a) => a;

    [ProcessFunction]
    internal static int ByReference(ref int a, out int b) => b = a;
}
