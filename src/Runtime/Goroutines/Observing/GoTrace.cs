// How a trace works
// -----------------
// While a trace is on, every slice that a processor runs is noted with its begin and end, and every time that a slice makes another
// goroutine runnable. Written as JSON of the Chrome trace format it opens in Perfetto and chrome://tracing: one row for each
// processor, a bar for each slice, an arrow from who made a goroutine runnable to where it runs.
//
// A processor runs one slice at a time. Where a body blocks its thread, its slice ends and its processor goes elsewhere; what it does
// with the next one is another slice. What the format asks for holds so: slices of a row do not overlap, and an arrow begins and
// ends inside of a slice. Slices that are open when the trace is written or stopped end there.
//
// Viewers read times as floating-point microseconds, and add begin and duration: a slice that ends in the nanosecond in which the next
// one begins overlaps it then, or an arrow of that nanosecond lies in no slice, and is dropped without a word. So what happens on one row
// is at least three nanoseconds apart, an arrow ends that much later than it begins, and a slice is written before the arrows in it.
//
// Cost: nothing but a look at a static flag while no trace is on; a lock for each note while one is.

using System.Diagnostics;
using System.Text.Json;

namespace Quintet.Goroutines;

/// <summary>Records which goroutine ran where and when, and who woke it.</summary>
/// <remarks>Safe for use by any number of threads. Meant for seconds, not for hours: everything is kept in memory.</remarks>
public sealed class GoTrace : IDisposable
{
    private const int Slice = 0;
    private const int FlowOut = 1;
    private const int FlowIn = 2;

    /// <summary>Nanoseconds: more than the two roundings of a begin and of a duration.</summary>
    private const long Apart = 3;

    private static int _active;

    private readonly Lock _gate = new();
    private readonly GoScheduler _scheduler;
    private readonly int _limit;
    private readonly List<Note> _notes = [];
    private readonly Dictionary<Processor, (long At, string Name)> _open = [];
    private readonly Dictionary<Processor, long> _rows = [];
    private readonly Dictionary<Goroutine, (int Id, long At)> _flows = [];
    private readonly Func<long> _now;
    private int _lastFlow;
    private long _end;
    private bool _disposed;

    private GoTrace(GoScheduler scheduler, int limit, Func<long> now) => (_scheduler, _limit, _now) = (scheduler, limit, now);

    internal static bool IsActive => Volatile.Read(ref _active) > 0;

