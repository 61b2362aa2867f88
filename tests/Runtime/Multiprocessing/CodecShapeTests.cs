using System.Collections.Immutable;
using System.Numerics;
using Quintet.Multiprocessing;
using static Quintet.Tests.Runtime.Multiprocessing.CodecLab;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>Shapes of types that programs have: each crosses whole, or is refused with its path; nothing is lost in silence.</summary>
public sealed class CodecShapeTests
{
    [Fact]
    public void Values_of_the_base_library_and_enums_of_every_width_cross()
    {
        var value = new Scalars(
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-7)), Guid.NewGuid(), 1.2300m, -BigInteger.Pow(3, 200),
            new Uri("a/ü?q#f", UriKind.Relative), new Version(1, 2, 3, 4), TimeSpan.MinValue, DateOnly.MaxValue,
            Half.Epsilon, Int128.MinValue, '\uffff', null, Tiny.Yes, Signed.Least, Wide.Most, Negative.Least, null);
        var copy = RoundTrip(value);
        Assert.Equal(value, copy);
        Assert.Equal(TimeSpan.FromHours(-7), copy.At.Offset);
    }

    [Fact]
    public void Jagged_arrays_and_arrays_of_several_dimensions_cross()
    {
        var value = new Arrays(
            [[1, 2], [], null!], new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, new string?[2, 1, 2] { { { "a", null } }, { { "", "d" } } },
            [new Entry("k", 1), null, new Entry("l", null)]);
        var copy = RoundTrip(value);
        Assert.Equal(value.Jagged, copy.Jagged);
        Assert.Equal(value.Grid, copy.Grid);
        Assert.Equal(value.Cube, copy.Cube);
        Assert.Equal(value.Entries, copy.Entries);
        Assert.Equal(new int[0, 3], RoundTrip(new int[0, 3]));
        Assert.Equal(4, RoundTrip((int[,])Array.CreateInstance(typeof(int), [2, 2], [4, 9])).GetLowerBound(0));
    }

    [Fact]
    public void Lengths_that_the_payload_cannot_hold_allocate_nothing() => Assert.Throws<PayloadSerializationException>(() =>
    {
        var writer = new PayloadWriter();
        writer.Raw((byte)1);
        foreach (var word in (int[])[int.MaxValue, 0, int.MaxValue, 0]) writer.Raw(word);
        var reader = new PayloadReader(writer.Written);
        PayloadCodec<double[,]>.Default.Read(ref reader);
    });

    [Fact]
    public void Collections_behind_interfaces_cross()
    {
        var copy = RoundTrip(new Interfaces(
            Enumerable.Range(0, 3).Select(static i => i * i), new[] { "a", "b" }, new List<Entry> { new("k", 2) },
            new Dictionary<string, int> { ["x"] = 1 }, new SortedDictionary<int, List<string>> { [2] = ["two"] },
            new HashSet<string> { "s" }));
        Assert.Equal([0, 1, 4], copy.Sequence);
        Assert.Equal(["a", "b"], copy.List);
        Assert.Equal([new Entry("k", 2)], copy.Collection);
        Assert.Equal(1, copy.Map["x"]);
        Assert.Equal(["two"], copy.Lists[2]);
        Assert.Equal(["s"], copy.Set);
    }

    [Fact]
    public void Collections_keep_their_order()
    {
        var copy = RoundTrip(new Collections(
            new(["a", "b"]), new([1, 2, 3]), new(["l", "m"]), ["z", "a"], new() { ["b"] = 2, ["a"] = 1 },
            new() { [2] = "two", [1] = "one" },
            new("k", new Point(1, 2))));
        Assert.Equal(["a", "b"], copy.Queue);
        Assert.Equal([3, 2, 1], copy.Stack);
        Assert.Equal(["l", "m"], copy.Linked);
        Assert.Equal(["a", "z"], copy.Sorted);
        Assert.Equal(["a", "b"], copy.Ordered.Keys);
        Assert.Equal(["one", "two"], copy.Listed.Values);
        Assert.Equal(new("k", new Point(1, 2)), copy.Pair);
    }

    [Fact]
    public void Immutable_collections_cross()
    {
        var copy = RoundTrip(new Immutables(
            ["a", "b"], default, [new Entry("k", 3)], [1, 2], ["s"], [3, 1], ImmutableDictionary<string, int>.Empty.Add("x", 1),
            ImmutableSortedDictionary<string, string>.Empty.Add("y", "z")));
        Assert.Equal(["a", "b"], copy.Array);
        Assert.True(copy.Default.IsDefault);
        Assert.Equal([new Entry("k", 3)], copy.List);
        Assert.Equal([1, 2], copy.Queue);
        Assert.Equal(["s"], copy.Set);
        Assert.Equal([1, 3], copy.Sorted);
        Assert.Equal(1, copy.Map["x"]);
        Assert.Equal("z", copy.Ordered["y"]);
    }

    [Fact]
    public void Generic_types_long_tuples_and_derived_types_with_required_members_cross()
    {
        var box = RoundTrip(new Box<Dictionary<string, List<(int, string)>>>(new() { ["k"] = [(1, "one")] }));
        Assert.Equal((1, "one"), box.Value["k"][0]);
        var nine = (1, "b", 3, "d", 5, "f", 7, "h", 9);
        Assert.Equal(nine, RoundTrip<(int A, string B, int C, string D, int E, string F, int G, string H, int I)>(nine));
        var dog = RoundTrip(new Dog("Rex", 3) { Owner = "Ann" });
        Assert.Equal(("Rex", 3, "Ann"), (dog.Name, dog.Tricks, dog.Owner));
    }

    [Fact]
    public void A_comparer_that_both_processes_have_crosses()
    {
        Assert.Contains("A", RoundTrip(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a" }));
        Assert.DoesNotContain("A", RoundTrip(new HashSet<string> { "a" }));
        Assert.Equal(1, RoundTrip(new Dictionary<string, int>(StringComparer.InvariantCultureIgnoreCase) { ["a"] = 1 })["A"]);
    }

    [Fact]
    public void Any_other_comparer_is_refused_rather_than_lost()
    {
        var comparer = EqualityComparer<string>.Create(static (a, b) => a?.Length == b?.Length, static text => text.Length);
        Refuses(new HashSet<string>(comparer) { "a" }, "HashSet", "comparer");
        Refuses(new Dictionary<string, int>(comparer) { ["a"] = 1 }, "Dictionary", "comparer");
        Refuses(new SortedSet<string>(StringComparer.OrdinalIgnoreCase) { "a" }, "SortedSet", "comparer");
        Refuses<IReadOnlyDictionary<string, int>>(new Dictionary<string, int>(comparer) { ["a"] = 1 }, "IReadOnlyDictionary", "comparer");
    }

    [Fact]
    public void A_private_setter_without_a_constructor_is_refused() => Refuses(new Sealed(), "Sealed", "Number");
}
