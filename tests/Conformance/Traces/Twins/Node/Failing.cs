using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class Failing
{
    [Twin("node/12-uncaught-exception-exit-code")]
    internal static void UncaughtException(Transcript t) => NodeLoop.Run(
        () =>
        {
            NodeLoop.Current.Process.Exit += code => t.Print("exit", code);
            After(300, () =>
            {
                t.Print("throwing");
                throw new InvalidOperationException("boom");
            });
            After(900, () => t.Print("MUST NOT RUN"));
            Immediate(() => t.Print("immediate first"));
        },
        Virtual);

    [Twin("node/14-unhandled-rejection-default")]
    internal static void UnhandledRejection(Transcript t) => NodeLoop.Run(
        () =>
        {
            NodeLoop.Current.Process.Exit += code => t.Print("exit", code);
            Promise.Reject<int>(new InvalidOperationException("nobody"));
            Tick(() => t.Print("tick"));
            Micro(() => t.Print("micro"));
            After(20, () => t.Print("MUST NOT RUN"));
        },
        Virtual);

    [Twin("node/19-event-emitter-throwing-listener")]
    internal static void ThrowingListener(Transcript t) => NodeLoop.Run(() =>
    {
        var e = new EventEmitter();
        e.On("x", () => t.Print("1"));
        e.Once("x", () =>
        {
            t.Print("2 throws");
            throw new InvalidOperationException("two");
        });
        e.On("x", () => t.Print("3"));
        try
        {
            e.Emit("x");
        }
        catch (InvalidOperationException error)
        {
            t.Print("out of emit:", error.Message);
        }

        e.Emit("x");
        EventEmitter.Once<int>(e, "y").Then(v => t.Print("promise once", v));
        e.Emit("y", 42);
        t.Print("after emit y");
    });
}