    /// <summary>How many notes were taken; no more are once the limit is reached.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _notes.Count;
        }
    }

    /// <summary>Starts to trace a scheduler. Disposing the trace stops it; what it holds can be written before and after.</summary>
    /// <param name="scheduler">The scheduler; it can have one trace at a time.</param>
    /// <param name="limit">The most notes to keep.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="InvalidOperationException">The scheduler is being traced already.</exception>
    public static GoTrace Start(GoScheduler scheduler, int limit = 1_000_000)
    {
        var start = Stopwatch.GetTimestamp();
        return Start(scheduler, limit, () => (long)((Stopwatch.GetTimestamp() - start) * (1e9 / Stopwatch.Frequency)));
    }

    /// <param name="scheduler">The scheduler.</param>
    /// <param name="limit">The most notes to keep.</param>
    /// <param name="now">Nanoseconds since the start.</param>
    internal static GoTrace Start(GoScheduler scheduler, int limit, Func<long> now)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        var trace = new GoTrace(scheduler, limit, now);
        if (!scheduler.TrySetTrace(trace)) throw new InvalidOperationException("The scheduler is being traced already.");
        Interlocked.Increment(ref _active);
        return trace;
    }

    /// <summary>Stops tracing.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _end = _now();
        }

        _scheduler.EndTrace();
        Interlocked.Decrement(ref _active);
    }

    /// <summary>Writes the trace as JSON in the Chrome trace format, times in microseconds since the start.</summary>
    /// <param name="stream">Where to; it is left open.</param>
    public void Write(Stream stream)
    {
        Note[] notes;
        lock (_gate)
        {
            var end = _disposed ? _end : _now();
            notes = [.. _notes, .. _open.Select(open => SliceOf(open.Key, open.Value, Math.Max(end, _rows[open.Key] + Apart)))];
        }

        // An arrow to who has not run since is no arrow yet; and who was woken twice has run once.
        var arrived = notes.Where(note => note.Kind == FlowIn).Select(note => note.Flow).ToHashSet();
        notes = [.. notes.Where(note => note.Kind != FlowOut || arrived.Contains(note.Flow))
            .OrderBy(note => note.At).ThenBy(note => note.Kind)];
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ns"); // chrome://tracing puts slices of one microsecond into each other otherwise
        json.WriteStartArray("traceEvents");
        foreach (var processor in notes.Select(note => note.Processor).Distinct().Order()) WriteRow(json, processor);
        foreach (var note in notes) Write(json, note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <param name="processor">Where.</param>
    /// <param name="goroutine">Whose body runs.</param>
    /// <param name="woken">What was made ready for it to run; null: itself.</param>
    internal void Started(Processor processor, Goroutine goroutine, Goroutine? woken = null)
    {
        lock (_gate)
        {
            if (_notes.Count >= _limit || _disposed) return;
            if (_open.TryGetValue(processor, out var before)) _notes.Add(SliceOf(processor, before, Next(processor)));
            var arrives = _flows.Remove(woken ?? goroutine, out var flow);
            var now = Next(processor, flow.At);
            _open[processor] = (now, goroutine.Describe());
            if (arrives) _notes.Add(new Note(FlowIn, processor.Id, now, 0, "wake", flow.Id));
        }
    }

    internal void Stopped(Processor processor)
    {
        lock (_gate)
        {
            if (!_disposed && _open.Remove(processor, out var begun)) _notes.Add(SliceOf(processor, begun, Next(processor)));
        }
    }

    internal void Woke(Processor processor, Goroutine goroutine)
    {
        lock (_gate)
        {
            if (_notes.Count >= _limit || _disposed || !_open.ContainsKey(processor)) return;
            var flow = _flows[goroutine] = (++_lastFlow, Next(processor));
            _notes.Add(new Note(FlowOut, processor.Id, flow.At, 0, "wake", flow.Id));
        }
    }

    private static Note SliceOf(Processor processor, (long At, string Name) begun, long end) =>
        new(Slice, processor.Id, begun.At, end - begun.At, begun.Name, 0);

    private static void WriteRow(Utf8JsonWriter json, int processor)
    {
        json.WriteStartObject();
        json.WriteString("ph", "M");
        json.WriteString("name", "thread_name");
        json.WriteNumber("pid", 1);
        json.WriteNumber("tid", processor);
        json.WriteStartObject("args");
        json.WriteString("name", $"P{processor}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Note note)
    {
        json.WriteStartObject();
        json.WriteString("ph", note.Kind switch { Slice => "X", FlowOut => "s", _ => "f" });
        json.WriteString("name", note.Name);
        json.WriteString("cat", "goroutine");
        json.WriteNumber("pid", 1);
        json.WriteNumber("tid", note.Processor);
        json.WriteNumber("ts", Microseconds(note.At));
        if (note.Kind == Slice) json.WriteNumber("dur", Microseconds(note.Duration));
        else json.WriteNumber("id", note.Flow);
        if (note.Kind == FlowIn) json.WriteString("bp", "e"); // the arrow ends at the slice that encloses this moment
        json.WriteEndObject();
    }

    private static decimal Microseconds(long nanoseconds) => nanoseconds / 1000m;

    /// <summary>The present, after all that is noted on this row.</summary>
    private long Next(Processor processor, long cause = 0) =>
        _rows[processor] = Math.Max(_now(), Math.Max(_rows.GetValueOrDefault(processor), cause) + Apart);

    private readonly record struct Note(int Kind, int Processor, long At, long Duration, string Name, int Flow);
}
