using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4006CoroutineNeverAwaited>;

namespace Quintet.Tests.Rules.Coroutines;

/// <summary>The places in which a coroutine is lost, and the words and forms by which it is not.</summary>
public sealed partial class QNT4006CoroutineNeverAwaitedTests
{
    private const string Calm = "async Task CalmAsync() { try { await Task.Delay(1); } catch { } }\n";

    private const string Quiet = "async Quintet.Asyncio.Coroutine Work() { try { await Quintet.Asyncio.Aio.Yield(); } catch { } }\n";

    [Theory]
    [InlineData("void M() { Close(); void Close() => [|SaveAsync()|]; }")]
    [InlineData("int P { set => [|SaveAsync()|]; }")]
    [InlineData("int P { init => [|SaveAsync()|]; }")]
    [InlineData("event Action E { add => [|SaveAsync()|]; remove => [|SaveAsync()|]; }")]
    [InlineData("~C() => [|SaveAsync()|];")]
    [InlineData("void M() { ([|SaveAsync()|]).ConfigureAwait(false); }")]
    [InlineData("void M() { [|SaveAsync()|]!.ConfigureAwait(false); }")]
    [InlineData("void M() { var saving = ([|SaveAsync()|]); }")]
    [InlineData("void M() { var saving = [|SaveAsync()|].ConfigureAwait(false); }")]
    [InlineData("void M() { var saving = [|SaveAsync()|]; Log(saving: 1); } void Log(int saving) { }")]
    [InlineData("async ValueTask FlushAsync() => await Task.Delay(1); void M() { [|FlushAsync()|]; }")]
    [InlineData("async Task Save() => await Task.Delay(1); void M() { [|Save()|]; }")]
    [InlineData("void M() { Action later = () => [|SaveAsync()|]; later(); }")]
    [InlineData("Task Save() => SaveAsync(); void M() { [|Save()|]; }")]
    [InlineData("Task Save() { return Saved(); } Task Saved() => SaveAsync(); void M() { [|Save()|]; }")]
    [InlineData("void M() { Close(); void Close() { [|Inner()|]; Task Inner() => SaveAsync(); } }")]
    [InlineData("async Task M(C c) { c?[|.SaveAsync()|]; await Task.Yield(); }")]
    [InlineData("void M(C c) { var saving = c?[|.SaveAsync()|]; }")]
    [InlineData("async ValueTask FlushAsync() => await Task.Delay(1); void M() { [|FlushAsync()|].AsTask(); }")]
    [InlineData("void M(int[] all) { [|all.Select(_ => SaveAsync()).ToList()|]; }")]
    [InlineData("void M(int[] all) { [|all.Select(DelayAsync).ToList()|]; } async Task DelayAsync(int n) => await Task.Delay(n);")]
    [InlineData("async Task Select(int n) => await Task.Delay(n); void M() { [|this.Select(1)|]; }")]
    [InlineData("async Task M(int[] all) { [|all.Select(_ => SaveAsync()).ToArray()|]; await Task.Yield(); }")]
    [InlineData("void M() { for ([|SaveAsync()|]; ;) { } }")]
    [InlineData("void M() { for (; ; [|SaveAsync()|]) { } }")]
    [InlineData("void M() { var (a, b) = (SaveAsync(), [|SaveAsync()|]); a.Wait(); }")]
    [InlineData("void M() { Dictionary<int, Task> all = new() { [1] = [|SaveAsync()|] }; }")]
    [InlineData("void M() { var all = new Dictionary<int, Task> { { 1, [|SaveAsync()|] } }; }")]
    [InlineData("void M(bool all) { var saving = all ? [|SaveAsync()|] : Task.CompletedTask; }")]
    [InlineData("void M(int[] all) { var saving = [|all.Select(_ => SaveAsync()).ToList()|]; Console.Write(saving.Count); }")]
    [InlineData("async Task M(Func<Task> save) { [|save()|]; await Task.Yield(); }")]
    [InlineData("async Task M(Func<Task> save) { [|save.Invoke()|]; await Task.Yield(); }")]
    [InlineData("Task WriteAsync() { Func<Task> done = () => Task.CompletedTask; GC.KeepAlive(done); return SaveAsync(); } "
        + "void M() { [|WriteAsync()|]; }")]
    [InlineData("void M(B b) { [|b.RunAsync()|]; } "
        + "class B { public virtual async Task RunAsync() { await Task.Yield(); throw new IOException(); } } "
        + "class D : B { public override async Task RunAsync() { try { await Task.Delay(1); } catch { } } }")]
    public Task A_task_is_lost_there(string members) => Flags(Save + members);

