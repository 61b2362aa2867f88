using Quintet.Node;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>What the twins of Node programs share.</summary>
internal static class NodeTwin
{
    /// <summary>Time jumps, so that a twin takes no time and its order does not depend on the machine.</summary>
    internal static NodeLoopOptions Virtual { get; } = new() { VirtualTime = true };

    internal static string ThisFile { get; } = typeof(NodeTwin).Assembly.Location;

    internal static void Tick(Action callback) => NodeLoop.Current.NextTick(callback);

    internal static void Micro(Action callback) => Promise.Resolve().Then(callback);

    internal static NodeTimeout After(double milliseconds, Action callback) => NodeLoop.Current.SetTimeout(callback, milliseconds);

    /// <summary>Lets the loop's time pass without giving the loop a chance.</summary>
    internal static void Spin(int milliseconds) => Busy.For(NodeLoop.Current.Core.Clock, TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Prints values as JavaScript's console does.</summary>
    internal static void Log(this Transcript t, params object?[] values) => t.Print([.. values.Select(Js)]);

    /// <summary>A part of a program under its name, and a pause in which what it began comes to its end.</summary>
    internal static async Promise Step(this Transcript t, string name, double pause, Func<Promise> run)
    {
        t.Log("--", name);
        await run();
        await NodeLoop.Current.Delay(pause);
    }

    internal static Promise Step(this Transcript t, string name, double pause, Action run) => t.Step(name, pause, () =>
    {
        run();
        return Promise.Resolve();
    });

    /// <summary>An error's code where it has one, else its message; ok without one.</summary>
    internal static string Code(Exception? error) => error switch
    {
        null => "ok",
        StreamError stream => stream.Code,
        AbortError => "ABORT_ERR",
        _ => error.Message,
    };

    private static object? Js(object? value) => value switch
    {
        true => "true",
        false => "false",
        null => "null",
        _ => value,
    };

    internal static Exception Error(string message) => new InvalidOperationException(message);

    internal static void Immediate(Action callback) => NodeLoop.Current.SetImmediate(callback);
}
