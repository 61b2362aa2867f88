using System.Text;
using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Streams to read from. Rules from test-stream-readable-*, test-readable-* and test-stream2-*.</summary>
public sealed partial class ReadableSpec : NodeSpec
{
    private static Readable<string> Text(StreamOptions? options = null) => new(_ => { }, options);

    private static Readable<string> Counting(int n, StreamOptions? options = null)
    {
        var next = 0;
        return new Readable<string>(
            self =>
            {
                if (next < n) self.Push((next++).ToString());
                else self.PushEnd();
            },
            options ?? Objects);
    }

    [Fact, Pins("test-stream-readable-data")]
    public void A_data_listener_lets_it_flow_also_when_the_readable_listener_is_gone() => Assert.Equal("foo", Trace(log =>
    {
        var r = Text();
        void Never() { }
        r.On("readable", Never);
        Tick(() =>
        {
            r.Off("readable", Never);
            Tick(() =>
            {
                r.OnData(log);
                r.Push("foo");
            });
        });
    }));

    [Fact, Pins("test-stream-readable-pause-and-resume")]
    public void Pausing_stops_the_flow_and_resuming_goes_on() => Assert.Equal("0 1 paused 2 3 end", Trace(log =>
    {
        var r = Counting(4);
        r.OnData(d =>
        {
            log(d);
            if (d != "1") return;
            r.Pause();
            Assert.True(r.IsPaused);
            After(5, () =>
            {
                log("paused");
                r.Resume();
                Assert.False(r.IsPaused);
            });
        });
        r.On("end", () => log("end"));
    }));

    [Fact, Pins("test-stream-ispaused")]
    public void It_is_not_paused_before_somebody_says_so() => Trace(_ =>
    {
        var r = Text();
        Assert.False(r.IsPaused);
        r.OnData(_ => { });
        Assert.False(r.IsPaused);
        r.Pause();
        Assert.True(r.IsPaused);
        r.Resume();
        Assert.False(r.IsPaused);
    });

    [Fact, Pins("test-stream-readable-hwm-0", "test-stream-readable-hwm-0-async")]
    public void With_a_mark_of_0_it_is_asked_only_when_somebody_reads() => Assert.Equal("asked x end", Trace(log =>
    {
        var count = 1;
        var r = new Readable<string>(
            self => Tick(() =>
            {
                if (count-- > 0)
                {
                    log("asked");
                    self.Push("x");
                }
                else self.PushEnd();
            }),
            new StreamOptions { HighWaterMark = 0 });
        r.On("readable", () =>
        {
            while (r.Read(out var chunk)) log(chunk);
        });
        r.On("end", () => log("end"));
    }));

    [Fact, Pins("test-stream-readable-hwm-0-no-flow-data")]
    public void A_reader_that_takes_in_readable_still_raises_data() => Assert.Equal("data:a read:a", Trace(log =>
    {
        var r = Text(new StreamOptions { HighWaterMark = 0 });
        r.On("readable", () =>
        {
            if (r.Read(out var chunk)) log("read:" + chunk);
        });
        r.OnData(d => log("data:" + d));
        Tick(() => r.Push("a"));
    }));

    [Fact, Pins("test-stream-readable-event", "test-stream-readable-readable-then-resume")]
    public void Readable_comes_once_for_what_is_there_also_for_a_late_listener() => Assert.Equal("readable:ab", Trace(log =>
    {
        var r = Text();
        r.Push("a");
        r.Push("b");
        After(2, () => r.On("readable", () =>
        {
            if (r.Read(out var chunk)) log("readable:" + chunk);
        }));
    }));

    [Fact, Pins("test-stream-readable-no-unneeded-readable", "test-stream-readable-emit-readable-short-stream")]
    public void The_end_is_a_last_readable_event() => Assert.Equal("content none end", Trace(log =>
    {
        var r = Text();
        r.On("readable", () => log(r.Read(out var chunk) ? chunk : "none"));
        r.On("end", () => log("end"));
        r.Push("content");
        After(2, r.PushEnd);
    }));

