using System.Text;
using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

public sealed partial class ReadableSpec
{
    [Fact, Pins("test-readable-from", "test-readable-from-iterator-closing")]
    public void From_a_sequence_one_item_at_a_time_and_closed_when_it_is_left() => Assert.Equal("a b closed", TraceAsync(async log =>
    {
        IEnumerable<string> Items()
        {
            try
            {
                yield return "a";
                yield return "b";
                yield return "c";
            }
            finally
            {
                log("closed");
            }
        }

        await foreach (var item in Readable<string>.From(Items()).Iterate())
        {
            log(item);
            if (item == "b") break;
        }
    }));

    [Fact, Pins("test-stream-readable-async-iterators")]
    public void An_iteration_ends_fails_and_destroys_as_the_stream_does() => Assert.Equal(
        "0 1 True bad 0 True ERR_STREAM_PREMATURE_CLOSE",
        TraceAsync(async log =>
        {
            var r = Counting(2);
            await foreach (var item in r.Iterate()) log(item);
            log(r.IsDestroyed.ToString());
            var fails = Text();
            Tick(() => fails.Destroy(Bad()));
            log((await Fails<InvalidOperationException>(() => Drain(fails))).Message);
            var left = Counting(5);
            await foreach (var item in left.Iterate())
            {
                log(item);
                break;
            }

            log(left.IsDestroyed.ToString());
            var closed = Text();
            Tick(() => closed.Destroy());
            log((await Fails<StreamError>(() => Drain(closed))).Code);
        }));

    [Fact, Pins("test-stream2-set-encoding", "test-stream-readable-setEncoding-existing-buffers")]
    public void Text_is_decoded_across_chunks_and_what_is_incomplete_is_replaced() => Assert.Equal("a € ab � end", Trace(log =>
    {
        var r = new Readable<byte[]>(_ => { });
        var text = r.SetEncoding(Encoding.UTF8);
        text.OnData(log);
        text.On("end", () => log("end"));
        Tick(() => Tick(() =>
        {
            r.Push("a"u8.ToArray());
            r.Push([0xE2]);
            r.Push([0x82]);
            r.Push([0xAC]);
            r.Push("ab"u8.ToArray());
        }));
        After(5, () =>
        {
            r.Push([0xE2, 0x82]);
            r.PushEnd();
        });
    }));

    [Fact, Pins("test-stream2-decode-partial")]
    public void An_error_of_the_bytes_is_one_of_the_text() => Assert.Equal("bad True", Trace(log =>
    {
        var r = new Readable<byte[]>(_ => { });
        var text = r.SetEncoding();
        text.On<Exception>("error", e =>
        {
            log(e.Message);
            log(r.IsDestroyed.ToString());
        });
        text.Resume();
        r.Destroy(Bad());
    }));

    private static async Promise Drain(Readable<string> stream)
    {
        await foreach (var item in stream.Iterate()) Assert.Fail(item);
    }
}
