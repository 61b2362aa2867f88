namespace Quintet.Tests.BuildTasks;

/// <summary>A lambda works for whoever calls the member that runs it at once, and for nobody else.</summary>
public sealed class LambdaTests
{
    private const string Now = " static void Now(Action a) => a(); ";
    private const string File = "blocks kind=file twin=none via=";

    [Theory]
    [InlineData("public void M() => Now(() => File.ReadAllText(\"a\"));" + Now, File + "lambda>File.ReadAllText")]
    [InlineData("public void M(string p) => Now(() => File.ReadAllText(p));" + Now, File + "lambda>File.ReadAllText")]
    [InlineData("public void M(string p) => Now(() => Path.GetFileName(p));" + Now, null)]
    [InlineData("Action _a; public void M(string p) => Keep(() => File.ReadAllText(p)); void Keep(Action a) => _a = a;", null)]
    [InlineData("public void M() => Task.Run(() => File.ReadAllText(\"a\"));", null)]
    [InlineData("public void M(List<string> l) => l.ForEach(p => File.ReadAllText(p));", File + "lambda>File.ReadAllText")]
    [InlineData("public void M() => Now(Read); static void Read() => File.ReadAllText(\"a\");" + Now, File + "Read>File.ReadAllText")]
    [InlineData("public void M() => Now(async () => { File.ReadAllText(\"a\"); await Task.Yield(); });" + Now, null)]
    [InlineData("public void M(string p) { Action a = () => File.ReadAllText(p); a(); }", File + "lambda>File.ReadAllText")]
    [InlineData("public void M(string p) { Action a = () => File.ReadAllText(p); GC.KeepAlive(a); }", null)]
    [InlineData("public void M(System.Collections.Concurrent.ConcurrentDictionary<string, string> d) => "
        + "d.GetOrAdd(\"a\", p => File.ReadAllText(p));",
        "blocks kind=file twin=none certainty=possible via=lambda>File.ReadAllText")]
    [InlineData("public IEnumerable<string> M(string[] p) => System.Linq.Enumerable.Select(p, q => File.ReadAllText(q));", null)]
    [InlineData("public IEnumerable<string> M(string[] p) => System.Linq.Enumerable.Where(System.Linq.Enumerable.Select(p, "
        + "q => File.ReadAllText(q)), q => q.Length > 7);", null)]
    [InlineData("public IEnumerable<string> M(string[] p) => System.Linq.Enumerable.ToList(System.Linq.Enumerable.Select(p, "
        + "q => File.ReadAllText(q)));", "blocks kind=file twin=none certainty=possible via=lambda>File.ReadAllText")]
    [InlineData("public void M(int b) => Now(() => { if (b > 1) throw new Exception(File.ReadAllText(\"a\")); });" + Now,
        "blocks kind=file twin=none certainty=possible via=lambda>File.ReadAllText")]
    [InlineData("public void M(int b) { if (b > 1) throw new Exception(); Now(() => File.ReadAllText(\"a\")); }" + Now,
        File + "lambda>File.ReadAllText")]
    public void A_lambda_is_charged_to_who_runs_it_at_once(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));
}