    [Theory]
    [InlineData("Task M() { return Close(); Task Close() => SaveAsync(); }")]
    [InlineData("Task P { get => SaveAsync(); }")]
    [InlineData("object M() => SaveAsync();")]
    [InlineData("Task kept; void M() { kept = SaveAsync(); }")]
    [InlineData("Task M() => (SaveAsync());")]
    [InlineData("void M() { Func<Task> later = () => SaveAsync(); later().Wait(); }")]
    [InlineData("void M() { using var saving = SaveAsync(); }")]
    [InlineData("void M() { for (var saving = SaveAsync(); ;) { } }")]
    [InlineData("readonly Task saving = Run(); static async Task Run() => await Task.Delay(1);")]
    [InlineData("void M() { var saving = SaveAsync(); Log(saving); } void Log(object saving) { }")]
    [InlineData("void M() { (_ = SaveAsync()).Wait(); }")]
    [InlineData("void M() { SaveAsync()?.Wait(); }")]
    [InlineData("Task Save() => Task.Run(() => { }); void M() { Save(); }")]
    [InlineData("Task Save() { try { return CalmAsync(); } finally { } } void M() { Save(); } " + Calm)]
    [InlineData("Task Save() => CalmAsync(); void M() { Save(); } " + Calm)]
    [InlineData("Task Forget() => SaveAsync(); void M() { Forget(); }")]
    [InlineData("void M(int[] all) { all.Select(_ => Task.Run(() => { })).ToList(); }")]
    [InlineData("void M(int[] all) { all.Select(_ => CalmAsync()).ToList(); } " + Calm)]
    [InlineData("void M(int[] all) { all.Select(ForgetAsync).ToList(); } async Task ForgetAsync(int n) => await Task.Delay(n);")]
    [InlineData("void M(Task[] all) { all.Select(one => one).ToArray(); }")]
    [InlineData("Task Save() { Log(1); return SaveAsync(); } void M() { Save(); } void Log(int n) { }")]
    [InlineData("void M(int[] all) { all.Select(_ => SaveAsync()); }")]
    [InlineData("void M(int[] all) { _ = all.Select(_ => SaveAsync()).ToList(); }")]
    [InlineData("async Task M(C c) { await (c?.SaveAsync() ?? Task.CompletedTask); }")]
    [InlineData("\n#pragma warning disable CS4014\nvoid M() { Action later = () => SaveAsync(); later(); }")]
    [InlineData("\n#pragma warning disable CS4014\nvoid M() => SaveAsync();")]
    [InlineData("\n#pragma warning disable VSTHRD110\nvoid M() => SaveAsync();")]
    [InlineData("\n#pragma warning disable MA0134 // Observe the result\nvoid M() => SaveAsync();")]
    [InlineData("async Task M(C c) {\n#pragma warning disable CS4014\nc?.SaveAsync();\n#pragma warning restore\nawait Task.Yield(); }")]
    [InlineData("async Task ForgetAsync() => await Task.Delay(1); void M() { ForgetAsync(); }")]
    [InlineData("void M() { for (; SaveAsync() is null; ) { } }")]
    [InlineData("void M() { for (SaveAsync().Wait(); ;) { } }")]
    [InlineData("void M() { var (a, b) = (SaveAsync(), SaveAsync()); a.Wait(); b.Wait(); }")]
    [InlineData("void M() { var (a, _) = (SaveAsync(), SaveAsync()); a.Wait(); }")]
    [InlineData("void M() { var pair = (SaveAsync(), 1); pair.Item1.Wait(); }")]
    [InlineData("void M() { Dictionary<int, Task> all = new() { [1] = SaveAsync() }; all[1].Wait(); }")]
    [InlineData("void M() { Jobs all = new() { [1] = SaveAsync() }; } class Jobs { public Task this[int n] { set => value.Wait(); } }")]
    [InlineData("void M() { Jobs<Task> all = new(); all.Add(SaveAsync()); } class Jobs<T> { public void Add(T one) { } }")]
    [InlineData("void M() { var all = new Dictionary<int, Task> { { 1, SaveAsync() } }; all[1].Wait(); }")]
    [InlineData("void M(bool all) { var saving = all ? SaveAsync() : Task.CompletedTask; saving.Wait(); }")]
    [InlineData("void M(int[] all) { var saving = all.Select(_ => SaveAsync()).ToList(); Console.Write(saving.Count); saving[0].Wait(); }")]
    [InlineData("Task M() { Task kept; return kept = SaveAsync(); }")]
    [InlineData("void M() { Task kept; (kept = SaveAsync()).Wait(); }")]
    [InlineData("void M(Func<Task> save) { save(); }")]
    [InlineData("async Task M(Func<Task> save) { await save(); }")]
    [InlineData("async Task M() { Task saving; await (saving = SaveAsync()); }")]
    [InlineData("void M() { Task saving = null; saving ??= SaveAsync(); }")]
    [InlineData("void M() { Task saving, other; saving = SaveAsync(); other = saving; other.Wait(); }")]
    [InlineData("void M() { var (a, ignored) = (SaveAsync(), SaveAsync()); a.Wait(); }")]
    [InlineData("void M() { var (a, b) = (SaveAsync(), CalmAsync()); a.Wait(); } " + Calm)]
    [InlineData("async Task M(Func<int> save) { save(); await Task.Yield(); }")]
    [InlineData("async Task M(Func<Task> save) {\n#pragma warning disable CS4014\nsave();\n#pragma warning restore\nawait Task.Yield(); }")]
    public Task A_task_is_not_lost_there(string members) => Allows(Save + members);

