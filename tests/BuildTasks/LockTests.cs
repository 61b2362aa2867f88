namespace Quintet.Tests.BuildTasks;

/// <summary>Who holds which lock over work, and who waits for it.</summary>
public sealed class LockTests
{
    private const string Gate = "readonly object _gate = new(); int _n; ";
    private const string Holder = Gate + "void Hold() { lock (_gate) File.ReadAllText(\"a\"); } ";
    private const string Waits = "blocks kind=wait twin=none certainty=possible via=lock_C._gate>Hold>File.ReadAllText";

    [Theory]
    [InlineData(Holder + "public int M() { lock (_gate) return _n; }", Waits)]
    [InlineData(Holder + "readonly object _other = new(); public int M() { lock (_other) return _n; }", null)]
    [InlineData(Holder + "public int M() => _n;", null)]
    [InlineData(Gate + "void Hold() { lock (_gate) _n++; File.ReadAllText(\"a\"); } public int M() { lock (_gate) return _n; }", null)]
    [InlineData(Gate + "void Hold() { lock (_gate) { _n++; Deep(); } } void Deep() => File.ReadAllText(\"a\"); "
        + "public int M() { lock (_gate) return _n; }",
        "blocks kind=wait twin=none certainty=possible via=lock_C._gate>Hold>Deep>File.ReadAllText")]
    [InlineData(Gate + "void Hold() { lock (_gate) File.Exists(\"a\"); } public int M() { lock (_gate) return _n; }", null)]
    [InlineData(Gate + "void Hold() { lock (_gate) Monitor.Wait(_gate); } public int M() { lock (_gate) return _n; }", null)]
    [InlineData(Gate + "string _s; void Hold() { lock (_gate) _s ??= File.ReadAllText(\"a\"); } public int M() { lock (_gate) return _n; }",
        null)]
    [InlineData(Gate + "C() { lock (_gate) File.ReadAllText(\"a\"); } public int M() { lock (_gate) return _n; }", null)]
    [InlineData(Gate + "void Hold() { lock (this) File.ReadAllText(\"a\"); } public int M() { lock (this) return _n; }",
        "blocks kind=wait twin=none certainty=possible via=lock_C>Hold>File.ReadAllText")]
    [InlineData(Gate + "void Hold() { lock (this) File.ReadAllText(\"a\"); } public int M() { lock (_gate) return _n; }", null)]
    [InlineData(Gate + "Task Hold() { lock (_gate) File.ReadAllText(\"a\"); return Task.CompletedTask; } "
        + "public int M() { lock (_gate) return _n; }", Waits)]
    [InlineData(Gate + "Task Hold() { File.ReadAllText(\"a\"); return Task.CompletedTask; } public int M() { lock (_gate) return _n; }",
        null)]
    [InlineData(Holder + "public int M() => N(); int N() { lock (_gate) return _n; }",
        "blocks kind=wait twin=none certainty=possible via=N>lock_C._gate>Hold>File.ReadAllText")]
    public void Who_takes_a_lock_that_is_held_over_work_may_wait(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("readonly Lock _gate = new(); int _n; void Hold() { lock (_gate) File.ReadAllText(\"a\"); } "
        + "public int M() { lock (_gate) return _n; }", Waits)]
    [InlineData("readonly Lock _gate = new(); int _n; void Hold() { lock (_gate) _n++; File.ReadAllText(\"a\"); } "
        + "public int M() { lock (_gate) return _n; }", null)]
    [InlineData("readonly ReaderWriterLockSlim _gate = new(); int _n; void Hold() { _gate.EnterWriteLock(); "
        + "try { File.ReadAllText(\"a\"); } finally { _gate.ExitWriteLock(); } } "
        + "public int M() { _gate.EnterReadLock(); try { return _n; } finally { _gate.ExitReadLock(); } }", Waits)]
    [InlineData("readonly ReaderWriterLockSlim _gate = new(); int _n; void Hold() { _gate.EnterReadLock(); "
        + "try { File.ReadAllText(\"a\"); } finally { _gate.ExitReadLock(); } } "
        + "public int M() { _gate.EnterReadLock(); try { return _n; } finally { _gate.ExitReadLock(); } }", null)]
    [InlineData("readonly object _a = new(), _gate = new(); int _n; "
        + "void Hold() { lock (_a) { lock (_gate) _n++; File.ReadAllText(\"a\"); } } "
        + "public int M() { lock (_gate) return _n; }", null)]
    [InlineData("readonly object _a = new(), _gate = new(); int _n; "
        + "void Hold() { lock (_gate) { lock (_a) _n++; File.ReadAllText(\"a\"); } } "
        + "public int M() { lock (_gate) return _n; }", Waits)]
    public void Each_kind_of_lock_is_known_and_ends_where_it_is_given_up(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("lock (_gate) { _n++; System.IO.File.ReadAllText(\"a\"); }", ", holds C._gate meanwhile")]
    [InlineData("lock (_gate) _n++; System.IO.File.ReadAllText(\"a\");", "")]
    public void Which_lock_is_held_meanwhile_is_told(string body, string expected)
    {
        using var lab = new EffectLab();
        var path = lab.Compile("Lib", $"public class C {{ readonly object _gate = new(); int _n; public void M() {{ {body} }} }}");
        Assert.Equal($"blocks  M:C.M  kind=file  twin=none  via=File.ReadAllText  -- as Lib is compiled{expected}",
            Assert.Single(lab.Effects().LinesOf([path])));
    }

    [Theory]
    [InlineData("_s.Wait(); try { _n++; } finally { _s.Release(); }", "certainty=possible via=SemaphoreSlim.Wait")]
    [InlineData("_s.Wait(); try { _r.WaitOne(); } finally { _s.Release(); }", "via=SemaphoreSlim.Wait")]
    [InlineData("_s.Wait(); try { _n++; } finally { _o.Release(); }", "via=SemaphoreSlim.Wait")]
    [InlineData("_s.Wait();", "via=SemaphoreSlim.Wait")]
    public void A_turn_that_is_given_up_after_a_moment_is_hardly_waited_for(string body, string expected) => Assert.Equal(
        "blocks kind=wait twin=none " + expected, EffectLab.Of(
            $"readonly SemaphoreSlim _s = new(1), _o = new(1); AutoResetEvent _r; int _n; public void M() {{ {body} }}"));
}
