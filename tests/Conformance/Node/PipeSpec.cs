using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Pipes, pipelines and the end of streams. Rules from test-stream-pipe-*, test-stream-pipeline-* and
/// test-stream-finished.</summary>
public sealed class PipeSpec : NodeSpec
{
    private static Readable<string> Source(params string[] items) => Readable<string>.From(items);

    private static Writable<string> Sink(Action<string>? log = null, StreamOptions? options = null) => new(
        (chunk, done) =>
        {
            log?.Invoke(chunk);
            done(null);
        },
        options: options ?? Objects);

    [Fact, Pins("test-stream-pipe-flow", "test-stream-pipe-multiple-pipes")]
    public void A_source_gives_all_its_chunks_to_each_destination() => Assert.Equal("1a 2a 1b 2b f1 f2", Trace(log =>
    {
        var r = Source("a", "b");
        var first = Sink(s => log("1" + s));
        var second = Sink(s => log("2" + s));
        first.On("finish", () => log("f1"));
        second.On("finish", () => log("f2"));
        r.Pipe(first);
        r.Pipe(second);
    }));

    [Fact, Pins("test-stream-pipe-event", "test-stream-unpipe-event")]
    public void A_destination_is_told_of_the_pipe_and_of_its_end() => Assert.Equal("pipe unpipe", Trace(log =>
    {
        var w = Sink();
        w.On("pipe", () => log("pipe"));
        w.On("unpipe", () => log("unpipe"));
        var r = new Readable<string>(_ => { }, Objects);
        r.Pipe(w);
        r.Unpipe(w);
        r.Unpipe(w);
    }));

    [Fact, Pins("test-stream-pipe-cleanup", "test-stream-pipe-unpipe-streams", "test-stream2-unpipe-leak")]
    public void Undoing_a_pipe_leaves_no_listeners_and_stops_the_flow_with_the_last() => Trace(_ =>
    {
        var r = new Readable<string>(_ => { }, Objects);
        var first = Sink();
        var second = Sink();
        r.Pipe(first);
        r.Pipe(second);
        r.Unpipe(first);
        Assert.Equal(1, r.ListenerCount("data"));
        Assert.NotEqual(false, r.IsFlowing);
        r.Unpipe();
        Assert.Equal(0, r.ListenerCount("data"));
        Assert.False(r.IsFlowing);
        foreach (var name in new[] { "unpipe", "drain", "error", "close", "finish", "end" })
            Assert.Equal((0, 0), (first.ListenerCount(name), second.ListenerCount(name)));
    });

    [Fact, Pins("test-stream-pipe-same-destination-twice")]
    public void The_same_destination_twice_gets_everything_twice() => Assert.Equal("x x", Trace(log =>
    {
        var p = new PassThrough<string>(Objects);
        var w = Sink(log);
        p.Pipe(w, end: false);
        p.Pipe(w, end: false);
        p.Write("x");
    }));

    [Fact, Pins("test-stream-pipe-after-end")]
    public void A_pipe_made_after_the_end_ends_its_destination() => Assert.Equal("finish", Trace(log =>
    {
        var r = new Readable<string>(self => self.PushEnd(), Objects);
        r.Resume();
        r.On("end", () =>
        {
            var w = Sink();
            w.On("finish", () => log("finish"));
            r.Pipe(w);
        });
    }));

    [Fact, Pins("test-stream-pipe-error-handling", "test-stream2-pipe-error-handling")]
    public void A_destination_that_fails_is_unpiped_and_its_error_is_thrown_if_nobody_listens() => Assert.Equal(
        "unpipe error:bad | uncaught:bad",
        Trace(log =>
        {
            Loop.Process.UncaughtException += e => log("uncaught:" + e.Message);
            var w = Sink();
            w.On("unpipe", () => log("unpipe"));
            w.On<Exception>("error", e => log("error:" + e.Message));
            new Readable<string>(_ => { }, Objects).Pipe(w);
            w.Destroy(Bad());
            After(5, () =>
            {
                log("|");
                var alone = Sink();
                new Readable<string>(_ => { }, Objects).Pipe(alone);
                alone.Destroy(Bad());
            });
        }));

    [Fact, Pins("test-stream-pipe-await-drain", "test-stream-pipe-needDrain")]
    public void A_source_waits_for_the_slowest_destination() => Assert.Equal("a a b b end", Trace(log =>
    {
        var r = Source("a", "b");
        Writable<string> Slow(int delay) => new(
            (chunk, done) =>
            {
                log(chunk);
                After(delay, () => done(null));
            },
            options: new StreamOptions { ObjectMode = true, HighWaterMark = 1 });
        r.Pipe(Slow(1));
        r.Pipe(Slow(10));
        r.On("end", () => log("end"));
    }));

    [Fact, Pins("test-stream-pipe-manual-resume", "test-stream-pipe-flow-after-unpipe")]
    public void Without_its_end_a_pipe_leaves_the_destination_open() => Assert.Equal("a True more", Trace(log =>
    {
        var w = Sink(log);
        var r = Source("a");
        r.Pipe(w, end: false);
        r.On("end", () => Tick(() =>
        {
            log(w.IsWritable.ToString());
            w.Write("more");
        }));
    }));