    [Fact, Pins("test-stream2-basic", "test-stream2-readable-from-list")]
    public void So_many_bytes_are_taken_across_chunks_and_all_without_a_number() => Assert.Equal("ab cdefg False hij", Trace(log =>
    {
        var r = Text();
        foreach (var part in new[] { "abc", "def", "ghij" }) r.Push(part);
        r.PushEnd();
        Assert.True(r.Read(2, out var chunk));
        log(chunk);
        Assert.True(r.Read(5, out chunk));
        log(chunk);
        var other = Text();
        other.Push("abc");
        log(other.Read(4, out _).ToString());
        // At the end what is left is given, though it is less.
        Assert.True(r.Read(100, out chunk));
        log(chunk);
    }));

    [Fact, Pins("test-stream2-objects", "test-stream-readable-object-multi-push-async")]
    public void Objects_are_given_one_by_one() => Assert.Equal("one two end", Trace(log =>
    {
        var r = Readable<string>.From(["one", "two"]);
        r.On("readable", () =>
        {
            while (r.Read(out var chunk)) log(chunk);
        });
        r.On("end", () => log("end"));
    }));

    [Fact, Pins("test-stream-readable-unshift", "test-stream-unshift-read-race")]
    public void What_is_put_back_comes_first() => Assert.Equal("b a c end", Trace(log =>
    {
        var r = new Readable<string>(_ => { }, Objects);
        r.Push("a");
        r.Push("c");
        r.Unshift("b");
        r.PushEnd();
        r.OnData(log);
        r.On("end", () => log("end"));
    }));

    [Fact, Pins("test-stream-unshift-empty-chunk")]
    public void Putting_back_nothing_does_not_end_it() => Assert.Equal("False:abc end", Trace(log =>
    {
        var r = Text();
        r.Push("abc");
        r.PushEnd();
        r.On("readable", () =>
        {
            while (r.Read(out var chunk))
            {
                log(r.Unshift("") + ":" + chunk);
            }
        });
        r.On("end", () => log("end"));
    }));

    [Fact, Pins("test-stream-push-order", "test-stream-push-strings")]
    public void Chunks_come_in_the_order_in_which_they_were_pushed() => Assert.Equal("0 1 2 3 4 end", Trace(log =>
    {
        var r = Counting(5);
        r.OnData(log);
        r.On("end", () => log("end"));
    }));

    [Fact, Pins("test-stream-readable-ended", "test-readable-single-end")]
    public void End_comes_once_when_everything_was_taken() => Assert.Equal("False x end:True", Trace(log =>
    {
        var r = Text();
        r.PushEnd();
        r.PushEnd();
        log(r.IsEnded.ToString());
        var other = Text();
        other.Push("x");
        other.PushEnd();
        other.On("end", () => log("end:" + other.IsEnded));
        other.OnData(log);
    }));

    [Fact, Pins("test-stream-end-paused")]
    public void A_paused_stream_does_not_end() => Assert.Equal("later end", Trace(log =>
    {
        var r = new Readable<string>(self => self.PushEnd());
        r.OnData(_ => log("never"));
        r.Pause();
        r.On("end", () => log("end"));
        After(2, () =>
        {
            log("later");
            r.Resume();
        });
    }));

    [Fact, Pins("test-stream-readable-error-end", "test-stream-readable-end-destroyed")]
    public void What_was_destroyed_does_not_end() => Assert.Equal("error close", Trace(log =>
    {
        var r = Text();
        r.On("end", () => log("never"));
        r.On<Exception>("error", _ => log("error"));
        r.On("close", () => log("close"));
        r.OnData(_ => { });
        r.PushEnd();
        r.Destroy(Bad());
    }));

    [Fact, Pins("test-stream-readable-with-unimplemented-_read", "test-stream-readable-invalid-chunk")]
    public void A_source_that_throws_destroys_it() => Assert.Equal("bad True", Trace(log =>
    {
        var r = new Readable<string>(_ => throw Bad());
        r.On<Exception>("error", e => log(e.Message));
        r.On("close", () => log(r.IsDestroyed.ToString()));
        r.Resume();
    }));

    [Fact, Pins("test-stream-readable-infinite-read", "test-stream-big-push")]
    public void It_is_not_asked_beyond_its_mark() => Assert.Equal("True", Trace(log =>
    {
        var asked = 0;
        var r = new Readable<string>(
            self =>
            {
                asked++;
                self.Push(new string('x', 8));
            },
            new StreamOptions { HighWaterMark = 32 });
        r.On("readable", () => { });
        After(2, () => log((asked is > 0 and <= 5 && r.ReadableLength <= 40).ToString()));
    }));

