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

    internal static void Immediate(Action callback) => NodeLoop.Current.SetImmediate(callback);
}
