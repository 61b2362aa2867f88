using Quintet.Node;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class FilesAmongImmediates
{
    private async Promise Errors()
    {
        await Told("unlink", done => NodeFs.Unlink(At("none"), done));
        await Told("mkdir", done => NodeFs.MakeDir(At("x/y"), done));
        await Called(done => NodeFs.MakeDir(
            At("x/y/z"), recursive: true, (e, first) => done(["mkdir", FsCode(e), Path.GetFileName(first)])));
        await Told("mkdir", done => NodeFs.MakeDir(At("x"), done));
        await Told("rmdir", done => NodeFs.RemoveDir(At("x"), done));
        await Told("rm", done => NodeFs.Remove(At("none"), done));
        await Called(done => NodeFs.Remove(
            At("x"), recursive: true, force: true, e => done(["rm", FsCode(e), Directory.Exists(At("x"))])));
        await Told("copy", done => NodeFs.CopyFile(At("a"), At("b"), exclusive: true, done));
        await Called(done => NodeFs.Truncate(At("a"), 2, e => done(["truncate", FsCode(e), File.ReadAllText(At("a"))])));
        await Told("truncate", done => NodeFs.Truncate(At("none"), done));
        await Told("rename", done => NodeFs.Rename(At("none"), At("x"), done));
        await Called(done => NodeFs.ReadFile(At("none"), (e, _) => done(["read", FsCode(e)])));
        await Called(done => NodeFs.MakeTempDir(At("t-"), (e, d) => done(["mkdtemp", FsCode(e), Directory.Exists(d)])));
    }

    private Promise Told(string name, Action<Action<Exception?>> begin) => Called(done => begin(e => done([name, FsCode(e)])));
}