    [Theory]
    [InlineData("void M(int[] all) { var l = [|all.Select(_ => SaveAsync()).ToArray()|]; }", "'SaveAsync'")]
    [InlineData("void M(int[] all) { var l = [|all.Select(One)|]; } Task One(int n) => SaveAsync();", "'One'")]
    [InlineData("void M(int[] all) { var l = [|all.Select(this.One)|]; } Task One(int n) => SaveAsync();", "'One'")]
    [InlineData("void M(int[] all) { var l = [|all.Where(n => n > 1).Select(_ => SaveAsync()).ToList()|]; }", "'SaveAsync'")]
    [InlineData("void M(Task t) { [|Task.WhenAll(t)|]; }", "its exception is lost")]
    [InlineData("void M() { var taskKept = new List<Task> { [|SaveAsync()|] }; }", "taskKept")]
    [InlineData("void M() { var l = new Queue<Task>(); l.Enqueue([|SaveAsync()|]); }", "'SaveAsync'")]
    [InlineData("void M() { var l = new Stack<Task>(); l.Push([|SaveAsync()|]); }", "'SaveAsync'")]
    [InlineData("void M() { List<Task> l = new(); l.Add([|SaveAsync()|]); }", "'SaveAsync'")]
    [InlineData("void M() { List<Task> l = []; l.Add([|SaveAsync()|]); }", "'SaveAsync'")]
    [InlineData("void M() { var l = new[] { [|SaveAsync()|] }; Console.Write(l.Length); }", "'C.SaveAsync'")]
    [InlineData("void M() { var l = new[] { [|RunAsync()|] }; Console.Write(l.Length); "
        + "async Task RunAsync() { await Task.Yield(); throw new IOException(); } }", "'RunAsync'")]
    public Task A_collection_loses_it(string members, string name) => Flags(Save + members, name);

