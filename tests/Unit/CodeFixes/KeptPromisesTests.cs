using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>
/// What code around an await relies on: a reference in hand, the thread, how errors are wrapped, who implements whom, what a callee sets.
/// </summary>
public sealed class KeptPromisesTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Blocking = new();
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();
    private static readonly QNT4004SyncOverAsyncFix SyncOverAsync = new();

    private const string Cells = "class Cell { public int N; } struct Point { public int X; public void Add(int n) => X += n; }\n"
        + "static int[] s_all = new int[3]; static Point[] s_points = new Point[3]; static Cell[] s_cells = new Cell[3];\n"
        + "static ref int At(int n) => ref s_all[n]; static ref Point PointAt(int n) => ref s_points[n]; "
        + "static ref Cell CellAt(int n) => ref s_cells[n]; static void Set(ref int n, int m) => n = m; "
        + "static void See(int n, int m) { }\n";

    private static string Using(string use, string call) =>
        $"{Cells}async Task M() {{ await Task.Yield(); {use.Replace("CALL", call, StringComparison.Ordinal)} }}";

    [Theory]
    [InlineData("At(0) = CALL.Length;")]
    [InlineData("At(0) += CALL.Length;")]
    [InlineData("(At(0)) = CALL.Length;")]
    [InlineData("PointAt(0).X = CALL.Length;")]
    [InlineData("PointAt(0).Add(CALL.Length);")]
    [InlineData("Set(ref At(0), CALL.Length);")]
    [InlineData("s_all.AsSpan()[2] = CALL.Length;")]
    [InlineData("Console.Write(string.Create(null, $\"{CALL}\"));")]
    public Task A_reference_in_hand_forbids_the_await(string use) =>
        FixAssert.RefusedAsync(Blocking, Using(use, "[|File.ReadAllText(\"a\")|]"));

    [Theory]
    [InlineData("s_all[0] = CALL.Length;")]
    [InlineData("CellAt(0).N = CALL.Length;")]
    [InlineData("s_points[0].X = CALL.Length;")]
    [InlineData("See(At(0), CALL.Length);")]
    [InlineData("s_all[0] = At(0) + CALL.Length;")]
    [InlineData("Console.Write($\"{CALL}\");")]
    public Task A_value_or_an_object_does_not(string use)
    {
        var awaited = use.Contains("CALL.", StringComparison.Ordinal)
            ? "(await File.ReadAllTextAsync(\"a\"))"
            : "await File.ReadAllTextAsync(\"a\")";
        return FixAssert.BecomesAsync(Blocking, Using(use, "[|File.ReadAllText(\"a\")|]"), Using(use, awaited));
    }

    [Theory]
    // On a loop, by what the finding says, by the shape of the handler, or by what lives there: the await comes back to it.
    [InlineData("EventLoop", "class V", "async Task", "T().ConfigureAwait(false)", "T()")]
    [InlineData("Coroutine", "class V : System.Windows.Forms.Form", "async Task", "T().ConfigureAwait(false)", "T()")]
    [InlineData("Coroutine", "class V", "async void", "T().ConfigureAwait(false)", "T()")]
    [InlineData("EventLoop", "class V", "async Task", "T().ConfigureAwait(continueOnCapturedContext: false)", "T()")]
    // Everywhere else it is as its author wrote it, and so is one that says that it comes back.
    [InlineData("Coroutine", "class V", "async Task", "T().ConfigureAwait(false)", "T().ConfigureAwait(false)")]
    [InlineData("EventLoop", "class V", "async Task", "T().ConfigureAwait(true)", "T().ConfigureAwait(true)")]
    public Task A_wait_that_held_the_thread_of_a_loop_comes_back_to_it(
        string context, string type, string result, string waited, string awaited)
    {
        string Text(string wait) => FixLab.Usings + type + " { static Task<int> T() => Task.FromResult(1); "
            + $"{result} M(object? sender, EventArgs e) {{ await Task.Yield(); Console.Write({wait}); }} }}\n";
        const string Window = "namespace System.Windows.Forms { public class Control { } public class Form : Control { } }\n";
        var lab = FixLab.Of([Text($"[|{waited}.GetAwaiter().GetResult()|]"), Window]).With(FindingProperties.Context, context);
        return FixAssert.BecomesAsync(SyncOverAsync, lab, [Text($"await {awaited}"), Window]);
    }

    private const string Inner = "static Task<int> T() => Task.FromResult(1);\nint B() => [|T().WAIT|]; ";

    [Theory]
    [InlineData("Result", "catch (AggregateException)")]
    [InlineData("Result", "catch (Exception e) when (e is AggregateException)")]
    [InlineData("Result", "catch (Exception e) when (e.InnerException != null)")]
    [InlineData("Result", "catch (Exception e) when (e.GetType().Name == \"X\")")]
    [InlineData("Result", "catch (Exception e) { if (e is AggregateException) return 2; throw; } finally")]
    public Task Who_catches_the_wrapper_of_errors_goes_on_to_get_it(string wait, string handler) => FixAssert.RefusedAsync(
        SyncOverAsync, Inner.Replace("WAIT", wait, StringComparison.Ordinal)
            + $"int A() => B(); public int M() {{ try {{ return A(); }} {handler} {{ return 0; }} }}".Replace(
                "finally { return 0; }", "finally { Console.Write(1); }", StringComparison.Ordinal));

    [Theory]
    [InlineData("Result", "catch (IOException)")]
    [InlineData("Result", "catch (Exception e) when (e.Message.Length > 0)")]
    [InlineData("GetAwaiter().GetResult()", "catch (AggregateException)")]
    public Task Who_catches_something_else_does_not_mind(string wait, string handler) => FixAssert.BecomesAsync(
        SyncOverAsync, Inner.Replace("WAIT", wait, StringComparison.Ordinal)
            + $"int A() => B(); public int M() {{ try {{ return A(); }} {handler} {{ return 0; }} }}",
        "static Task<int> T() => Task.FromResult(1);\nasync Task<int> BAsync() => await T(); async Task<int> AAsync() => await BAsync(); "
            + $"public async Task<int> M() {{ try {{ return await AAsync(); }} {handler} {{ return 0; }} }}");

    [Fact]
    public Task WaitAll_wraps_errors_too() => FixAssert.RefusedAsync(
        Blocking, "async Task M(Task[] all) { await Task.Yield(); try { [|Task.WaitAll(all)|]; } catch (AggregateException) { } }");

    private const string Stub = "public override bool CanRead => true; public override bool CanSeek => false; public override bool "
        + "CanWrite => true; public override long Length => 0; public override long Position { get; set; } public override void Flush() "
        + "{ } public override int Read(byte[] b, int o, int c) => _inner.Read(b, o, c); public override long Seek(long o, SeekOrigin s) "
        + "=> 0; public override void SetLength(long n) { } public override void Write(byte[] b, int o, int c) { } ";

    private static string Wrapper(string members) =>
        FixLab.Usings + "class Wrapper(Stream inner) : Stream\n{\n    readonly Stream _inner = inner; " + Stub + "\n    " + members
            + "\n}\n";

    private static FixLab LabOf(string members) => FixLab.Of([Wrapper(members)]).With(FindingProperties.Twin, "auto");

    [Theory]
    [InlineData("public override async Task WriteAsync(byte[] b, int o, int c, CancellationToken t) { [|Write(b, o, c)|]; await "
        + "Task.Yield(); }")]
    [InlineData("public override async Task WriteAsync(byte[] b, int o, int c, CancellationToken t) { [|base.Write(b, o, c)|]; await "
        + "Task.Yield(); }")]
    [InlineData("public override async Task WriteAsync(byte[] b, int o, int c, CancellationToken t) { [|((Stream)this).Write(b, o, c)|]; "
        + "await Task.Yield(); }")]
    [InlineData("public override Task<int> ReadAsync(byte[] b, int o, int c, CancellationToken t) => Task.FromResult([|Read(b, o, c)|]);")]
    [InlineData("public override Task<int> ReadAsync(byte[] b, int o, int c, CancellationToken t) => Task.FromResult([|Fill(b)|]); int "
        + "Fill(byte[] b) => {|1:Read(b, 0, 1)|};")]
    [InlineData("public override async Task WriteAsync(byte[] b, int o, int c, CancellationToken t) { await Task.Run(async () => { "
        + "[|Write(b, o, c)|]; await Task.Yield(); }); }")]
    public Task A_twin_is_not_awaited_by_itself(string members) => FixAssert.RefusedAsync(Blocking, LabOf(members));

    [Theory]
    [InlineData("public override async Task WriteAsync(byte[] b, int o, int c, CancellationToken t) { [|_inner.Write(b, o, c)|]; await "
        + "Task.Yield(); }",
        "public override async Task WriteAsync(byte[] b, int o, int c, CancellationToken t) { await _inner.WriteAsync(b, o, c, t); await "
        + "Task.Yield(); }")]
    [InlineData("public async Task SaveAsync(byte[] b) { [|Write(b, 0, 1)|]; await Task.Yield(); }",
        "public async Task SaveAsync(byte[] b) { await WriteAsync(b, 0, 1); await Task.Yield(); }")]
    public Task A_twin_of_another_object_or_member_is(string members, string after) =>
        FixAssert.BecomesAsync(Blocking, LabOf(members), [Wrapper(after)]);

    private const string Flowing = "static readonly AsyncLocal<int> Flow = new(); static readonly ThreadLocal<int> Own = new();\n"
        + "async Task M() { await Task.Yield(); [|Set()|]; Console.Write(Flow.Value); }\n";

    [Theory]
    [InlineData("Flow.Value = 2; CALL;")]
    [InlineData("CALL; Flow.Value = 2;")]
    [InlineData("System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture; CALL;")]
    [InlineData("Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture; CALL;")]
    public Task What_a_callee_leaves_to_its_caller_forbids_the_await(string body) => FixAssert.RefusedAsync(
        Reached, FixLab.OfMembers(Flowing + Set("void Set", body, "{|1:Thread.Sleep(5)|}")).With(FindingProperties.Twin, "auto"));

    [Theory]
    [InlineData("Console.Write(Flow.Value); CALL;")]
    [InlineData("var old = Flow.Value; Flow.Value = 2; try { CALL; } finally { Flow.Value = old; }")]
    [InlineData("System.Globalization.CultureInfo.DefaultThreadCurrentCulture = null; CALL;")]
    public Task What_it_only_reads_or_puts_back_does_not(string body) => FixAssert.BecomesAsync(
        Reached, FixLab.OfMembers(Flowing + Set("void Set", body, "{|1:Thread.Sleep(5)|}")).With(FindingProperties.Twin, "auto"),
        [FixLab.Wrap(Flowing.Replace("[|Set()|]", "await SetAsync()", StringComparison.Ordinal)
            + Set("async Task SetAsync", body, "await Task.Delay(5)"))]);

    private static string Set(string head, string body, string call) =>
        $"static {head}() {{ {body.Replace("CALL", call, StringComparison.Ordinal)} }}";

    [Theory]
    // Behind the loop something counts on being reached.
    [InlineData("while (!ct.IsCancellationRequested) { @ } Console.Write(1);", "")]
    [InlineData("do { @ } while (!ct.IsCancellationRequested); Console.Write(1);", "")]
    [InlineData("for (;;) { if (ct.IsCancellationRequested) break; @ } Console.Write(1);", "")]
    [InlineData("{ while (!ct.IsCancellationRequested) { @ } } Console.Write(1);", "")]
    [InlineData("while (!ct.IsCancellationRequested) { @ }", ", ct")]
    [InlineData("for (var i = 0; i < 3; i++) { @ } Console.Write(1);", ", ct")]
    [InlineData("for (;;) { ct.ThrowIfCancellationRequested(); @ }", ", ct")]
    public Task A_loop_that_polls_its_token_ends_as_it_did(string code, string token)
    {
        string Method(string call) => $"async Task M(CancellationToken ct) {{ await Task.Yield(); "
            + $"{code.Replace("@", call, StringComparison.Ordinal)} }}";
        return FixAssert.BecomesAsync(Blocking, Method("[|Thread.Sleep(5)|];"), Method($"await Task.Delay(5{token});"));
    }
}
