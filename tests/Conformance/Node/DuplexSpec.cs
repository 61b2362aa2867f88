using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Streams with two sides, and transforms. Rules from test-stream-duplex-*, test-stream-transform-* and
/// test-stream2-transform.</summary>
public sealed class DuplexSpec : NodeSpec
{
    private static Duplex<string, string> Both(StreamOptions? options = null, Action<string>? wrote = null) => new(
        _ => { },
        (chunk, done) =>
        {
            wrote?.Invoke(chunk);
            done(null);
        },
        options: options);

    [Fact, Pins("test-stream-duplex")]
    public void Its_sides_know_nothing_of_each_other() => Assert.Equal("w:in r:out end", Trace(log =>
    {
        var d = Both(wrote: chunk => log("w:" + chunk));
        d.OnData(chunk => log("r:" + chunk));
        d.On("end", () => log("end"));
        d.Write("in");
        d.Push("out");
        d.PushEnd();
    }));

    [Fact, Pins("test-stream-duplex-end", "test-stream-duplex-readable-end")]
    public void Without_half_open_the_end_of_reading_ends_writing() => Assert.Equal("end finish close", Trace(log =>
    {
        var d = Both(new StreamOptions { AllowHalfOpen = false });
        foreach (var name in new[] { "end", "finish", "close" }) d.On(name, () => log(name));
        d.Resume();
        d.PushEnd();
        // The near miss: half-open is allowed.
        var open = Both();
        open.On("finish", () => log("never"));
        open.Resume();
        open.PushEnd();
    }));

    [Fact, Pins("test-stream-duplex-destroy", "test-stream-duplex-writable-finished")]
    public void It_is_destroyed_when_both_sides_have_ended() => Assert.Equal("finish:False end:False close:True", Trace(log =>
    {
        var d = Both();
        foreach (var name in new[] { "finish", "end", "close" }) d.On(name, () => log($"{name}:{d.IsDestroyed}"));
        d.Resume();
        d.End();
        After(2, d.PushEnd);
    }));

    [Fact, Pins("test-stream-duplex-readable-writable", "test-stream-duplex-props")]
    public void Each_side_has_its_own_mark() => Trace(_ =>
    {
        var d = Both(new StreamOptions { ReadableHighWaterMark = 1, WritableHighWaterMark = 3 });
        Assert.False(d.Push("x"));
        Assert.True(d.Write("xx"));
        var slow = new Duplex<string, string>(_ => { }, (_, _) => { }, options: new StreamOptions { WritableHighWaterMark = 3 });
        Assert.True(slow.Write("xx"));
        Assert.False(slow.Write("x"));
    });

    [Fact, Pins("test-stream2-transform", "test-stream-transform-constructor-set-methods")]
    public void A_transform_gives_what_it_made_and_what_is_left_at_the_end() => Assert.Equal("A B rest end", Trace(log =>
    {
        var s = new Transform<string, string>((chunk, done) => done.Done(chunk.ToUpperInvariant()), done =>
        {
            done.Push("rest");
            done.Done();
        });
        s.OnData(log);
        s.On("end", () => log("end"));
        s.Write("a");
        s.End("b");
    }));

    [Fact, Pins("test-stream2-transform")]
    public void A_chunk_may_give_many_chunks_later_or_none() => Assert.Equal("1 1 3 3 end", Trace(log =>
    {
        var s = new Transform<int, int>((n, done) => After(1, () =>
        {
            if (n != 2)
            {
                done.Push(n);
                done.Push(n);
            }

            done.Done();
        }));
        s.OnData(n => log(n.ToString()));
        s.On("end", () => log("end"));
        foreach (var n in new[] { 1, 2, 3 }) s.Write(n);
        s.End();
    }));

    [Fact, Pins("test-stream-transform-final", "test-stream-transform-final-sync", "test-stream-transform-flush-data")]
    public void What_is_left_comes_before_end_and_finish() => Assert.Equal("1 flush end finish", Trace(log =>
    {
        var s = new Transform<string, string>((chunk, done) => done.Done(chunk), done => After(1, () =>
        {
            log("flush");
            done.Done();
        }));
        s.OnData(log);
        foreach (var name in new[] { "end", "finish" }) s.On(name, () => log(name));
        s.End("1");
    }));

    [Fact, Pins("test-stream-transform-callback-twice")]
    public void Answering_twice_for_a_chunk_is_an_error() => Assert.Equal("ERR_MULTIPLE_CALLBACK", Trace(log =>
    {
        var s = new Transform<string, string>((_, done) =>
        {
            done.Done();
            done.Done();
        });
        s.On<Exception>("error", e => log(Code(e)));
        s.Write("x");
    }));

    [Fact, Pins("test-stream-transform-destroy")]
    public void A_transform_that_fails_or_is_destroyed_neither_ends_nor_finishes() => Assert.Equal("error:bad close close", Trace(log =>
    {
        var s = new Transform<string, string>((_, done) => done.Fail(Bad()));
        foreach (var name in new[] { "end", "finish", "close" }) s.On(name, () => log(name));
        s.On<Exception>("error", e => log("error:" + e.Message));
        s.Resume();
        s.End("x");
        After(5, () =>
        {
            var other = new PassThrough<string>();
            foreach (var name in new[] { "end", "finish", "close" }) other.On(name, () => log(name));
            other.Resume();
            other.Write("x");
            other.Destroy();
        });
    }));

    [Fact, Pins("test-stream-transform-hwm0", "test-stream-passthrough-drain")]
    public void Backpressure_goes_through() => Assert.Equal("False True drain", Trace(log =>
    {
        var s = new PassThrough<string>(new StreamOptions { HighWaterMark = 0 });
        s.On("drain", () => log("drain"));
        log(s.Write("hello").ToString());
        log(s.NeedsDrain.ToString());
        // The chunk is taken, and the next reading asks for more.
        After(1, () => s.Read(out _));
        After(2, () => s.Read(out _));
    }));

    [Fact, Pins("test-stream-transform-objectmode-falsey-value", "test-stream-transform-split-objectmode")]
    public void Zero_and_the_empty_text_are_items_in_object_mode() => Assert.Equal("0 1 '' end", Trace(log =>
    {
        var numbers = new PassThrough<int>();
        numbers.OnData(n => log(n.ToString()));
        numbers.Write(0);
        numbers.End(1);
        After(2, () =>
        {
            var texts = new PassThrough<string>(Objects);
            texts.OnData(s => log($"'{s}'"));
            texts.On("end", () => log("end"));
            texts.End("");
        });
    }));

    [Fact, Pins("test-stream-backpressure", "test-stream-big-packet")]
    public void A_slow_reader_slows_the_source_through_all_stages() => Assert.Equal("5000 True", Trace(log =>
    {
        var given = 0;
        var taken = 0;
        var most = 0;
        var source = new Readable<int>(self =>
        {
            if (given < 5000) self.Push(given++);
            else self.PushEnd();
        });
        var middle = new PassThrough<int>();
        var sink = new Writable<int>((_, done) => Immediate(() =>
        {
            taken++;
            most = Math.Max(most, given - taken);
            done(null);
        }));
        source.Pipe(middle).Pipe(sink);
        sink.On("finish", () =>
        {
            log(taken.ToString());
            log((most < 100).ToString());
        });
    }));
}
