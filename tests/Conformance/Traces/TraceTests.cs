using System.Reflection;

namespace Quintet.Tests.Conformance.Traces;

/// <summary>Each recorded program of the real interpreters has a twin here, and the twin prints what was recorded, line for line.</summary>
public sealed class TraceTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Traces");

    private static readonly Dictionary<string, MethodInfo> Twins = typeof(TraceTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
        .Where(method => method.GetCustomAttribute<TwinAttribute>() is not null)
        .ToDictionary(method => method.GetCustomAttribute<TwinAttribute>()!.Program);

    public static TheoryData<string> Programs => [.. Recordings()];

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_twin_prints_what_was_recorded(string program)
    {
        Assert.True(Twins.TryGetValue(program, out var twin), $"{program} has no twin.");
        var transcript = new Transcript();
        Exception? error = null;
        // A thread of its own: a loop that does not end must not hold the test run, and no twin sees another's thread statics.
        var thread = new Thread(() => error = Record.Exception(() => twin.CreateDelegate<Action<Transcript>>()(transcript)))
        {
            IsBackground = true,
        };
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(60)), $"{program} did not end. It printed:\n{transcript.Text}");
        var expected = File.ReadAllText(Path.Combine(Folder, program + ".expected"));
        var actual = transcript.Text + $"exit: {(error is null ? 0 : 1)}\n";
        Assert.True(expected == actual, $"Expected:\n{expected}\nPrinted:\n{actual}\n{error}");
    }

    [Fact]
    public void Every_twin_belongs_to_a_recording() => Assert.Empty(Twins.Keys.Except(Recordings()));

    private static IEnumerable<string> Recordings() => Directory.EnumerateFiles(Folder, "*.expected", SearchOption.AllDirectories)
        .Select(path => Path.ChangeExtension(Path.GetRelativePath(Folder, path), null).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);
}
