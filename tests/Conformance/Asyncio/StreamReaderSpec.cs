using System.Text;
using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>A reader that is fed by hand: lines, records, limits, ends and errors. Rules from test_streams.</summary>
public sealed class StreamReaderSpec : AsyncioSpec
{
    [Fact, Pins("test_streams.invalid_limit")]
    public void A_limit_is_positive() => Run(async () =>
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsyncStreamReader(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsyncStreamReader(-1));
        await Aio.Yield();
    });

    [Fact, Pins("test_streams.streamreader_constructor_without_loop", "test_streams.streamreader_constructor_use_running_loop")]
    public void A_reader_belongs_to_the_running_loop() => Assert.Throws<EventLoopException>(() => new AsyncStreamReader());

    [Fact, Pins("test_streams.feed_empty_data", "test_streams.feed_nonempty_data", "test_streams.read_zero")]
    public void Nothing_is_read_when_nothing_is_asked_for() => Run(async () =>
    {
        var reader = Fed("");
        Assert.False(reader.AtEof);
        reader.FeedData("line1"u8);
        Assert.Empty(await reader.Read(0));
        Assert.Equal("line1", await Text(reader.Read(100)));
    });

    [Fact, Pins("test_streams.read", "test_streams.read_line_breaks")]
    public void A_read_gives_what_is_there_up_to_the_count() => Run(async () =>
    {
        var reader = Fed("");
        EventLoop.Current.CallSoon(() => reader.FeedData("line1\nline2"u8));
        Assert.Equal("line1", await Text(reader.Read(5)));
        Assert.Equal("\nline2", await Text(reader.Read(30)));
    });

    [Fact, Pins("test_streams.read_eof", "test_streams.at_eof")]
    public void At_the_end_a_read_gives_nothing() => Run(async () =>
    {
        var reader = Fed("some");
        reader.FeedEof();
        Assert.False(reader.AtEof);
        Assert.Equal("some", await Text(reader.Read(10)));
        Assert.True(reader.AtEof);
        Assert.Empty(await reader.Read(10));
    });

    [Fact, Pins("test_streams.read_until_eof")]
    public void A_read_without_a_count_reads_to_the_end() => Run(async () =>
    {
        var reader = Fed("");
        var read = Aio.CreateTask(reader.Read());
        await Aio.Yield();
        reader.FeedData("chunk1\n"u8);
        await Aio.Yield();
        reader.FeedData("chunk2"u8);
        await Turns(3);
        Assert.False(read.IsDone);
        reader.FeedEof();
        Assert.Equal("chunk1\nchunk2", Encoding.ASCII.GetString(await read));
    });

    [Fact, Pins("test_streams.read_exception", "test_streams.readline_exception", "test_streams.readexactly_exception",
        "test_streams.exception")]
    public void An_error_comes_out_of_every_kind_of_read() => Run(async () =>
    {
        var reader = Fed("line\n");
        Assert.Equal("li", await Text(reader.Read(2)));
        Assert.Null(reader.Exception);
        reader.SetException(new InvalidTimeZoneException());
        Assert.IsType<InvalidTimeZoneException>(reader.Exception);
        await Fails<InvalidTimeZoneException>(async () => await reader.Read(2));
        await Fails<InvalidTimeZoneException>(async () => await reader.ReadLine());
        await Fails<InvalidTimeZoneException>(async () => await reader.ReadExactly(1));
        await Fails<InvalidTimeZoneException>(async () => await reader.ReadUntil("n"u8.ToArray()));
    });

    [Fact, Pins("test_streams.exception_waiter")]
    public void An_error_wakes_who_waits() => Run(async () =>
    {
        var reader = Fed("");
        var read = Aio.CreateTask(reader.ReadLine());
        await Aio.Yield();
        reader.SetException(new InvalidTimeZoneException());
        await Fails<InvalidTimeZoneException>((Future)read);
    });

    [Fact, Pins("test_streams.exception_cancel")]
    public void After_a_cancelled_read_the_reader_can_be_used() => Run(async () =>
    {
        var reader = Fed("");
        var read = Aio.CreateTask(reader.ReadLine());
        await Aio.Yield();
        read.Cancel();
        await Fails<CancelledError>((Future)read);
        reader.FeedData("again\n"u8);
        Assert.Equal("again\n", await Text(reader.ReadLine()));
    });

    // Not two at a time: the bytes could go to either.
    [Fact]
    public void Two_reads_at_once_are_refused() => Run(async () =>
    {
        var reader = Fed("");
        var first = Aio.CreateTask(reader.ReadLine());
        await Aio.Yield();
        await Fails<EventLoopException>(async () => await reader.ReadLine());
        reader.FeedData("x\n"u8);
        Assert.Equal("x\n", Encoding.ASCII.GetString(await first));
    });

    [Fact, Pins("test_streams.readline", "test_pep492.StreamReader.readline")]
    public void A_line_may_come_in_pieces() => Run(async () =>
    {
        var reader = Fed("chunk1 ");
        var read = Aio.CreateTask(reader.ReadLine());
        await Aio.Yield();
        reader.FeedData("chunk2 "u8);
        reader.FeedData("chunk3 "u8);
        reader.FeedData("\n chunk4"u8);
        Assert.Equal("chunk1 chunk2 chunk3 \n", Encoding.ASCII.GetString(await read));
        Assert.Equal(" chunk4", await Text(reader.Read(100)));
    });

    // The line that is too long is skipped up to its end, or as far as it came; what follows is there.
    [Fact, Pins("test_streams.readline_limit_with_existing_data", "test_streams.readline_limit")]
    public void A_line_over_the_limit_is_skipped() => Run(async () =>
    {
        var reader = Fed("li", limit: 3);
        reader.FeedData("ne1\nline2\n"u8);
        await Fails<LimitOverrunException>(async () => await reader.ReadLine());
        Assert.Equal("line2\n", await Text(reader.Read(100)));
        var open = Fed("li", limit: 3);
        open.FeedData("ne1"u8);
        open.FeedData("li"u8);
        await Fails<LimitOverrunException>(async () => await open.ReadLine());
        open.FeedData("x\n"u8);
        Assert.Equal("x\n", await Text(open.ReadLine()));
    });

    [Fact, Pins("test_streams.readline_nolimit_nowait", "test_streams.readline_read_byte_count")]
    public void A_line_that_is_there_is_no_switch() => Run(async () =>
    {
        var reader = Fed("line1\nline2\nline3\n");
        var turns = CountTurns();
        Assert.Equal("line1\n", await Text(reader.ReadLine()));
        Assert.Equal(0, turns());
        Assert.Equal("line2", await Text(reader.Read(5)));
        Assert.Equal("\nline3\n", await Text(reader.Read(100)));
    });

    [Fact, Pins("test_streams.readline_eof", "test_streams.readline_empty_eof")]
    public void What_is_left_at_the_end_is_a_line() => Run(async () =>
    {
        var reader = Fed("some data");
        reader.FeedEof();
        Assert.Equal("some data", await Text(reader.ReadLine()));
        Assert.Empty(await reader.ReadLine());
    });

    [Fact, Pins("test_streams.readuntil_separator")]
    public void A_separator_has_at_least_one_byte() => Run(async () =>
    {
        var reader = Fed("x");
        await Fails<ArgumentException>(async () => await reader.ReadUntil(default(ReadOnlyMemory<byte>)));
    });

    [Theory, Pins("test_streams.readuntil_multi_chunks", "test_streams.readuntil_multi_chunks_1", "test_streams.readuntil_bytearray")]
    [InlineData("lineAAA", "AAA", "lineAAA", "")]
    [InlineData("lineAAAxxx", "AAA", "lineAAA", "xxx")]
    [InlineData("QWEaa|XYaa|a", "aaa", "QWEaaXYaaa", "")]
    [InlineData("QWEaa|XYa|aa", "aaa", "QWEaaXYaaa", "")]
    [InlineData("aaa", "aaa", "aaa", "")]
    [InlineData("Xaaa", "aaa", "Xaaa", "")]
    [InlineData("XXX|a|a|a", "aaa", "XXXaaa", "")]
    [InlineData("some data\r|\nrest", "\r\n", "some data\r\n", "rest")]
    public void A_separator_is_found_across_pieces(string pieces, string separator, string expected, string rest) => Run(async () =>
    {
        var reader = Fed("");
        var read = Aio.CreateTask(reader.ReadUntil(Encoding.ASCII.GetBytes(separator)));
        foreach (var piece in pieces.Split('|'))
        {
            await Turns(2);
            reader.FeedData(Encoding.ASCII.GetBytes(piece));
        }

        Assert.Equal(expected, Encoding.ASCII.GetString(await read));
        reader.FeedEof();
        Assert.Equal(rest, await Text(reader.Read()));
    });

    [Fact, Pins("test_streams.StreamTests.readuntil_multi_separator")]
    public void Of_several_separators_that_counts_which_ends_first() => Run(async () =>
    {
        var reader = Fed("line 1\nline 2\r");
        Assert.Equal("line 1\n", await Text(reader.ReadUntil(Separators("\r", "\n"))));
        Assert.Equal("line 2\r", await Text(reader.ReadUntil(Separators("\r", "\n"))));
        reader.FeedData("ABCDEFG"u8);
        Assert.Equal("ABCDE", await Text(reader.ReadUntil(Separators("DEF", "BCDE"))));
        Assert.Equal("F", await Text(reader.ReadUntil(Separators("F", "FG"))));
        await Fails<ArgumentException>(async () => await reader.ReadUntil(Separators()));
        await Fails<ArgumentException>(async () => await reader.ReadUntil(Separators("a", "")));
    });

    [Fact, Pins("test_streams.StreamTests.readuntil_multi_separator_limit")]
    public void The_limit_counts_up_to_the_shortest_of_those_that_end_together() => Run(async () =>
    {
        var reader = new AsyncStreamReader(limit: 3);
        reader.FeedData("some dataA"u8);
        var error = await Fails<LimitOverrunException>(async () => await reader.ReadUntil(Separators("A", "ome dataA")));
        Assert.Contains("is found", error.Message, StringComparison.Ordinal);
        Assert.Equal("some dataA", await Text(reader.Read(100)));
    });

    [Fact, Pins("test_streams.StreamTests.readuntil_multi_separator_negative_offset")]
    public void A_separator_may_be_longer_than_what_has_come() => Run(async () =>
    {
        var reader = Fed("data");
        EventLoop.Current.CallSoon(() => reader.FeedData("Z"u8));
        EventLoop.Current.CallSoon(() => reader.FeedData("Aaaa"u8));
        Assert.Equal("dataZA", await Text(reader.ReadUntil(Separators("A", "long sep"))));
        Assert.Equal("aaa", await Text(reader.Read(100)));
    });

    [Fact, Pins("test_streams.readuntil_eof")]
    public void An_end_before_the_separator_gives_what_had_come() => Run(async () =>
    {
        var reader = Fed("some dataAA");
        reader.FeedEof();
        var error = await Fails<IncompleteReadException>(async () => await reader.ReadUntil("AAA"u8.ToArray()));
        Assert.Equal("some dataAA", Encoding.ASCII.GetString(error.Partial.Span));
        Assert.Null(error.Expected);
        Assert.Contains("undefined", error.Message, StringComparison.Ordinal);
        Assert.Empty(await reader.Read());
    });

    // Nothing is taken, so that the caller may deal with it.
    [Fact, Pins("test_streams.readuntil_limit_found_sep")]
    public void A_record_over_the_limit_stays_where_it_is() => Run(async () =>
    {
        var reader = Fed("some dataAA", limit: 3);
        var error = await Fails<LimitOverrunException>(async () => await reader.ReadUntil("AAA"u8.ToArray()));
        Assert.Contains("not found", error.Message, StringComparison.Ordinal);
        reader.FeedData("A"u8);
        error = await Fails<LimitOverrunException>(async () => await reader.ReadUntil("AAA"u8.ToArray()));
        Assert.Contains("is found", error.Message, StringComparison.Ordinal);
        Assert.Equal("some dataAAA", await Text(reader.Read(100)));
    });

    [Fact, Pins("test_streams.readexactly_zero_or_less", "test_streams.readexactly")]
    public void Exactly_is_exactly() => Run(async () =>
    {
        var reader = Fed("12345");
        Assert.Empty(await reader.ReadExactly(0));
        await Fails<ArgumentOutOfRangeException>(async () => await reader.ReadExactly(-1));
        var read = Aio.CreateTask(reader.ReadExactly(10));
        await Turns(2);
        Assert.False(read.IsDone);
        reader.FeedData("67890abc"u8);
        Assert.Equal("1234567890", Encoding.ASCII.GetString(await read));
        Assert.Equal("abc", await Text(reader.Read(10)));
    });

    // The limit is for lines, not for counts.
    [Fact, Pins("test_streams.readexactly_limit", "test_streams.read_limit")]
    public void A_count_may_be_over_the_limit() => Run(async () =>
    {
        var reader = Fed("chunk", limit: 3);
        Assert.Equal("chunk", await Text(reader.ReadExactly(5)));
        reader.FeedData("chunk"u8);
        Assert.Equal("chunk", await Text(reader.Read(5)));
    });

    [Fact, Pins("test_streams.readexactly_eof", "test_streams.IncompleteReadError_pickleable")]
    public void An_end_before_the_count_gives_what_had_come() => Run(async () =>
    {
        var reader = Fed("some data");
        var read = Aio.CreateTask(reader.ReadExactly(20));
        await Aio.Yield();
        reader.FeedEof();
        var error = await Fails<IncompleteReadException>((Future)read);
        Assert.Equal("some data", Encoding.ASCII.GetString(error.Partial.Span));
        Assert.Equal(20, error.Expected);
        Assert.Equal("9 bytes read on a total of 20 expected bytes", error.Message);
    });

    private static AsyncStreamReader Fed(string text, int limit = AsyncStreamReader.DefaultLimit)
    {
        var reader = new AsyncStreamReader(limit);
        reader.FeedData(Encoding.ASCII.GetBytes(text));
        return reader;
    }

    private static async Coroutine<string> Text(Coroutine<byte[]> read) => Encoding.ASCII.GetString(await read);

    private static ReadOnlyMemory<byte>[] Separators(params string[] texts) =>
        [.. texts.Select(text => new ReadOnlyMemory<byte>(Encoding.ASCII.GetBytes(text)))];
}
