using Quintet.Node;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class EndsAndNames
{
    private static string Written(string name) => name == EventEmitter.ErrorMonitor ? "Symbol(events.errorMonitor)" : name;

    private void Names()
    {
        var e = new EventEmitter();
        Action f = () => { };
        void Tell() => t.Log(string.Join(',', e.EventNames.Select(Written)));
        foreach (var name in new[] { EventEmitter.ErrorMonitor, "a", "b", "c" }) e.On(name, f);
        e.Off("a", f);
        e.On("d", f);
        e.On("a", f);
        Tell();
        e.Off("c", f);
        e.Once("c", f);
        e.Emit("b");
        Tell();
        e.Emit("c");
        e.On("e", f);
        Tell();
        e.On<string, Delegate>("removeListener", (name, _) => t.Log("removed", Written(name)));
        e.RemoveAllListeners();
        t.Log(e.EventNames.Count);
    }

    private void Nulls()
    {
        var w = new Writable<string>(
            (c, done) =>
            {
                t.Log("write", c);
                done(null);
            },
            options: Objects);
        w.On("finish", Say("finish"));
        Refused(() => w.Write(null!));
        w.Write("a");
        w.End(null!, _ => t.Log("ended"));
        Refused(() => w.Write(null!));
        var r = new Readable<string>(_ => { }, Objects);
        r.Push("x");
        t.Log(r.Push(null!));
        r.OnData(x => t.Log("data", x));
        r.On("end", Say("end"));
        var transform = new Transform<string, string>(
            (c, callback) => callback.Done(c == "skip" ? null! : c + "!"),
            callback => callback.Done("last"),
            Objects);
        transform.OnData(x => t.Log("t", x));
        transform.On("end", Say("t end"));
        foreach (var c in new[] { "one", "skip", "two" }) transform.Write(c);
        transform.End();
    }

    private void Refused(Action write)
    {
        try
        {
            write();
        }
        catch (StreamError e)
        {
            t.Log("thrown", e.Code);
        }
    }
}
