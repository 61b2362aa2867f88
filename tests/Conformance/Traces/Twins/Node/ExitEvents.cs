using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class ExitEvents
{
    [Twin("node/67-exit-events")]
    internal static void Exit(Transcript t)
    {
        var code = NodeLoop.Run(
            () =>
            {
                Before(t);
                var process = NodeLoop.Current.Process;
                process.Exit += exit =>
                {
                    t.Log("exit 1", exit);
                    After(0, () => t.Log("never"));
                    Immediate(() => t.Log("never"));
                    Tick(() => t.Log("never"));
                    Micro(() => t.Log("a microtask still runs"));
                    process.ExitCode = 6;
                };
                // A listener gets the code of the beginning.
                process.Exit += exit =>
                {
                    t.Log("exit 2", exit, process.ExitCode);
                    process.ExitCode = 0;
                };
                After(1000, () => t.Log("never: unref")).Unref();
                After(5, () => t.Log("timer"));
            },
            Virtual);
        Assert.Equal(0, code);
    }

    private static void Before(Transcript t)
    {
        var rounds = 0;
        NodeLoop.Current.Process.BeforeExit += code =>
        {
            t.Log("beforeExit", code, ++rounds);
            if (rounds == 1) After(1, () => t.Log("timer of beforeExit"));
            if (rounds == 2)
            {
                Immediate(() =>
                {
                    t.Log("immediate of beforeExit");
                    NodeLoop.Current.Process.ExitCode = 4;
                });
            }

            if (rounds == 3) Tick(() => t.Log("a tick does not revive"));
        };
    }
}