    [Fact, Pins("test-stream-finished", "test-stream-end-of-streams")]
    public void Finished_tells_the_end_an_error_or_that_it_was_too_early() => Assert.Equal(
        "ok bad ERR_STREAM_PREMATURE_CLOSE ABORT_ERR",
        Trace(log =>
        {
            var r = Source("a");
            r.Finished(e => log(Code(e)));
            r.Resume();
            After(5, () =>
            {
                var failing = Sink();
                failing.On<Exception>("error", _ => { });
                failing.Finished(e => log(Code(e)));
                failing.Destroy(Bad());
            });
            After(10, () =>
            {
                var early = Sink();
                early.Finished(e => log(Code(e)));
                early.Destroy();
            });
            After(15, () => Sink().Finished(e => log(Code(e)), signal: AbortSignal.Aborted()));
        }));

    [Fact, Pins("test-stream-finished")]
    public void Finished_can_be_taken_back_and_asks_for_one_side() => Assert.Equal("readable", Trace(log =>
    {
        var r = Source("a");
        r.Finished(_ => log("never"))();
        r.Resume();
        var d = new Duplex<string, string>(_ => { }, (_, done) => done(null));
        d.Finished(_ => log("readable"), StreamSides.Readable);
        d.Finished(_ => log("never"), StreamSides.Writable);
        d.Resume();
        d.PushEnd();
    }));

    [Fact, Pins("test-stream-finished", "test-stream-promises")]
    public void Finished_of_what_has_ended_is_told_too() => Assert.Equal("ok again promise", TraceAsync(async log =>
    {
        var w = Sink();
        w.End();
        await Loop.Delay(2);
        w.Finished(e => log(Code(e)));
        await Loop.Delay(2);
        log("again");
        await w.Finished();
        log("promise");
    }));

    [Fact, Pins("test-stream-pipeline")]
    public void A_pipeline_ends_once_with_everything_written() => Assert.Equal("a b finish done:ok", Trace(log =>
    {
        var w = Sink(log);
        w.On("finish", () => log("finish"));
        Pipeline.Run(Source("a", "b"), new PassThrough<string>(Objects), w, e => log("done:" + Code(e)));
    }));

    [Fact, Pins("test-stream-pipeline")]
    public void The_first_error_destroys_all_and_is_told() => Assert.Equal("True True True bad", Trace(log =>
    {
        var r = new Readable<string>(_ => { }, Objects);
        var middle = new Transform<string, string>((_, done) => done.Fail(Bad()), options: Objects);
        var w = Sink();
        Pipeline.Run(r, middle, w, e =>
        {
            log(r.IsDestroyed.ToString());
            log(middle.IsDestroyed.ToString());
            log(w.IsDestroyed.ToString());
            log(Code(e));
        });
        r.Push("x");
    }));

    [Fact, Pins("test-stream-pipeline-async-iterator", "test-stream3-pipeline-async-iterator")]
    public void Generators_are_sources_and_stages() => Assert.Equal("closed 0! 1! ok closed bad", TraceAsync(async log =>
    {
        async IAsyncEnumerable<int> Numbers()
        {
            try
            {
                for (var i = 0; i < 2; i++)
                {
                    await Promise.Resolve();
                    yield return i;
                }
            }
            finally
            {
                log("closed");
            }
        }

        static async IAsyncEnumerable<string> Loud(IAsyncEnumerable<int> items, AbortSignal over)
        {
            await foreach (var item in items) yield return item + "!";
        }

        var log1 = new List<string>();
        await Pipeline.From(Numbers()).Through<string>(Loud).To(Sink(log1.Add));
        log(string.Join(' ', log1));
        log("ok");
        var failing = new Writable<int>((_, done) => done(Bad()));
        log((await Fails<InvalidOperationException>(() => Pipeline.From(Numbers()).To(failing))).Message);
    }));

    [Fact, Pins("test-stream-pipeline-listeners", "test-stream-pipeline-uncaught")]
    public void A_callback_that_throws_is_uncaught_and_called_once() => Assert.Equal("done uncaught:bad", Trace(log =>
    {
        Loop.Process.UncaughtException += e => log("uncaught:" + e.Message);
        Pipeline.Run(Source("a"), Sink(), _ =>
        {
            log("done");
            throw Bad();
        });
    }));

    [Fact, Pins("test-stream-pipeline-with-empty-string", "test-stream-pipeline-queued-end-in-destroy")]
    public void Nothing_to_carry_is_an_end_and_a_destroyed_source_an_error() => Assert.Equal("ok ERR_STREAM_PREMATURE_CLOSE", Trace(log =>
    {
        Pipeline.Run(Source(), Sink(), e => log(Code(e)));
        After(5, () =>
        {
            var r = new Readable<string>(_ => { }, Objects);
            Pipeline.Run(r, Sink(), e => log(Code(e)));
            r.Destroy();
        });
    }));

    [Fact, Pins("test-stream-pipeline")]
    public void A_signal_destroys_a_pipeline() => Assert.Equal("ABORT_ERR True", Trace(log =>
    {
        var controller = new AbortController();
        var r = new Readable<string>(_ => { }, Objects);
        Pipeline.From(r).To(Sink(), e =>
        {
            log(Code(e));
            log(r.IsDestroyed.ToString());
        }, controller.Signal);
        Tick(() => controller.Abort());
    }));

    [Fact, Pins("test-stream-pipeline-duplex")]
    public void A_duplex_between_two_ends_carries_both_ways() => Assert.Equal("a-b- ok", Trace(log =>
    {
        Duplex<string, string>? d = null;
        d = new Duplex<string, string>(
            _ => { },
            (chunk, done) =>
            {
                d!.Push(chunk + "-");
                done(null);
            },
            done =>
            {
                d!.PushEnd();
                done(null);
            },
            Objects);
        var all = "";
        Pipeline.Run(Source("a", "b"), d, Sink(s => all += s), e =>
        {
            log(all);
            log(Code(e));
        });
    }));
}
