using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>Functions whose signatures make the generator write codecs.</summary>
internal static class CodecFunctions
{
    [ProcessFunction]
    internal static Job Advance(Job job) => job with { Priority = job.Priority + 1, Next = job };

    [ProcessFunction]
    internal static Plain Double(Plain plain) =>
        new() { Text = plain.Text + plain.Text, Number = plain.Number * 2, Set = [.. plain.Set, 99] };

    [ProcessFunction]
    internal static Mixed Mix(string label, long ticks) => new(label, ticks);

    [ProcessFunction]
    internal static (string, Point, int) Triple((string Text, Point Point, int Number) given) => given;

    [ProcessFunction]
    internal static string Read(Report report) => report.Title;

    [ProcessFunction]
    internal static int Count(Batch batch) => batch.Reports.Count;

    [ProcessFunction]
    internal static int Count(Counter counter) => counter.Next();

    [ProcessFunction]
    internal static Link? Follow(Link link) => link.Next;

    [ProcessFunction]
    internal static int Length(Point point) => point.X + point.Y;

    [ProcessFunction]
    internal static Report Unwritable(int unused) => new("title", new Source("path", Stream.Null));
}
