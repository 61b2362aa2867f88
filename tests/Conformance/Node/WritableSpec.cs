using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Streams to write to. Rules from test-stream-writable-*, test-stream-write-* and test-stream3-cork-*.</summary>
public sealed class WritableSpec : NodeSpec
{
    private static Writable<string> Sink(Action<string>? log = null, StreamOptions? options = null) => new(
        (chunk, done) =>
        {
            log?.Invoke(chunk);
            done(null);
        },
        options: options);

    private static void Watch(NodeStream stream, Action<string> log, params string[] events)
    {
        foreach (var name in events)
        {
            if (name == "error") stream.On<Exception>(name, e => log("error:" + Code(e)));
            else stream.On(name, () => log(name));
        }
    }

    [Fact, Pins("test-stream-writable-needdrain-state")]
    public void It_needs_a_drain_when_it_has_enough_until_everything_is_gone() => Assert.Equal("False True drain:False", Trace(log =>
    {
        var w = new Writable<string>((_, done) => After(1, () => done(null)), options: new StreamOptions { HighWaterMark = 1 });
        log(w.Write("as").ToString());
        log(w.NeedsDrain.ToString());
        w.On("drain", () => log("drain:" + w.NeedsDrain));
    }));

    [Fact, Pins("test-stream-write-drain")]
    public void A_stream_that_is_ending_does_not_drain() => Assert.Equal("finish", Trace(log =>
    {
        var w = new Writable<string>((_, done) => After(1, () => done(null)), options: new StreamOptions { HighWaterMark = 1 });
        Watch(w, log, "drain", "finish");
        w.Write("asd");
        w.End("asd");
    }));

    [Fact, Pins("test-stream-writable-samecb-singletick")]
    public void Equal_callbacks_of_writes_that_are_done_at_once_share_a_tick() => Assert.Equal("a x x x other b", Trace(log =>
    {
        var w = Sink();
        void Same(Exception? e) => log("x");
        Tick(() => log("a"));
        w.Write("1", Same);
        w.Write("2", Same);
        w.Write("3", Same);
        w.Write("4", _ => log("other"));
        Tick(() => log("b"));
    }));

    [Fact, Pins("test-stream-writable-write-cb-twice")]
    public void A_sink_that_answers_twice_is_an_error() => Assert.Equal("error:ERR_MULTIPLE_CALLBACK", Trace(log =>
    {
        var w = new Writable<string>((_, done) =>
        {
            done(null);
            done(null);
        });
        Watch(w, log, "error");
        w.Write("x");
    }));

    [Fact, Pins("test-stream-writable-write-cb-error")]
    public void A_failed_write_tells_its_callback_first_and_then_all_that_wait() => Assert.Equal(
        "a:bad b:bad c:bad error:bad close",
        Trace(log =>
        {
            var w = new Writable<string>((_, done) => Tick(() => done(Bad())));
            Watch(w, log, "error", "close", "finish", "drain");
            w.Write("a", e => log("a:" + Code(e)));
            w.Write("b", e => log("b:" + Code(e)));
            w.Write("c", e => log("c:" + Code(e)));
        }));

    [Fact, Pins("test-stream-writable-write-error")]
    public void Writing_after_the_end_or_a_destroy_is_refused() => Assert.Equal(
        "False False ERR_STREAM_WRITE_AFTER_END error:ERR_STREAM_WRITE_AFTER_END ERR_STREAM_DESTROYED",
        Trace(log =>
        {
            var w = Sink();
            Watch(w, log, "error");
            w.End();
            log(w.Write("x", e => log(Code(e))).ToString());
            var destroyed = Sink();
            Watch(destroyed, log, "error");
            destroyed.Destroy();
            log(destroyed.Write("x", e => log(Code(e))).ToString());
        }));

    [Fact, Pins("test-stream-writable-writable", "test-stream-writable-properties")]
    public void It_is_writable_until_it_ends_fails_or_is_destroyed() => Trace(_ =>
    {
        Writable<string> Fresh() => Sink();
        Assert.True(Fresh().IsWritable);
        var ended = Fresh();
        ended.End();
        Assert.False(ended.IsWritable);
        var destroyed = Fresh();
        destroyed.Destroy();
        Assert.False(destroyed.IsWritable);
        var failing = new Writable<string>((_, done) => done(Bad()));
        failing.On<Exception>("error", _ => Assert.False(failing.IsWritable));
        failing.Write("x");
        Assert.False(failing.IsWritable);
    });

