namespace Quintet.Tests.BuildTasks;

/// <summary>
/// A project away, the analyzers find what they find in one project: from the library's source, and from both ways that a compiler writes
/// its bodies. Each row stands beside one that differs in one fact.
/// </summary>
public sealed class SameAsFromSourceTests
{
    private const string Read = "File.ReadAllText(\"a\")";

    [Theory]
    [InlineData("public class T { public string Load() => " + Read + "; public Task<string> LoadAsync() => null; }", "new T().Load();",
        "QNT4002")]
    [InlineData("public class T { public string Load() => \"\"; public Task<string> LoadAsync() => null; }", "new T().Load();", "")]
    public Task A_type_with_a_name_of_one_letter_can_have_a_twin(string library, string statements, string expected) =>
        Same(library, statements, expected);

    [Theory]
    [InlineData("public void Step() => base.Step();", "QNT4002")]
    [InlineData("public void Step() { }", "")]
    public Task What_a_base_does_is_not_what_its_override_does(string answer, string expected) => Same(
        "public class B { public virtual void Step() => " + Read + "; } public class T : B { "
        + answer.Replace("public", "public override", StringComparison.Ordinal) + " }", "new T().Step();", expected);

    [Theory]
    [InlineData("B b = new T(); b.Load();", "QNT4002")]
    [InlineData("B b = new Q(); b.Load();", "")]
    public Task A_new_object_answers_for_itself(string statements, string expected) => Same(
        "public abstract class B { public abstract void Load(); } public class T : B { public override void Load() => " + Read + "; } "
        + "public class Q : B { public override void Load() { } }", statements, expected);

    [Theory]
    [InlineData("T.Go(7);", "QNT4002")]
    [InlineData("T.Go(0);", "")]
    public Task A_time_of_zero_waits_for_nothing_whatever_it_is_called(string statements, string expected) => Same(
        "public static class T { static readonly SemaphoreSlim S = new(0); public static bool Go(int ms) => S.Wait(ms); }",
        statements, expected);

    [Theory]
    [InlineData("T.Go(Task.Delay(9), 7);", "QNT4001")]
    [InlineData("T.Go(Task.Delay(9), 0);", "")]
    [InlineData("T.Go(Task.CompletedTask, 7);", "")]
    public Task A_time_of_zero_is_asked_for_beside_the_task(string statements, string expected) => Same(
        "public static class T { public static bool Go(Task t, int ms) => t.Wait(ms); }", statements, expected);

    [Theory]
    [InlineData("MemoryStream", "")]
    [InlineData("FileStream", "QNT4001")]
    public Task A_stream_that_derives_from_memory_is_in_memory(string parent, string expected) => Same(
        $"public class T : {parent} {{ public T() : base({(parent == "FileStream" ? "\"a\", FileMode.Open" : "")}) {{ }} }}",
        "Stream s = new T(); s.CopyTo(Stream.Null);", expected);

    [Theory]
    [InlineData("Load", "QNT4002")]
    [InlineData("Log", "QNT4003")]
    [InlineData("LogIn", "QNT4002")]
    public Task What_is_called_logging_writes_on_purpose(string name, string expected) => Same(
        $"public static class T {{ public static void {name}(string s) => File.AppendAllText(\"a\", s); }}", $"T.{name}(\"b\");", expected);

    [Theory]
    [InlineData("Store", "QNT4002")]
    [InlineData("AppLogger", "")]
    public Task A_logger_is_nobodys_reason(string name, string expected) => Same(
        $"public static class {name} {{ public static void Put(string s) => File.AppendAllText(\"a\", s); }} "
        + $"public static class T {{ public static void Go() => {name}.Put(\"b\"); }}", "T.Go();", expected);

    [Theory]
    [InlineData("public override string ToString() => " + Read + ";", "QNT4002")]
    [InlineData("public override string ToString() => \"b\";", "")]
    public Task What_becomes_text_is_asked_for_it(string member, string expected) =>
        Same($"public class T {{ {member} }}", "var t = new T(); var s = $\"{t}\";", expected);

    [Theory]
    [InlineData("static Task<int> Get() { Thread.Sleep(9); return Task.Run(() => 1); } public static int Go() => Get().Result;", "QNT4002")]
    [InlineData("static Task<int> Get() => Task.FromResult(1); public static int Go() => Get().Result;", "")]
    [InlineData("static async Task<int> Get() => 1; public static int Go() => Get().Result;", "")]
    [InlineData("static async Task<int> Get() { await Task.Delay(9); return 1; } public static int Go() => Get().Result;", "QNT4002")]
    [InlineData("static ValueTask<int> Get() => new(1); public static int Go() => Get().Result;", "")]
    public Task A_task_that_is_complete_is_no_wait_in_a_library(string members, string expected) =>
        Same($"public static class T {{ {members} }}", "T.Go();", expected);

    [Theory]
    [InlineData("Task<int> Go() => Task.FromResult(1);", "")]
    [InlineData("Task<int> Go() => Task.Run(() => 1);", "QNT4001")]
    [InlineData("async Task<int> Go() => 1;", "")]
    [InlineData("async Task<int> Go() { await Task.Delay(9); return 1; }", "QNT4001")]
    [InlineData("Task<int> Go(int n = 1) => n > 7 ? Task.Run(() => 1) : Task.FromResult(1);", "QNT4001")]
    public Task A_task_that_a_library_gives_complete_is_no_wait(string member, string expected) =>
        Same($"public static class T {{ public static {member} }}", "_ = T.Go().Result;", expected);

    [Theory]
    [InlineData("public int S() => T.Go();", "")]
    [InlineData("public int S() => T.GoAsync().Result;", "QNT4004")]
    public Task What_waits_in_a_library_is_told_there(string member, string expected) => Same(
        "public static class T { public static async Task<int> GoAsync() { await Task.Delay(9); return 1; } "
        + "public static int Go() => GoAsync().Result; }", member, expected);

    [Theory]
    [InlineData("a();", "QNT4002")]
    [InlineData("System.Linq.Enumerable.ToList(System.Linq.Enumerable.Select(new[] { 1 }, n => n));", "")]
    public Task A_lambda_is_reached_through_whom_it_is_given_to(string body, string expected) => Same(
        $"public static class T {{ public static void Run(Action a) {{ {body} }} }}", "T.Run(() => " + Read + ");", expected);

    [Theory]
    [InlineData("System.Linq.Enumerable.ToList(System.Linq.Enumerable.Select(s, f))", "")]
    [InlineData("new List<int> { f(s[0]) }", "QNT4002")]
    public Task A_query_of_a_library_need_not_run_what_it_is_given(string result, string expected) => Same(
        $"public static class T {{ public static List<int> Map(List<string> s, Func<string, int> f) => {result}; }}",
        "T.Map(new List<string>(), p => File.ReadAllText(p).Length);", expected);

    private static async Task Same(string library, string statements, string expected)
    {
        Assert.Equal(expected, await TwoProjects.FromSource(library, statements));
        Assert.Equal(expected, await TwoProjects.FromBodies(library, statements, optimised: true));
        Assert.Equal(expected, await TwoProjects.FromBodies(library, statements, optimised: false));
    }
}
