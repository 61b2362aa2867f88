namespace Quintet.Tests.BuildTasks;

/// <summary>What a compiled body says about its callers' threads. Each row stands beside one with a single fact changed.</summary>
public sealed class BodyReadingTests
{
    private const string Answers =
        "interface I { void Go(); } sealed class A : I { public void Go() => File.ReadAllText(\"a\"); } sealed class "
        + "B : I { public void Go() => GC.KeepAlive(null); } sealed class C2 : I { public void Go() => GC.KeepAlive(null); }";

    private const string File = "blocks kind=file twin=none via=File.ReadAllText";
    private const string PossibleFile = "blocks kind=file twin=none certainty=possible via=File.ReadAllText";

    [Theory]
    [InlineData("public void M() => File.ReadAllText(\"a\");", File)]
    [InlineData("public void M() => Path.GetFileName(\"a\");", null)]
    [InlineData("public Task M() { File.ReadAllText(\"a\"); return Task.CompletedTask; }", "complete via=Task")]
    [InlineData("public async void M() { File.ReadAllText(\"a\"); await Task.Yield(); }", null)]
    [InlineData("public IEnumerable<int> M() { File.ReadAllText(\"a\"); yield return 1; }", null)]
    [InlineData("public Func<string> M() => () => File.ReadAllText(\"a\");", null)]
    [InlineData("internal void M() => File.ReadAllText(\"a\");", null)]
    [InlineData("protected void M() => File.ReadAllText(\"a\");", File)]
    [InlineData("public string M { get => File.ReadAllText(\"a\"); }", File)]
    [InlineData("public void M() => Thread.Sleep(1);", "blocks kind=sleep twin=none via=Thread.Sleep")]
    [InlineData("public void M() { using var r = System.Security.Cryptography.RSA.Create(4096); }", "burns via=RSA.Create")]
    [InlineData("public byte[] M(byte[] s) { using var d = new System.Security.Cryptography.Rfc2898DeriveBytes(s, s, 600_000, "
        + "System.Security.Cryptography.HashAlgorithmName.SHA256); return d.GetBytes(32); }", "burns via=DeriveBytes.GetBytes")]
    [InlineData("public byte[] M() => System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);", null)]
    public void A_body_does_what_it_calls(string members, string? expected) => Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("public void M() => Read(); static void Read() => File.ReadAllText(\"a\");",
        "blocks kind=file twin=none via=Read>File.ReadAllText")]
    [InlineData("public void M() => Read(); static async void Read() { await Task.Yield(); File.ReadAllText(\"a\"); }", null)]
    [InlineData("public void M() => _ = P; string P => File.ReadAllText(\"a\");", "blocks kind=file twin=none via=P>File.ReadAllText")]
    [InlineData("public void M() { Local(); void Local() => File.ReadAllText(\"a\"); }",
        "blocks kind=file twin=none via=Local>File.ReadAllText")]
    [InlineData("public void M() { using var d = new D(); } sealed class D : IDisposable { public void Dispose() => "
        + "File.ReadAllText(\"a\"); }", "blocks kind=file twin=none via=Dispose>File.ReadAllText")]
    [InlineData("public void M() { M(); File.ReadAllText(\"a\"); }", File)]
    public void Effects_travel_to_the_caller(string members, string? expected) => Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("public void M(int b) { if (b > 1) return; File.ReadAllText(\"a\"); }", File)]
    [InlineData("public void M(int b) { if (b > 1) File.ReadAllText(\"a\"); }", PossibleFile)]
    [InlineData("public void M(int b) { if (b > 1) throw new Exception(File.ReadAllText(\"a\")); }", PossibleFile)]
    [InlineData("public void M() { try { GC.KeepAlive(null); } catch (IOException) { File.ReadAllText(\"a\"); } }", PossibleFile)]
    [InlineData("public void M() { try { File.ReadAllText(\"a\"); } catch (IOException) { GC.KeepAlive(null); } }", File)]
    [InlineData("string _s; public string M() => _s ??= File.ReadAllText(\"a\");", PossibleFile)]
    [InlineData("string _s; public string M() { if (_s == null) _s = File.ReadAllText(\"a\"); return _s; }", PossibleFile)]
    [InlineData("string _s; public string M() { if (_s == null) GC.KeepAlive(null); return File.ReadAllText(\"a\"); }", File)]
    [InlineData("public void M(int a, int b) { if (a > 1) N(b); } void N(int b) { if (b > 1) File.ReadAllText(\"a\"); }",
        "blocks kind=file twin=none certainty=possible via=N>File.ReadAllText")]
    public void What_need_not_happen_is_possible(string members, string? expected) => Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("public int M() { var t = Task.FromResult(1); S(ref t); return t.Result; } static void S(ref Task<int> t) { t = Other(); } "
        + "static Task<int> Other() => Task.Run(() => 1);",
        "blocks kind=task twin=none certainty=possible via=Task.Result")]
    [InlineData("public int M() { var t = Task.FromResult(1); S(t); return t.Result; } static void S(Task<int> t) { t = Other(); } "
        + "static Task<int> Other() => Task.Run(() => 1);", null)]
    [InlineData("public void M(Task t) => t.Wait();", "blocks kind=task twin=none unless=completed via=Task.Wait")]
    [InlineData("public void M(Task t) { if (!t.IsCompleted) t.Wait(); }",
        "blocks kind=task twin=none certainty=possible unless=completed via=Task.Wait")]
    [InlineData("public int M() => Task.FromResult(1).Result;", null)]
    [InlineData("public void M(WaitHandle h) => h.WaitOne(0);", null)]
    [InlineData("public void M(WaitHandle h) => h.WaitOne(1);", "blocks kind=wait twin=none via=WaitHandle.WaitOne")]
    [InlineData("public void M(ManualResetEventSlim h) => h.Wait(TimeSpan.Zero);", null)]
    [InlineData("public void M(WaitHandle h, int ms) => h.WaitOne(ms);", "blocks kind=wait twin=none unless=zero via=WaitHandle.WaitOne")]
    [InlineData("public void M(WaitHandle h) => N(h, 0); static bool N(WaitHandle h, int ms) => h.WaitOne(ms);", null)]
    [InlineData("public void M(WaitHandle h) => N(h, 1); static bool N(WaitHandle h, int ms) => h.WaitOne(ms);",
        "blocks kind=wait twin=none via=N>WaitHandle.WaitOne")]
    [InlineData("public void M(ManualResetEventSlim h) => N(h, TimeSpan.Zero); static bool N(ManualResetEventSlim h, TimeSpan t) => "
        + "h.Wait(t);", null)]
    [InlineData("public void M(byte[] b) { var s = new MemoryStream(); s.Write(b, 0, 1); }", null)]
    [InlineData("public void M(Stream s, byte[] b) => s.Write(b, 0, 1);", "blocks kind=file twin=none unless=in-memory via=Stream.Write")]
    [InlineData("public void M(Stream s) => N(s); static void N(Stream s) => s.Write(new byte[1], 0, 1);",
        "blocks kind=file twin=none unless=in-memory via=N>Stream.Write")]
    [InlineData("public void M() => N(new MemoryStream()); static void N(Stream s) => s.Write(new byte[1], 0, 1);", null)]
    public void What_is_passed_decides(string members, string? expected) => Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("interface I { void Go(); } sealed class A : I { public void Go() => File.ReadAllText(\"a\"); } I _i = new A(); public "
        + "void M() => _i.Go();", "blocks kind=file twin=none via=Go>File.ReadAllText")]
    [InlineData("public interface I { void Go(); } sealed class A : I { public void Go() => File.ReadAllText(\"a\"); } I _i = new A(); "
        + "public void M() => _i.Go();", "blocks kind=file twin=none certainty=possible via=Go>File.ReadAllText")]
    [InlineData("interface I { void Go(); } sealed class A : I { public void Go() => File.ReadAllText(\"a\"); } sealed class B : I { "
        + "public void Go() { } } I _i = new A(); public void M() => _i.Go();",
            "blocks kind=file twin=none certainty=possible via=Go>File.ReadAllText")]
    [InlineData("interface I { void Go(); } sealed class A : I { public void Go() => GC.KeepAlive(null); } I _i = new A(); public void "
        + "M() => _i.Go();", null)]
    [InlineData("public void M(IEnumerator<int> e) => e.MoveNext(); sealed class E : IEnumerator<int> { bool "
        + "System.Collections.IEnumerator.MoveNext() => File.ReadAllText(\"a\") == null; int IEnumerator<int>.Current => 0; object "
        + "System.Collections.IEnumerator.Current => 0; void System.Collections.IEnumerator.Reset() { } void IDisposable.Dispose() { "
        + "} }", null)]
    [InlineData("public void M() => _i.Go(); " + Answers + " sealed class D : I { public void Go() => GC.KeepAlive(null); } I _i = "
        + "new A();",
        "blocks kind=file twin=none certainty=possible via=Go>File.ReadAllText")]
    [InlineData("public void M() => _i.Go(); " + Answers + " sealed class D : I { public void Go() => GC.KeepAlive(null); } sealed "
        + "class E : I "
        + "{ public void Go() => GC.KeepAlive(null); } I _i = new A();", null)]
    public void A_dispatched_call_is_sure_when_nobody_else_can_answer(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    private const string Both = "interface I { void Go(); } sealed class A : I { public void Go() => File.ReadAllText(\"a\"); } "
        + "sealed class B : I { public void Go() => File.ReadAllText(\"b\"); } ";

    [Theory]
    [InlineData("public void M() => _i.Go(); I _i = new A(); " + Both, "blocks kind=file twin=none via=Go>File.ReadAllText")]
    [InlineData("public void M() => _i.Go(); I _i = new A(); sealed class D : I { public void Go() => GC.KeepAlive(null); } " + Both,
        "blocks kind=file twin=none certainty=possible via=Go>File.ReadAllText")]
    [InlineData("public void M() => new D().All(); sealed class D : I { public void Go() => GC.KeepAlive(null); public void All() => "
        + "((I)this).Go(); } " + Both, null)]
    [InlineData("public void M() => new D().All(); class D : I { public void Go() => GC.KeepAlive(null); public void All() => "
        + "((I)this).Go(); } " + Both, "blocks kind=file twin=none certainty=possible via=All>Go>File.ReadAllText")]
    public void What_all_that_can_answer_do_is_sure(string members, string? expected) => Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("case 1: File.ReadAllText(\"a\"); break; case 2: n--; break; case 3: n++; break; case 4: n += 3; break;", PossibleFile)]
    [InlineData("case 1: File.ReadAllText(\"a\"); break; case 2: n--; break; case 3: n++; break;", PossibleFile)]
    [InlineData("case 1: n += 4; break; case 2: n--; break; case 3: n++; break; } File.ReadAllText(\"a\"); {", File)]
    [InlineData("case 1: n += 4; break; case 2: n--; break; case 3: n++; break; case 4: n += 3; break; } File.ReadAllText(\"a\"); {", File)]
    public void What_one_of_several_cases_does_is_possible(string cases, string expected) =>
        Assert.Equal(expected, EffectLab.Of($"public int M(int n) {{ switch (n) {{ {cases} }} return n; }}"));

    [Theory]
    [InlineData("public void M(int n) { if (n > 1) throw new Exception(A()); }", "via=A>B>C>File.ReadAllText")]
    [InlineData("public void M(int n) { if (n > 1) throw new Exception(Z()); } string Z() => A();", null)]
    [InlineData("public string M() => Z(); string Z() => A();", "via=Z>A>B>C>File.ReadAllText")]
    public void What_may_happen_many_calls_away_is_not_said(string members, string? path)
    {
        const string Far = " static string A() => B(); static string B() => C(); static string C() => File.ReadAllText(\"a\");";
        var line = EffectLab.Of(members + Far.Replace("C()", "C0()", StringComparison.Ordinal));
        Assert.Equal(path, line is null
            ? null : line[line.IndexOf("via=", StringComparison.Ordinal)..].Replace("C0", "C", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public void M(TextWriter w) => w.Write('a');", null)]
    [InlineData("public void M(FileStream w) => w.Flush(true);", "blocks kind=file twin=none via=FileStream.Flush")]
    [InlineData("public void M(ReaderWriterLockSlim l) => l.EnterReadLock();", null)]
    [InlineData("public void M(SemaphoreSlim l) => l.Wait();", "blocks kind=wait twin=none via=SemaphoreSlim.Wait")]
    public void A_lock_that_is_held_for_a_moment_and_formatting_are_not_said(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    [Fact]
    public void A_counterpart_that_gives_a_task_is_named() => Assert.Equal(
        "blocks kind=file twin=M:C.MAsync via=File.ReadAllText",
        EffectLab.Of("public string M() => File.ReadAllText(\"a\"); public Task<string> MAsync() => File.ReadAllTextAsync(\"a\");"));
}
