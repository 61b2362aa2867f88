using Quintet.Multiprocessing;
using static Quintet.Tests.Runtime.Multiprocessing.CodecLab;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>What crosses, what does not, and what is said about it. The codecs are those that the generator wrote for this
/// assembly.</summary>
public sealed class CodecTests
{
    private static readonly Job Sample = new(
        "näh \ud800 \u0000", Level.High, [new(1, 2), new(3, 4)], ["a", null, ""], new() { ["x"] = new(5, 6) }, 2.5) { Priority = 7 };

    [Fact]
    public void A_record_comes_back_whole()
    {
        var copy = RoundTrip(Sample with { Next = Sample });
        Assert.Equal((Sample.Name, Level.High, 7, 2.5), (copy.Name, copy.Level, copy.Priority, copy.Weight));
        Assert.Equal(Sample.Path, copy.Path);
        Assert.Equal(Sample.Tags, copy.Tags);
        Assert.Equal(Sample.Places, copy.Places);
        Assert.Equal("näh \ud800 \u0000", copy.Next!.Name);
        Assert.Null(copy.Next.Next);
    }

    [Fact]
    public void A_plain_class_comes_back_whole()
    {
        var copy = RoundTrip(new Plain { Text = "t", Number = 3, Set = [1, 2] });
        Assert.Equal(("t", 3, 2), (copy.Text, copy.Number, copy.Set.Count));
    }

    [Fact]
    public void A_structure_with_references_and_a_tuple_come_back_whole()
    {
        Assert.Equal(("l", 5L), (RoundTrip(new Mixed("l", 5)).Label, RoundTrip(new Mixed("l", 5)).Ticks));
        Assert.Equal(("a", new Point(1, 2), 3), RoundTrip(("a", new Point(1, 2), 3)));
    }

    [Fact]
    public void Null_stays_null()
    {
        Assert.Null(RoundTrip<Job?>(null));
        Assert.Null(RoundTrip<string?>(null));
        Assert.Null(RoundTrip<Point[]?>(null));
    }

    [Fact]
    public void What_cannot_cross_is_named_by_its_path() =>
        Refuses(new Report("t", new Source("p", Stream.Null)), "Report.Source.Content", "belongs to the process");

    [Fact]
    public void The_path_counts_elements() =>
        Refuses(
            new Batch([null!, new Report("t", new Source("p", Stream.Null))]), "Batch.Reports[1].Source.Content", "belongs to the process");

    [Fact]
    public void Hidden_state_is_refused_rather_than_lost() => Refuses(new Counter(), "Counter", "_count");

    [Fact]
    public void A_derived_object_is_refused_rather_than_cut() => Refuses<Point>(new Longer(1, 2, 3), "Point", "Longer");

    [Fact]
    public void A_cycle_is_refused_rather_than_followed()
    {
        var link = new Link();
        link.Next = link;
        var refused = Assert.Throws<PayloadSerializationException>(() => RoundTrip(link));
        Assert.StartsWith("Link.Next.Next", refused.MemberPath, StringComparison.Ordinal);
        Assert.Contains("cycle", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payload_cut_anywhere_is_an_error_and_nothing_else()
    {
        var writer = new PayloadWriter();
        PayloadCodec<Job>.Default.Write(writer, Sample);
        for (var length = 0; length < writer.Length; length++)
        {
            var cut = writer.Written[..length].ToArray();
            Assert.Throws<PayloadSerializationException>(() =>
            {
                var reader = new PayloadReader(cut);
                PayloadCodec<Job>.Default.Read(ref reader);
            });
        }
    }

    [Fact]
    public void A_count_larger_than_the_payload_allocates_nothing() => Assert.Throws<PayloadSerializationException>(() =>
    {
        var reader = new PayloadReader(BitConverter.GetBytes(int.MaxValue));
        PayloadCodec<long[]>.Default.Read(ref reader);
    });

    [Fact]
    public void A_codec_can_be_given_by_hand()
    {
        ProcessFunctionTable.Register(new VersionCodec());
        Assert.Equal(new Version(1, 2, 3), RoundTrip(new Version(1, 2, 3)));
    }

    private sealed class VersionCodec : PayloadCodec<Version>
    {
        public override void Write(PayloadWriter writer, Version value) => writer.Text(value.ToString());

        public override Version Read(ref PayloadReader reader) => Version.Parse(reader.Text()!);
    }
}
