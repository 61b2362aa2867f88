using System.Diagnostics.Metrics;
using System.Text.Json;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>What can be seen of a scheduler from outside: its trace and its metrics.</summary>
public sealed class ObservingTests
{
    /// <summary>Microseconds: what a viewer may err by when it adds a begin and a duration as floating-point numbers.</summary>
    private const decimal Apart = 0.003m;

    /// <summary>What the trace event format asks of an event of each phase, and nothing else.</summary>
    private static readonly Dictionary<string, string[]> Fields = new()
    {
        ["M"] = ["args", "name", "ph", "pid", "tid"],
        ["X"] = ["cat", "dur", "name", "ph", "pid", "tid", "ts"],
        ["s"] = ["cat", "id", "name", "ph", "pid", "tid", "ts"],
        ["f"] = ["bp", "cat", "id", "name", "ph", "pid", "tid", "ts"],
    };

    [Fact]
    public void A_trace_has_a_row_for_each_processor_slices_and_an_arrow_for_each_wake()
    {
        // One row, however long the just-in-time compiler keeps it: nothing is retaken.
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1, TimeSlice = Timeout.InfiniteTimeSpan });
        using var trace = GoTrace.Start(scheduler);
        Assert.Throws<InvalidOperationException>(() => GoTrace.Start(scheduler));
        LimitedRun.Run(scheduler, PingPong);
        trace.Dispose();
        var count = trace.Count;
        LimitedRun.Run(scheduler, PingPong);
        Assert.Equal(count, trace.Count);

        var events = Events(trace);
        var row = Assert.Single(events, item => Text(item, "ph") == "M");
        Assert.Equal("P0", row.GetProperty("args").GetProperty("name").GetString());
        Assert.Contains(events, item => Text(item, "ph") == "X" && Text(item, "name") == "ObservingTests.Return");
        var begun = events.Where(item => Text(item, "ph") == "s").Select(item => item.GetProperty("id").GetInt32()).ToHashSet();
        var ended = events.Where(item => Text(item, "ph") == "f").Select(item => item.GetProperty("id").GetInt32()).ToList();
        Assert.True(ended.Count >= 20, $"{ended.Count} arrows for ten exchanges");
        Assert.Equal(begun.Order(), ended.Order()); // each arrow has one begin and one end
    }

    // The trace event format: every event has a phase, a name, a process, a thread and a time; slices of a thread nest or follow each
    // other; a flow goes from inside of one slice to inside of another, forward in time. Viewers drop what breaks these rules unseen.
    [Fact]
    public void A_trace_obeys_the_format_also_where_threads_block_and_processors_are_retaken()
    {
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 2, TimeSlice = TimeSpan.FromMilliseconds(2) });
        using var trace = GoTrace.Start(scheduler);
        LimitedRun.Run(scheduler, () => BlocksAndSpins(scheduler, trace));
        ObeysTheFormat(trace);
    }

    // A clock that stands still: begins, ends and arrows would all be of one moment. A viewer needs to see what came first.
    [Fact]
    public void What_happens_in_one_moment_of_the_clock_is_told_apart()
    {
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1, TimeSlice = Timeout.InfiniteTimeSpan });
        using var trace = GoTrace.Start(scheduler, int.MaxValue, () => 0);
        LimitedRun.Run(scheduler, PingPong);
        trace.Dispose();
        ObeysTheFormat(trace);
    }

    private static void ObeysTheFormat(GoTrace trace)
    {
        var events = Events(trace);
        Assert.All(events, item => Assert.True(item.GetProperty("pid").GetInt32() == 1 && item.GetProperty("tid").GetInt32() >= 0));
        Assert.All(events, item => Assert.Contains(Text(item, "ph"), new[] { "M", "X", "s", "f" }));
        Assert.All(events, item => Assert.Equal(Fields[Text(item, "ph")], item.EnumerateObject().Select(field => field.Name).Order()));
        Assert.All(events, item => Assert.NotEmpty(Text(item, "name")));
        var timed = events.SkipWhile(item => Text(item, "ph") == "M").ToArray(); // the names of the rows come first
        Assert.DoesNotContain(timed, item => Text(item, "ph") == "M");
        Assert.All(timed.Zip(timed.Skip(1)), pair => Assert.True(Time(pair.First) <= Time(pair.Second)));
        var slices = timed.Where(item => Text(item, "ph") == "X")
            .Select(item => (Row: Row(item), Begin: Time(item), End: Time(item) + item.GetProperty("dur").GetDecimal()))
            .ToLookup(slice => slice.Row);
        foreach (var row in slices)
        {
            var ordered = row.OrderBy(slice => slice.Begin).ToArray();
            Assert.All(ordered, slice => Assert.True(slice.Begin >= 0 && slice.End >= slice.Begin + Apart));
            Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.True(pair.First.End + Apart <= pair.Second.Begin));
        }

        ArrowsLieInSlices(timed, slices);
        var rows = events.Where(item => Text(item, "ph") == "M").Select(Row).ToArray();
        Assert.Equal(rows.Distinct(), rows);
        Assert.Subset(rows.ToHashSet(), slices.Select(row => row.Key).ToHashSet());
    }

    private static void ArrowsLieInSlices(JsonElement[] timed, ILookup<int, (int Row, decimal Begin, decimal End)> slices)
    {
        var starts = timed.Where(item => Text(item, "ph") == "s").ToDictionary(Id);
        var ends = timed.Where(item => Text(item, "ph") == "f").ToDictionary(Id);
        Assert.NotEmpty(starts);
        Assert.Equal(starts.Keys.Order(), ends.Keys.Order());
        Assert.All(starts.Values, start => Assert.Contains(slices[Row(start)], slice =>
            slice.Begin + Apart <= Time(start) && Time(start) + Apart <= slice.End));
        Assert.All(ends.Values, end => Assert.Contains(slices[Row(end)], slice => slice.Begin == Time(end))); // who was woken begins
        Assert.All(ends, end => Assert.True(Time(starts[end.Key]) + Apart <= Time(end.Value)));
        Assert.All(starts.Values.Concat(ends.Values), item =>
            Assert.Equal(("wake", "goroutine"), (Text(item, "name"), Text(item, "cat")))); // what pairs them

        static int Id(JsonElement item) => item.GetProperty("id").GetInt32();
    }

    [Fact]
    public void The_meter_tells_the_goroutines_of_each_scheduler()
    {
        var seen = new Dictionary<int, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Name: "goroutines.count", Meter.Name: "Quintet.Goroutines" }) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => seen[(int)tags[0].Value!] = value);
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1 });
        var stop = new Chan<Unit>();
        LimitedRun.Run(scheduler, async () =>
        {
            for (var i = 0; i < 137; i++) Go.Run(async () => await stop.ReceiveAsync());
            await Go.Yield();
        });
        Assert.True(SpinWait.SpinUntil(() => scheduler.GoroutineCount == 137, TimeSpan.FromSeconds(30))); // main has been counted off
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Contains(137, seen.Values);
        stop.Close();
    }

    private static async GoTask BlocksAndSpins(GoScheduler scheduler, GoTrace trace)
    {
        var (values, group) = (new Chan<int>(), new WaitGroup());
        for (var i = 0; i < 4; i++)
        {
            group.Go(async () =>
            {
                for (var n = 0; n < 20; n++) await values.SendAsync(n);
            });
            Go.Run(() =>
            {
                while (values.Receive().Ok) // blocks its thread, and gets another processor
                {
                }
            });
        }

        // One for each processor, so that main has to wait for one of them: a processor that nobody waits for is left alone.
        var spins = true;
        for (var i = 0; i < scheduler.MaxProcs; i++)
        {
            Go.Run(() =>
            {
                while (Volatile.Read(ref spins)) // is retaken
                {
                }
            });
        }

        await group.WaitAsync();
        while (scheduler.RetakeCount == 0) await Go.Yield();
        Volatile.Write(ref spins, false);
        trace.Dispose(); // in the midst of a slice
    }

    private static async GoTask PingPong()
    {
        var (there, back) = (new Chan<int>(), new Chan<int>());
        Go.Run(Return(there, back));
        for (var i = 0; i < 10; i++)
        {
            await there.SendAsync(i);
            await back.ReceiveAsync();
        }
    }

    private static async GoTask Return(Chan<int> there, Chan<int> back)
    {
        while (true) await back.SendAsync((await there.ReceiveAsync()).Value);
    }

    private static JsonElement[] Events(GoTrace trace)
    {
        using var stream = new MemoryStream();
        trace.Write(stream);
        var root = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.Equal("ns", Text(root, "displayTimeUnit")); // what a viewer rounds to when it asks whether slices overlap
        return [.. root.GetProperty("traceEvents").EnumerateArray()];
    }

    private static int Row(JsonElement item) => item.GetProperty("tid").GetInt32();

    private static decimal Time(JsonElement item) => item.GetProperty("ts").GetDecimal();

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
