using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using Quintet.Goroutines;
using Quintet.Multiprocessing;
using static Quintet.Tests.Runtime.Multiprocessing.CodecLab;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>Where a type looks as if it crossed, and something would be lost or mean nothing on the other side.</summary>
public sealed class CodecEdgeTests
{
    [Fact]
    public void A_class_that_is_derived_from_a_collection_is_refused_rather_than_emptied()
    {
        Refuses(new Named { 1 }, "Named", "its base 'List<int>' hides its state");
        Refuses(new Sorting(), "Sorting", "its base 'Dictionary<string, int>' hides its state");
        Assert.Equal(4, RoundTrip(new Told { Number = 4 }).Number);
    }

    [Fact]
    public void In_place_of_its_collection_it_is_refused_too()
    {
        Refuses<List<int>>(new Named { 1 }, "List", "Named");
        Refuses<Dictionary<string, int>>(new Sorting(), "Dictionary", "Sorting");
        Refuses<Collection<string>>(new ObservableCollection<string>(), "Collection", "ObservableCollection");
        Assert.Equal([1, 2], RoundTrip(new List<int> { 1, 2 }));
        Assert.Equal([1, 2], RoundTrip<IReadOnlyList<int>>(new Named { 1, 2 }));
    }

    [Fact]
    public void An_address_is_refused_where_it_stands()
    {
        const string reason = "an address means nothing";
        Refuses(new Pointing[1], "Pointing[0].Place", reason);
        Refuses<Pointing?>(default(Pointing), "Nullable`1.Place", reason);
        Refuses((1, default(Pointing)), "ValueTuple`2.Item2.Place", reason);
        Refuses(default(Calling), "Calling.Function", reason);
        Refuses(default(GCHandle), "GCHandle", reason);
        Refuses(new Holding(), "Holding.Place", reason);
        Refuses(new List<HoldingDeep> { new() }, "HoldingDeep[0].Inner.Place", reason);
    }

    [Fact]
    public unsafe void A_buffer_of_fixed_size_and_a_native_number_are_no_addresses()
    {
        var buffered = new Buffered { Length = 7 };
        buffered.Numbers[2] = 5;
        var copy = RoundTrip(buffered);
        Assert.Equal((5, (nint)7), (copy.Numbers[2], copy.Length));
    }

    [Fact]
    public void A_field_that_a_property_of_its_name_reaches_is_no_hidden_state()
    {
        var copy = RoundTrip(new Fielded { Name = "a", Count = 2, Total = 3.5 });
        Assert.Equal(("a", 2, 3.5), (copy.Name, copy.Count, copy.Total));
        Assert.Equal("b", RoundTrip(new Captured("b")).Name);
        Refuses(new Counted(), "Counted", "'_calls'");
        Refuses(new CapturedUnseen("c"), "CapturedUnseen", "no constructor takes only");
    }

    // A compiler sees no private fields in a reference; the codec looks once.
    [Fact]
    public void State_that_a_class_of_another_assembly_hides_is_found_when_it_runs()
    {
        Refuses(new WaitGroup(), "WaitGroup", "is reached by no constructor parameter");
        Assert.Equal(new QuintetReport("QNT3012", "m", null), RoundTrip(new QuintetReport("QNT3012", "m", null)));
    }

    [Fact]
    public void Concurrent_observable_and_frozen_collections_cross()
    {
        var copy = RoundTrip(new Shared(
            new(["a", "b"]), new(["c", "d"]), new() { ["e"] = 1 }, ["f"], ["g"], new(["h"]), new[] { "i" }.ToFrozenSet(),
            new Dictionary<string, int> { ["j"] = 2 }.ToFrozenDictionary()));
        Assert.Equal(["a", "b"], copy.Queue);
        Assert.Equal(["d", "c"], copy.Stack);
        Assert.Equal(1, copy.Map["e"]);
        Assert.Equal(["f", "g", "h", "i"], [.. copy.List, .. copy.Seen, .. copy.Read, .. copy.Set]);
        Assert.Equal(2, copy.Fixed["j"]);
        Refuses(new ConcurrentDictionary<string, int>(StringComparer.OrdinalIgnoreCase), "ConcurrentDictionary", "comparer");
    }

    [Fact]
    public void Of_memory_the_part_crosses_that_it_shows()
    {
        var copy = RoundTrip(new Parts(
            new[] { 1, 2, 3, 4 }.AsMemory(1, 2), new[] { "a", "b" }.AsMemory(1), "letters".AsMemory(2, 3), new(["c", "d", "e"], 1, 1),
            Tuple.Create(1, "f"), Tuple.Create(1, 2, 3, 4, 5, 6, "g", "h")));
        Assert.Equal([2, 3], copy.Memory.ToArray());
        Assert.Equal(["b", "d"], [.. copy.Texts.ToArray(), .. copy.Segment]);
        Assert.Equal("tte", copy.Letters.ToString());
        Assert.Equal((1, "f", "g", "h"), (copy.Pair.Item1, copy.Pair.Item2, copy.Long.Item7, copy.Long.Rest.Item1));
        Assert.Equal(0, RoundTrip(default(ReadOnlyMemory<string>)).Length);
    }

    [Fact]
    public void The_path_into_something_endless_is_told_by_its_ends()
    {
        var refused = new PayloadSerializationException("Node", "too deep.");
        for (var i = 0; i < 500; i++) refused = refused.Within("Node", "Next");
        Assert.InRange(refused.MemberPath.Length, 200, 520);
        Assert.StartsWith("Node.Next.Next", refused.MemberPath, StringComparison.Ordinal);
        Assert.EndsWith("Next.Next", refused.MemberPath, StringComparison.Ordinal);
    }
}