    [Theory]
    [InlineData("void M(int[] all) { var l = all.Select(_ => SaveAsync()).Count(); }")]
    [InlineData("void M() { var l = Made(); } List<Task> Made() => new();")]
    [InlineData("void M() { var l = MadeAsync(); } List<Task> MadeAsync() => new();")]
    [InlineData("void M(List<Task> all) { var l = all.Where(t => t.IsFaulted).ToList(); }")]
    [InlineData("void M() { Pairs<Task, int> l = new(); l.Add(SaveAsync()); } class Pairs<T, U> { public void Add(T one) { } }")]
    [InlineData("void M() { Pairs<Task> l = new(); l.Add(SaveAsync(), 1); } class Pairs<T> { public void Add(T one, int n) { } }")]
    [InlineData("void M() { var l = Made(); l.Add(SaveAsync()); } List<Task> Made() => new();")]
    [InlineData("void M() { var ignored = new List<Task> { SaveAsync() }; }")]
    [InlineData("void M() { var toForget = new List<Task> { SaveAsync() }; }")]
    [InlineData("void M() { var taskDiscarded = new List<Task> { SaveAsync() }; }")]
    [InlineData("void M() { var taskUnused = new List<Task> { SaveAsync() }; }")]
    [InlineData("void M() { var taskIgnored = new List<Task> { SaveAsync() }; }")]
    [InlineData("void M() { var l = new List<Task> { Task.CompletedTask }; l.Add(SaveAsync()); foreach (var t in l) t.Wait(); }")]
    [InlineData("void M() { var l = new List<Task>(); l.Add(SaveAsync()); l.Clear(); }")]
    [InlineData("void M() { var l = new List<Task>(); l.Insert(0, SaveAsync()); }")]
    [InlineData("void M() { var l = new HashSet<Task>(); var added = l.Add(SaveAsync()); }")]
    [InlineData("void M() { var l = new Keeper<Task>(); l.Add(SaveAsync()); } class Keeper<T> { public void Add(T one) { } }")]
    [InlineData("void M() { var l = new Keeper<Task> { SaveAsync() }; } "
        + "class Keeper<T> : List<T> { public new void Add(T one) => GC.KeepAlive(one); }")]
    [InlineData("void M() { var l = new Dictionary<int, Task>(); l.Add(1, SaveAsync()); }")]
    [InlineData("void M() { var l = new List<Task>(); all.Add(l); l.Add(SaveAsync()); } readonly List<List<Task>> all = new();")]
    [InlineData("void M(List<Task> l) { var n = l; n.Add(SaveAsync()); }")]
    [InlineData("void M() { var l = new List<Task>(); l.AddRange(All()); } IEnumerable<Task> All() => [SaveAsync()];")]
    [InlineData("void M() { var l = new List<Task> { SaveAsync() }; Each(l.ForEach); } "
        + "void Each(Action<Action<Task>> each) => each(t => t.Wait());")]
    [InlineData("void M() { var l = new[] { SaveAsync() }; Console.Write(l.Length()); }")]
    public Task A_collection_keeps_it(string members) => Allows(
        "static class Also { public static int Length(this Task[] all) { foreach (var one in all) one.Wait(); return 1; } }\n"
        + "class C { async Task SaveAsync() { await Task.Yield(); throw new IOException(); } " + members + " }");

