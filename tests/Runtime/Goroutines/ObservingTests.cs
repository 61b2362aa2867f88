using System.Diagnostics.Metrics;
using System.Text.Json;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>What can be seen of a scheduler from outside: its trace and its metrics.</summary>
public sealed class ObservingTests
{
    [Fact]
    public void A_trace_has_a_row_for_each_processor_slices_and_an_arrow_for_each_wake()
    {
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1 });
        using var trace = GoTrace.Start(scheduler);
        Assert.Throws<InvalidOperationException>(() => GoTrace.Start(scheduler));
        scheduler.Run(PingPong);
        trace.Dispose();
        var count = trace.Count;
        scheduler.Run(PingPong);
        Assert.Equal(count, trace.Count);

        var events = Events(trace);
        var row = Assert.Single(events, item => Text(item, "ph") == "M");
        Assert.Equal("P0", row.GetProperty("args").GetProperty("name").GetString());
        Assert.Contains(events, item => Text(item, "ph") == "X" && Text(item, "name") == "ObservingTests.Return");
        var begun = events.Where(item => Text(item, "ph") == "s").Select(item => item.GetProperty("id").GetInt32()).ToHashSet();
        var ended = events.Where(item => Text(item, "ph") == "f").Select(item => item.GetProperty("id").GetInt32()).ToList();
        Assert.True(ended.Count >= 20, $"{ended.Count} arrows for ten exchanges");
        Assert.All(ended, id => Assert.Contains(id, begun));
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
        scheduler.Run(async () =>
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
        return [.. JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("traceEvents").EnumerateArray()];
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
