using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Programs at random of emitters, signals and ports; draws what the original draws, in the same order.</summary>
internal sealed partial class EmittersAtRandom(Transcript t)
{
    private readonly Draws _draws = new();

    [Twin("node/105-emitters-at-random")]
    internal static void All(Transcript t)
    {
        Run(t, 1, 60);
        // Two that once told something else here.
        Run(t, 2214, 2214);
        Run(t, 4146, 4146);
    }

    internal static void Run(Transcript t, int first, int last) => NodeLoop.Run(() =>
    {
        NodeLoop.Current.Process.UncaughtException += e => t.Log("uncaught", Code(e));
        NodeLoop.Current.Process.UnhandledRejection += (e, _) => t.Log("unhandled", Code(e));
        Immediate(() => new EmittersAtRandom(t).Run(first, last));
    });

    private int Draw(int below) => _draws.Below(below);

    private static Promise Pause(int mode) =>
        mode == 0 ? Promise.Resolve() : new Promise<bool>(r => When(mode, () => r.Resolve(true)));

    private void Run(int first, int last) => t.RunPrograms(_draws, first, last, turns: 40, Program, pause: 5);

    private Action Program()
    {
        var channel = new MessageChannel();
        AbortController[] aborts = [new(), new(), new()];
        var s = new State(new EventEmitter { MaxListeners = 0 }, aborts, [.. aborts.Select(x => x.Signal)], channel.Port1, channel.Port2);
        for (var i = 4 + Draw(14); i > 0; i--)
        {
            var n = i;
            var (wait, mode) = (Draw(8), Draw(6));
            Rounds(1 + wait, () => When(mode, () => Act(s, n)));
        }

        return () =>
        {
            t.Log(s.Emitter.ListenerCount("x"), s.Emitter.ListenerCount("error"));
            s.Port2.RemoveAllListeners("message");
            s.Port1.Close();
        };
    }

    private async Promise Iterate(int n, Iteration how)
    {
        try
        {
            await foreach (var v in EventEmitter.Iterate<int>(how.Emitter, "x", how.Signal, how.Closes ? ["end"] : null))
            {
                t.Log(n, "item", v);
                await Pause(how.Mode);
                if (v % 7 != how.Last) continue;
                if (how.Fails) throw Error("body");
                break;
            }

            t.Log(n, "loop ends");
        }
        catch (Exception e)
        {
            t.Log(n, "caught", Code(e));
        }
    }

    private sealed record Iteration(EventEmitter Emitter, AbortSignal? Signal, bool Closes, int Mode, int Last, bool Fails);

    private sealed record State(
        EventEmitter Emitter, AbortController[] Aborts, List<AbortSignal> Signals, MessagePort Port1, MessagePort Port2);
}
