using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class FilesInOrder(Transcript t, string folder)
{
    [Twin("node/88-files-in-order")]
    internal static void InOrder(Transcript t)
    {
        var folder = Directory.CreateTempSubdirectory("trace-").FullName;
        NodeLoop.Run(() => new FilesInOrder(t, folder).Main());
        Directory.Delete(folder, recursive: true);
    }

    private async Promise Main()
    {
        await Step("answers", Answers);
        await Step("errors", Errors);
        await Step("handles", Handles);
        await Step("appended", Appended);
        await Step("marks", Marks);
        await Step("byHand", ByHand);
        await Step("destroyedInOpen", DestroyedInOpen);
        await Step("failing", Failing);
        await Step("writesInOrder", WritesInOrder);
        await Step("aborted", Aborted);
        await Step("ofAHandle", OfAHandle);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 50, run);

    private string At(string name) => Path.Combine(folder, name);

    private Action Say(string text) => () => t.Log(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string CodeOf(Exception? error) => error switch
    {
        null => "ok",
        InvalidOperationException => error.Message,
        _ => NodeFs.CodeOf(error),
    };

    private static Promise<bool> Wait(double milliseconds) => NodeLoop.Current.Delay(5 * milliseconds);

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream
    {
        foreach (var n in new[] { "open", "ready", "end", "finish", "close" }) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", CodeOf(e)));
        return s;
    }

    private static Promise<bool> Closed(NodeStream s) => new(done => s.On("close", () => Immediate(() => done.Resolve(true))));

    private async Promise Answers()
    {
        await new Promise<bool>(done => NodeFs.Stat(folder, (_, _) =>
        {
            t.Log("callback");
            Tick(Say("tick"));
            NodeLoop.Current.QueueMicrotask(Say("micro"));
            Immediate(() =>
            {
                t.Log("immediate");
                done.Resolve(true);
            });
        }));
        await NodeFs.Stat(folder).Then(_ =>
        {
            t.Log("promise");
            Tick(Say("tick"));
            NodeLoop.Current.QueueMicrotask(Say("micro"));
        });
        await Wait(5);
        await NodeFs.Stat(folder);
        t.Log("awaited");
        Immediate(Say("immediate"));
        await Promise.Resolve();
        t.Log("micro");
        await NodeFs.Stat(folder);
        t.Log("again");
    }

    private async Promise Fails(string name, Func<Promise> operation)
    {
        try
        {
            await operation();
            t.Log(name, "ok");
        }
        catch (Exception e)
        {
            t.Log(name, CodeOf(e));
        }
    }

    private async Promise Errors()
    {
        await Fails("read", () => NodeFs.ReadFile(At("none")));
        await Fails("write", () => NodeFs.WriteFile(folder, "x"));
        await Fails("append", () => NodeFs.AppendFile(At("none/x"), "x"));
        await Fails("open", () => NodeFs.Open(At("none")));
        await Fails("exclusive", async () =>
        {
            await (await NodeFs.Open(At("ex"), "wx")).Close();
            await NodeFs.Open(At("ex"), "wx");
        });
        await Fails("mkdir", () => NodeFs.MakeDir(folder));
        await Fails("deep", () => NodeFs.MakeDir(At("a/b/c")));
        await Fails("unlink", () => NodeFs.Unlink(At("none")));
        await Fails("rename", () => NodeFs.Rename(At("none"), At("x")));
        await Fails("readdir", () => NodeFs.ReadDir(At("none")));
        await Fails("readdirOfFile", () => NodeFs.ReadDir(At("ex")));
        await Fails("rmdir", () => NodeFs.RemoveDir(folder));
        await Fails("rm", () => NodeFs.Remove(At("none")));
        await Fails("forced", () => NodeFs.Remove(At("none"), force: true));
        await Fails("copy", () => NodeFs.CopyFile(At("none"), At("x")));
        await Fails("copyOver", async () =>
        {
            await NodeFs.CopyFile(At("ex"), At("ex2"));
            await NodeFs.CopyFile(At("ex"), At("ex2"), exclusive: true);
        });
        await Fails("truncate", () => NodeFs.Truncate(At("none")));
        await Fails("access", () => NodeFs.Access(At("none")));
        await Fails("readOfDir", () => NodeFs.ReadFile(folder));
    }

    private async Promise Handles()
    {
        var h = await NodeFs.Open(At("h"), "w+");
        h.On("close", Say("close event"));
        t.Log(await h.Write(Bytes("hello world")), await h.Write(Bytes("W"), 6));
        var b = new byte[5];
        t.Log(await h.Read(b, 0), Text(b), await h.Read(b), await h.Read(b, 100));
        await h.Truncate(3);
        t.Log(await h.Length());
        var memory = b.AsMemory();
        var read = h.Read(memory[..3], 0);
        var closed = h.Close().Then(_ => t.Log("closed"));
        var still = h.Read(memory[..2], 0);
        t.Log("read", await read);
        t.Log("still read", await still);
        await closed;
        await h.Close().Then(_ => t.Log("closed again"), e => t.Log(CodeOf(e)));
        await h.Read(memory[..1], 0).Catch((Exception e) =>
        {
            t.Log(CodeOf(e));
            return 0;
        });
    }

    private async Promise Appended()
    {
        var h = await NodeFs.Open(At("ap"), "a");
        await h.Write(Bytes("one"));
        await h.Write(Bytes("two"));
        await h.Close();
        await NodeFs.AppendFile(At("ap"), "three");
        t.Log(Text(await NodeFs.ReadFile(At("ap"))));
        await NodeFs.Truncate(At("ap"), 4);
        t.Log(await NodeFs.ReadFile(At("ap"), Encoding.UTF8), ((FileInfo)await NodeFs.Stat(At("ap"))).Length);
        await NodeFs.WriteFile(At("ap"), "x");
        t.Log(await NodeFs.ReadFile(At("ap"), Encoding.UTF8));
    }
}
