using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class EmittersAtRandom
{
    private Action<int> Listener(State s, int n, int kind, int at)
    {
        Action<int> f = null!;
        f = v =>
        {
            t.Log(n, "hears", v);
            switch (kind)
            {
                case 1:
                    s.Emitter.Off("x", f);
                    break;
                case 2 when v < 50:
                    s.Emitter.Emit("x", v + 50);
                    break;
                case 3:
                    t.Log(n, "throws");
                    throw Error("listener " + n);
                case 4:
                    s.Aborts[at].Abort();
                    break;
                case 5:
                    s.Emitter.Once<int>("x", w => t.Log(n, "once more", w));
                    break;
                case 6:
                    s.Emitter.RemoveAllListeners("x");
                    break;
            }
        };
        return f;
    }

    private void Act(State s, int n)
    {
        var (kind, at, mode, more) = (Draw(16), Draw(3), Draw(6), Draw(7));
        var which = Draw(s.Signals.Count + 1);
        var signal = which == 0 ? null : s.Signals[which - 1];
        t.Log(n, "act", kind);
        switch (kind)
        {
            case < 3: t.Log(s.Emitter.Emit("x", n)); break;
            case 3: s.Emitter.On("x", Listener(s, n, more, at)); break;
            case 4: s.Emitter.Once("x", Listener(s, n, more, at)); break;
            case 5: s.Emitter.PrependListener("x", Listener(s, n, more, at)); break;
            case 6:
                EventEmitter.Once<int>(s.Emitter, "x", signal)
                    .Then(v => t.Log(n, "once", v), e => t.Log(n, "once", Code(e)));
                break;
            case 7 or 8:
                _ = Iterate(n, new(s.Emitter, signal, more > 3, mode, more, at == 0));
                break;
            case 9:
                if (s.Emitter.ListenerCount("error") > 0) s.Emitter.Emit("error", Error("e" + n));
                break;
            case 10: s.Emitter.Emit("end"); break;
            case < 14: OfSignals(s, n, kind, at, more); break;
            case 14: s.Port1.PostMessage(n); break;
            default: OfPorts(s, n, more); break;
        }
    }

    private void OfSignals(State s, int n, int kind, int at, int more)
    {
        switch (kind)
        {
            case 11:
                s.Aborts[at].Abort(Error("reason " + n));
                t.Log(string.Concat(s.Signals.Select(x => x.IsAborted ? 'a' : '-')));
                break;
            case 12:
                s.Signals.Add(AbortSignal.Any(s.Aborts[at].Signal, s.Signals[Draw(s.Signals.Count)]));
                break;
            default:
                s.Signals[Draw(s.Signals.Count)].AddListener(() =>
                {
                    t.Log(n, "aborted");
                    if (more == 0) throw Error("in abort");
                    if (more == 1) s.Aborts[at].Abort(Error("again"));
                });
                break;
        }
    }

    private void OfPorts(State s, int n, int more)
    {
        if (more < 3)
        {
            s.Port2.On<int>("message", v =>
            {
                t.Log(n, "message", v);
                if (more == 0) Tick(() => t.Log(n, "tick of message"));
                if (more == 1 && v < 300) s.Port1.PostMessage(v + 100);
            });
        }
        else if (more < 5) s.Port2.Once<int>("message", v => t.Log(n, "one message", v));
        else s.Port2.RemoveAllListeners("message");
    }
}