    [Fact, Pins("test-stream-writable-final-async", "test-stream-write-final")]
    public void The_last_step_runs_before_finish_which_waits_for_it() => Assert.Equal("write final done end-callback finish", Trace(log =>
    {
        var w = new Writable<string>(
            (_, done) =>
            {
                log("write");
                After(1, () => done(null));
            },
            done =>
            {
                log("final");
                After(1, () =>
                {
                    log("done");
                    done(null);
                });
            });
        Watch(w, log, "finish");
        w.End("x", _ => log("end-callback"));
    }));

    [Fact, Pins("test-stream-writable-final-throw", "test-stream-writable-end-cb-error")]
    public void A_last_step_that_fails_is_an_error_and_no_finish() => Assert.Equal("error:bad close end:bad", Trace(log =>
    {
        var w = new Writable<string>((_, done) => done(null), _ => throw Bad());
        Watch(w, log, "error", "finish", "close");
        w.End(e => log("end:" + Code(e)));
    }));

    [Fact, Pins("test-stream-writable-final-destroy", "test-stream-writable-finish-destroyed")]
    public void What_was_destroyed_does_not_finish() => Assert.Equal("close", Trace(log =>
    {
        var w = new Writable<string>((_, done) => After(5, () => done(null)), _ => log("final"));
        Watch(w, log, "finish", "close");
        w.Write("x");
        w.End();
        w.Destroy();
    }));

    [Fact, Pins("test-stream-writable-end-multiple")]
    public void Ending_again_is_told_to_its_callback_with_an_error_only_when_it_has_finished() => Assert.Equal(
        "1:ok 2:ok finish 3:ERR_STREAM_ALREADY_FINISHED",
        Trace(log =>
        {
            var w = new Writable<string>((_, done) => Tick(() => done(null)));
            Watch(w, log, "finish");
            w.Write("x");
            w.End(e => log("1:" + Code(e)));
            w.End(e => log("2:" + Code(e)));
            w.On("finish", () => w.End(e => log("3:" + Code(e))));
        }));

    [Fact, Pins("test-stream-writable-finished", "test-stream-writable-finished-state", "test-stream-writable-ended-state",
        "test-stream-writableState-ending")]
    public void Ending_is_at_once_and_finished_when_everything_is_written() => Assert.Equal("True False True finish:True", Trace(log =>
    {
        var w = new Writable<string>((_, done) => After(1, () => done(null)));
        Assert.False(w.IsEnding);
        w.On("finish", () => log("finish:" + w.IsFinished));
        w.End("x");
        log(w.IsEnding.ToString());
        log(w.IsFinished.ToString());
        log((!w.IsWritable).ToString());
    }));

    [Fact, Pins("test-stream-writable-destroy", "test-stream-write-destroy")]
    public void A_destroy_tells_the_writes_that_wait() => Assert.Equal(
        "close a:ok b:ERR_STREAM_DESTROYED end:ERR_STREAM_DESTROYED",
        Trace(log =>
        {
            var w = new Writable<string>((_, done) => After(2, () => done(null)));
            Watch(w, log, "close", "finish");
            w.Write("a", e => log("a:" + Code(e)));
            w.Write("b", e => log("b:" + Code(e)));
            w.End(e => log("end:" + Code(e)));
            w.Destroy();
        }));

    [Fact, Pins("test-stream-writev", "test-stream-writable-write-writev-finish")]
    public void Chunks_that_wait_are_given_together_where_the_sink_takes_them() => Assert.Equal("a b,c finish", Trace(log =>
    {
        var w = new Writable<string>(
            (chunk, done) =>
            {
                log(chunk);
                After(1, () => done(null));
            },
            writeMany: (chunks, done) =>
            {
                log(string.Join(',', chunks));
                After(1, () => done(null));
            });
        Watch(w, log, "finish");
        w.Write("a");
        w.Write("b");
        w.Write("c");
        w.End();
    }));

    [Fact, Pins("test-stream3-cork-uncork", "test-stream-writableState-uncorked-bufferedRequestCount")]
    public void Corked_writes_wait_for_as_many_uncorks() => Assert.Equal("a corked still b c", Trace(log =>
    {
        var w = Sink(log);
        w.Write("a");
        w.Cork();
        w.Cork();
        w.Write("b");
        w.Write("c");
        Assert.Equal(2, w.CorkCount);
        log("corked");
        w.Uncork();
        log("still");
        w.Uncork();
    }));