    [Fact, Pins("test-readable-large-hwm", "test-stream-readable-resume-hwm")]
    public void Asking_for_more_than_the_mark_raises_it() => Assert.Equal("16 64", Trace(log =>
    {
        var r = Text(new StreamOptions { HighWaterMark = 16 });
        log(r.ReadableHighWaterMark.ToString());
        r.Read(60, out _);
        log(r.ReadableHighWaterMark.ToString());
    }));

    [Fact, Pins("test-stream-readable-didRead")]
    public void It_knows_whether_anything_was_read() => Assert.Equal("False True", Trace(log =>
    {
        var r = Text();
        r.Push("x");
        log(r.WasRead.ToString());
        r.Read(out _);
        log(r.WasRead.ToString());
    }));

    [Fact, Pins("test-stream-readable-add-chunk-during-data")]
    public void A_chunk_pushed_while_one_is_given_comes_after_it() => Assert.Equal("1 2", Trace(log =>
    {
        var r = Text();
        r.OnData(d =>
        {
            log(d);
            if (d == "1") r.Push("2");
        });
        Tick(() => Tick(() => r.Push("1")));
    }));

    [Fact, Pins("test-stream-readable-flow-recursion")]
    public void A_reader_in_data_does_not_disturb_the_flow() => Assert.Equal("12 end", Trace(log =>
    {
        var left = 12;
        var seen = 0;
        var r = new Readable<string>(self =>
        {
            if (left-- > 0) self.Push("x");
            else self.PushEnd();
        });
        r.OnData(d =>
        {
            seen += d.Length;
            if (r.Read(out var more)) seen += 0 * more.Length;
        });
        r.On("end", () =>
        {
            log(seen.ToString());
            log("end");
        });
    }));

    [Fact, Pins("test-stream-readable-destroy", "test-stream-destroy")]
    public void Destroying_is_once_and_its_error_the_first() => Assert.Equal("destroy:first error:first close", Trace(log =>
    {
        var r = Text(new StreamOptions
        {
            Destroy = (error, done) =>
            {
                log("destroy:" + error!.Message);
                done(error);
            },
        });
        r.On<Exception>("error", e => log("error:" + e.Message));
        r.On("close", () => log("close"));
        r.Destroy(Bad("first"));
        r.Destroy(Bad("second"));
        Assert.False(r.Push("x"));
    }));

    [Fact, Pins("test-stream-readable-aborted", "test-stream-add-abort-signal")]
    public void A_signal_destroys_it_with_an_AbortError() => Assert.Equal("AbortError AbortError", Trace(log =>
    {
        var controller = new AbortController();
        var r = Text(new StreamOptions { Signal = controller.Signal });
        r.On<Exception>("error", e => log(e.GetType().Name));
        controller.Abort();
        var late = Text();
        late.On<Exception>("error", e => log(e.GetType().Name));
        late.AddAbortSignal(AbortSignal.Aborted());
    }));

    [Fact, Pins("test-stream-error-once")]
    public void An_error_is_told_once() => Assert.Equal("error", Trace(log =>
    {
        var w = new Writable<string>((_, done) => done(null));
        w.On<Exception>("error", _ => log("error"));
        w.End();
        w.Write("h");
        w.Write("h");
        var r = Text();
        r.On<Exception>("error", _ => { });
        r.PushEnd();
        r.Push("h");
        r.Push("h");
    }));

    [Fact, Pins("test-stream-readable-needReadable", "test-stream-readable-emittedReadable")]
    public void Readable_events_come_for_each_push_that_was_waited_for() => Assert.Equal("foo bar quo end", Trace(log =>
    {
        var r = Text();
        r.On("readable", () =>
        {
            while (r.Read(out var chunk)) log(chunk);
        });
        r.On("end", () => log("end"));
        Tick(() => r.Push("foo"));
        After(1, () => r.Push("bar"));
        After(2, () => r.Push("quo"));
        After(3, r.PushEnd);
    }));

    [Fact, Pins("test-stream-readable-resumeScheduled", "test-stream-readable-reading-readingMore",
        "test-stream-readableListening-state")]
    public void With_a_readable_listener_resuming_does_not_let_it_flow() => Assert.Equal("False readable", Trace(log =>
    {
        var r = Text();
        r.On("readable", () => log("readable"));
        r.Resume();
        log(r.IsFlowing.ToString()!);
        r.Push("x");
    }));
}
