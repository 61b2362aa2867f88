using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class FilesAmongImmediates(Transcript t, string folder)
{
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/109-files-among-immediates")]
    internal static void All(Transcript t)
    {
        var folder = Directory.CreateTempSubdirectory("trace-").FullName;
        // Real time: what the pool does while the loop is held is done in it.
        NodeLoop.Run(() => new FilesAmongImmediates(t, folder).Main());
        Directory.Delete(folder, recursive: true);
    }

    private async Promise Main()
    {
        await Step("readBesideImmediates", ReadBesideImmediates);
        await Step("writeBesideImmediates", WriteBesideImmediates);
        await Step("insideOfEachOther", InsideOfEachOther);
        await Step("errors", Errors);
        await Step("poolBeforePorts", PoolBeforePorts);
        await Step("promisesBesideThem", PromisesBesideThem);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 20, run);

    private string At(string name) => Path.Combine(folder, name);

    private Action Say(string text) => () => t.Log(text);

    private void Micro(string text) => _loop.QueueMicrotask(Say(text));

    private static string FsCode(Exception? error) => error is null ? "ok" : NodeFs.CodeOf(error);

    private Promise Called(Action<Action<object?[]>> begin) => new Promise<bool>(done => begin(values =>
    {
        t.Log(values);
        done.Resolve(true);
    }));

    private Promise ReadBesideImmediates() => Called(done =>
    {
        File.WriteAllText(At("a"), "hello");
        NodeFs.ReadFile(At("a"), (e, d) => done(["read", FsCode(e), Encoding.UTF8.GetString(d!)]));
        Immediate(() =>
        {
            t.Log("i1");
            Immediate(() =>
            {
                t.Log("i2");
                Immediate(Say("i3"));
            });
            Tick(Say("tick"));
        });
        Micro("micro");
    });

    private Promise WriteBesideImmediates() => Called(done =>
    {
        NodeFs.WriteFile(At("b"), "x"u8.ToArray(), e =>
        {
            t.Log("written", FsCode(e));
            Micro("micro");
            Tick(Say("tick"));
            Immediate(() => done(["immediate"]));
        });
        Immediate(() =>
        {
            t.Log("i1");
            Immediate(Say("i2"));
        });
    });

    private Promise InsideOfEachOther() => Called(done => NodeFs.MakeDir(At("d"), e =>
    {
        t.Log("mkdir", FsCode(e));
        Immediate(Say("immediate of mkdir"));
        NodeFs.CopyFile(At("a"), At("d/c"), e2 =>
        {
            t.Log("copy", FsCode(e2));
            Micro("micro of copy");
            NodeFs.Rename(At("d/c"), At("d/e"), e3 =>
            {
                t.Log("rename", FsCode(e3));
                Tick(Say("tick of rename"));
                NodeFs.Access(At("d/c"), e4 => Rest(e4, done));
            });
        });
    }));

    private void Rest(Exception? failure, Action<object?[]> done)
    {
        t.Log("access", FsCode(failure));
        NodeFs.Unlink(At("d/e"), e =>
        {
            t.Log("unlink", FsCode(e));
            NodeFs.RemoveDir(At("d"), e2 => done(["rmdir", FsCode(e2)]));
        });
    }

    private Promise PoolBeforePorts() => Called(done =>
    {
        var channel = new MessageChannel();
        channel.Port2.On<int>("message", m =>
        {
            t.Log("message", m);
            Tick(Say("tick of message"));
            if (m != 2) return;
            channel.Port2.Close();
            Immediate(() => done(["over"]));
        });
        channel.Port1.PostMessage(1);
        NodeFs.Stat(At("a"), (_, _) =>
        {
            t.Log("stat");
            Tick(Say("tick of stat"));
            channel.Port1.PostMessage(2);
        });
        // Until both wait: what the pool has done, and the message; and for longer than a trip to Node's pool takes.
        Spin(20);
        while (_loop.Core.Inbox.Count < 2) Thread.SpinWait(100);
        Immediate(Say("immediate"));
    });

    private async Promise PromisesBesideThem()
    {
        var read = NodeFs.ReadFile(At("a"), Encoding.UTF8).Then(d =>
        {
            t.Log("promised", d);
            Tick(Say("tick"));
            Micro("micro");
        });
        Immediate(() =>
        {
            t.Log("i1");
            Immediate(() =>
            {
                t.Log("i2");
                Immediate(Say("i3"));
            });
        });
        await read;
        await new Promise<bool>(done => Immediate(() => done.Resolve(true)));
    }
}