    [Fact, Pins("test-stream3-cork-end")]
    public void Ending_uncorks() => Assert.Equal("a b finish", Trace(log =>
    {
        var w = Sink(log);
        Watch(w, log, "finish");
        w.Cork();
        w.Cork();
        w.Write("a");
        w.Write("b");
        w.End();
    }));

    [Fact, Pins("test-stream-writable-clear-buffer")]
    public void The_buffered_length_falls_with_each_chunk_that_is_gone() => Assert.Equal("4 3 2 1", Trace(log =>
    {
        Writable<string>? w = null;
        w = new Writable<string>(
            (_, done) => After(1, () =>
            {
                log(w!.WritableLength.ToString());
                done(null);
            }),
            options: Objects);
        for (var i = 0; i < 4; i++) w.Write("x");
    }));

    [Fact, Pins("test-stream-writable-constructor-set-methods")]
    public void Without_a_sink_writing_is_not_supported() => Trace(_ =>
        Assert.Throws<NotSupportedException>(() => new Writable<string>().Write("x")));

    [Fact, Pins("test-stream-writable-aborted")]
    public void A_signal_destroys_it() => Assert.Equal("error:ABORT_ERR", Trace(log =>
    {
        var controller = new AbortController();
        var w = Sink(options: new StreamOptions { Signal = controller.Signal });
        Watch(w, log, "error");
        controller.Abort();
    }));

    [Fact, Pins("test-stream-construct")]
    public void What_is_not_ready_waits_and_is_not_destroyed_before() => Assert.Equal("construct ready a finish | late close", Trace(log =>
    {
        var w = Sink(log, new StreamOptions
        {
            Construct = done =>
            {
                log("construct");
                After(1, () =>
                {
                    log("ready");
                    done(null);
                });
            },
        });
        Watch(w, log, "finish");
        w.End("a");
        After(5, () =>
        {
            log("|");
            var destroyed = Sink(log, new StreamOptions
            {
                Construct = done => After(1, () =>
                {
                    log("late");
                    done(null);
                }),
            });
            Watch(destroyed, log, "close");
            destroyed.Destroy();
        });
    }));

    [Fact, Pins("test-stream-catch-rejections")]
    public void A_rejection_of_a_listener_destroys_a_stream_that_captures_them() => Assert.Equal("error:kaboom", Trace(log =>
    {
        var w = new Writable<string>((_, done) => Tick(() => done(null)), options: new StreamOptions { HighWaterMark = 1 })
        {
            CaptureRejections = true,
        };
        Watch(w, log, "error");
        w.On("drain", async () =>
        {
            await Promise.Resolve();
            throw Bad("kaboom");
        });
        w.Write("hello");
    }));

    [Fact, Pins("test-stream-auto-destroy")]
    public void It_is_destroyed_after_finish_unless_that_is_switched_off() => Assert.Equal("finish close", Trace(log =>
    {
        var w = Sink();
        Watch(w, log, "finish", "close");
        w.End();
        var kept = Sink(options: new StreamOptions { AutoDestroy = false });
        Watch(kept, log, "close");
        kept.On("finish", () => After(5, () => Assert.False(kept.IsDestroyed)));
        kept.End();
    }));

    [Fact, Pins("test-stream-destroy-event-order")]
    public void Error_comes_before_close_both_after_the_call() => Assert.Equal("called error:bad close", Trace(log =>
    {
        var w = Sink();
        Watch(w, log, "error", "close");
        w.Destroy(Bad());
        log("called");
    }));

    [Fact, Pins("test-streams-highwatermark", "test-stream-transform-split-highwatermark", "test-stream-set-default-hwm")]
    public void Marks_are_16_KiB_and_16_items_or_what_is_asked_for_and_not_negative() => Trace(_ =>
    {
        Assert.Equal(16 * 1024, Sink().WritableHighWaterMark);
        Assert.Equal(16, Sink(options: Objects).WritableHighWaterMark);
        Assert.Equal(0, Sink(options: new StreamOptions { HighWaterMark = 0 }).WritableHighWaterMark);
        Assert.Equal(7, new Readable<int>(_ => { }, new StreamOptions { HighWaterMark = 7 }).ReadableHighWaterMark);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sink(options: new StreamOptions { HighWaterMark = -1 }));
    });
}