    // What never runs is lost, however calm it is.
    [Theory]
    [InlineData("void M() { [|Work()|]; }")]
    [InlineData("void M() { var work = [|Work()|]; }")]
    [InlineData("void M() { var (a, b) = (1, [|Work()|]); }")]
    [InlineData("async Task M() {\n#pragma warning disable CS4014\n[|Work()|];\n#pragma warning restore\nawait Task.Yield(); }")]
    [InlineData("\n#pragma warning disable CS4014\nvoid M() => [|Work()|];")]
    [InlineData("\n#pragma warning disable CS4014\nvoid M() { Action later = () => [|Work()|]; later(); }")]
    [InlineData("void M() { var l = new List<Quintet.Asyncio.Coroutine> { [|Work()|] }; }")]
    [InlineData("void M() { [|Quintet.Asyncio.Aio.Sleep(TimeSpan.Zero)|]; }")]
    [InlineData("void M() { Action later = () => [|Work()|]; later(); }")]
    [InlineData("Quintet.Asyncio.Coroutine Run(Action body) => Work(); void M() { [|Run(() => { })|]; }")]
    [InlineData("async Quintet.Goroutines.GoTask Go() { await Task.Yield(); } async Task M() { [|Go()|]; await Task.Yield(); }")]
    public Task A_calm_coroutine_that_never_runs_is_flagged(string members) => Flags(Quiet + members);

    [Theory]
    [InlineData("void M() { Func<Quintet.Asyncio.Coroutine> later = () => Work(); }")]
    [InlineData("Quintet.Asyncio.Coroutine kept; void M() { kept = Work(); }")]
    [InlineData("void M() { Quintet.Asyncio.Coroutine _; _ = Work(); }")]
    [InlineData("Quintet.Asyncio.Coroutine M() { return _ = Work(); }")]
    public Task A_coroutine_that_somebody_keeps_is_allowed(string members) => Allows(Quiet + members);

    [Theory]
    [InlineData("void M() { CalmAsync(); }")]
    [InlineData("void M() { var calm = CalmAsync(); }")]
    [InlineData("void M() { var l = new List<Task> { CalmAsync() }; }")]
    [InlineData("void M() { Local(); async Task Local() { try { await Task.Delay(1); } catch { } } }")]
    [InlineData("void M() { OtherAsync(); } "
        + "async Task OtherAsync() { var n = 1; try { await Task.Delay(n); } catch (System.Exception) { } }")]
    [InlineData("void M() { LoadAsync(); Task LoadAsync() { return Task.CompletedTask; } }")]
    [InlineData("void M() { TellAsync(); } async Task TellAsync() { try { await Task.Delay(1); } catch { Console.Write(1); } }")]
    public Task A_calm_task_is_allowed(string members) => Allows(Calm + members);

    [Theory]
    [InlineData("try { await Task.Delay(1); } catch (Exception e) when (e is IOException) { }")]
    [InlineData("try { await Task.Delay(1); } catch (Exception) { throw; }")]
    [InlineData("try { await Task.Delay(1); } catch { } await Task.Delay(1);")]
    [InlineData("try { await Task.Delay(1); } catch { } if (n > 1) throw new IOException();")]
    [InlineData("try { await Task.Delay(1); } catch { } _ = n > 1 ? n : throw new IOException();")]
    [InlineData("Console.Write(n);")]
    public Task What_lets_something_through_is_flagged(string body) =>
        Flags($"void M(int n) {{ [|LoopAsync(n)|]; }} async Task LoopAsync(int n) {{ {body} }}");

    [Theory]
    [InlineData("try { return Task.Delay(1); } catch { return Task.CompletedTask; }")]
    [InlineData("Func<Task> nothing = () => Task.CompletedTask; nothing(); return Task.Delay(1);")]
    public Task What_does_not_await_catches_nothing(string body) =>
        Flags($"void M() {{ [|LoopAsync()|]; }} Task LoopAsync() {{ {body} }}");

    [Fact]
    public Task A_local_function_is_told_by_its_own_name() =>
        Flags("void M() { [|LoopAsync()|]; async Task LoopAsync() => await Task.Delay(1); }", "'M' never awaits 'LoopAsync',");

    [Theory]
    [InlineData("bus.DidNotReceive().SendAsync();", true)]
    [InlineData("bus.Verify().SendAsync();", true)]
    [InlineData("bus.When(1).SendAsync();", true)]
    [InlineData("[|bus.Whenever(1).SendAsync()|];", false)]
    public Task What_a_substitute_is_told_runs_nothing(string statement, bool allowed)
    {
        var code = "interface IBus { Task SendAsync(); IBus DidNotReceive(); IBus Verify(); IBus When(int n); IBus Whenever(int n); }\n"
            + $"class D {{ void Check(IBus bus) {{ {statement} }} }}";
        return allowed ? Allows(code) : Flags(code);
    }

    [Theory]
    [InlineData("Assert", "ThrowsAsync", false)]
    [InlineData("Assert", "ThrowsAnyAsync", false)]
    [InlineData("Insist", "ThrowsAsync", true)]
    [InlineData("Assert", "FailsAsync", true)]
    public Task A_test_that_expects_an_exception_of_a_task_awaits_it(string type, string name, bool allowed)
    {
        var code = $"static class {type} {{ public static Task {name}(Func<Task> body) => body(); }}\n"
            + $"class D {{ void Check() {{ {(allowed ? "{0}" : "[|{0}|]")}; }} }}";
        code = code.Replace("{0}", $"{type}.{name}(() => Task.CompletedTask)", StringComparison.Ordinal);
        return allowed ? Allows(code) : Flags(code);
    }

    [Theory]
    [InlineData("ShowAlertAsync", true)]
    [InlineData("ShowNotificationAsync", true)]
    [InlineData("ShowSnackbarAsync", true)]
    [InlineData("ShowDialogAsync", true)]
    [InlineData("ShowPopupAsync", true)]
    [InlineData("ShowFlyoutAsync", true)]
    [InlineData("HideFlyoutAsync", false)]
    [InlineData("Show", false)]
    public Task Whatever_a_message_is_called_nobody_waits_for_it(string name, bool allowed)
    {
        var show = $"async Task {name}() => await Task.Delay(1); ";
        return allowed ? Allows(show + $"void Refuse() {{ {name}(); }}") : Flags(show + $"void Refuse() {{ [|{name}()|]; }}");
    }

    [Theory]
    [InlineData("ShowAsync(beside.Token)", "beside.Cancel(); await Task.Yield();", "", false)]
    [InlineData("ShowAsync(beside.Copy)", "", "await Task.Yield(); beside.Cancel();", false)]
    [InlineData("ShowAsync(beside.Token)", "", "await Task.Yield(); beside.Cancel();", true)]
    public Task What_is_cancelled_before_does_not_end(string call, string before, string after, bool allowed)
    {
        var code = "class Source { public CancellationToken Token, Copy; public void Cancel() { } }\n"
            + "class D { async Task ShowAsync(CancellationToken token) => await Task.Delay(9, token); async Task LoadAsync() { "
            + $"var beside = new Source(); {before} var shown = {(allowed ? call : "[|" + call + "|]")}; {after} }} }}";
        return allowed ? Allows(code) : Flags(code);
    }

    [Theory]
    [InlineData("namespace N { class Task { public Task SaveAsync() => null; } class D { void M(Task t) { t.SaveAsync(); } } }", true)]
    [InlineData("namespace N { class Task { public System.Threading.Tasks.Task SaveAsync() => null; } "
        + "class D { void M(Task t) { [|t.SaveAsync()|]; } } }", false)]
    [InlineData("namespace N { class Coroutine { } class D { Coroutine Work() => null; void M() { Work(); } } }", true)]
    [InlineData("namespace N { class GoTask { } class D { GoTask Work() => null; void M() { Work(); } } }", true)]
    [InlineData("namespace N { class D { async Task Work() => await Task.Delay(1); void M() { [|Work()|]; } } }", false)]
    public Task A_type_of_another_family_is_no_task(string code, bool allowed) => allowed ? Allows(code) : Flags(code);
}
