using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests.Contexts;

/// <summary>
/// Another project of the solution, given as a compilation as editors and <c>quintet check</c> give it. One that refers to less than who
/// uses it is seen through copies of its symbols, and its bodies say the same all the same.
/// </summary>
public sealed class OtherProjectTests
{
    private const string Library =
        """
        using System; using System.IO; using System.Threading; using System.Threading.Tasks;
        namespace Library;
        public class Gate { readonly SemaphoreSlim _s = new(1); public bool Enter(int ms) => _s.Wait(ms); }
        public static class Guard
        {
            public static T Run<T>(Func<T> work) => work();
            public static async Task<T> Retry<T>(Func<T> work) { await Task.Yield(); return work(); }
            public static T Await<T>(this Task<T> task) => task.GetAwaiter().GetResult();
            public static void Keep(Action work) => _kept = work;
            static Action _kept;
        }
        public static class Held
        {
            static readonly object Gate = new();
            public static void Take() => Monitor.Enter(Gate);
            public static void Give() => Monitor.Exit(Gate);
            public static void Locked(Action work) { lock (Gate) work(); }
            public static void Unlocked(Action work) { lock (Gate) { } work(); }
        }
        public static class Disk
        {
            public static async Task Flush() => await Task.Delay(9);
            public static Task Flushed() => Task.CompletedTask;
            public static void Copy(Stream from) => from.CopyTo(Stream.Null);
            public static void Save(string text, bool flush) { if (flush) File.WriteAllText("a", text); }
            public static int Row(int[] numbers, int y)
            {
                var n = 0;
                for (var x = 0; x < numbers.Length; x++) n += numbers[x] * numbers[y];
                return n;
            }
        }
        """;

    [Theory]
    [InlineData("new Gate().Enter(10)", "QNT4002", "new Gate().Enter(0)")]
    [InlineData("Guard.Run(() => File.ReadAllText(\"a\"))", "QNT4002", "Guard.Run(() => 1)")]
    [InlineData("Guard.Run(Read)", "QNT4002", "Guard.Run(Path.GetRandomFileName)")]
    [InlineData("Guard.Retry(() => File.ReadAllText(\"a\"))", "QNT4002", "Guard.Retry(() => 1)")]
    [InlineData("task.Await()", "QNT4001", "Task.FromResult(1).Await()")]
    [InlineData("Disk.Copy(File.OpenRead(\"a\"))", "QNT4002", "Disk.Copy(new MemoryStream())")]
    [InlineData("Disk.Save(\"\", true)", "QNT4002", "Disk.Save(\"\", false)")]
    [InlineData("Guard.Run(() => { Guard.Keep(() => Thread.Sleep(1)); return File.ReadAllText(\"a\"); })", "QNT4002",
        "Guard.Keep(() => Thread.Sleep(1))")]
    [InlineData("numbers.Length; for (var y = 0; y < numbers.Length; y++) _ = Disk.Row(numbers, y)", "QNT4005",
        "numbers.Length; for (var y = 0; y < numbers.Length; y++) _ = Disk.Row(numbers, 0)")]
    public async Task What_a_call_is_given_counts_in_the_other_project_too(string does, string id, string does_not)
    {
        foreach (var refersToLess in new[] { false, true })
        {
            Assert.Equal([id], await FoundIn(does, refersToLess));
            Assert.Empty(await FoundIn(does_not, refersToLess));
        }
    }

    // Who takes a lock for others, and whose task is lost: by their names, wherever they are declared.
    [Theory]
    [InlineData("Held.Take(); try { _n++; File.ReadAllText(\"a\"); } finally { Held.Give(); }", "QNT3003",
        "Held.Take(); try { _n++; } finally { Held.Give(); } File.ReadAllText(\"a\");")]
    [InlineData("Held.Locked(() => { _n++; File.ReadAllText(\"a\"); })", "QNT3003",
        "Held.Unlocked(() => { _n++; File.ReadAllText(\"a\"); })")]
    [InlineData("Disk.Flush()", "QNT4006", "Disk.Flushed()")]
    public async Task What_a_member_of_the_other_project_tells_by_its_text_counts(string does, string id, string does_not)
    {
        Assert.Equal([id], await FoundIn(does));
        Assert.Empty(await FoundIn(does_not));

        static async Task<IEnumerable<string>> FoundIn(string statement)
        {
            var cancellation = TestContext.Current.CancellationToken;
            var library = AllRules.Compile(CSharpSyntaxTree.ParseText(Library, path: "Library.cs", cancellationToken: cancellation))
                .WithAssemblyName("Library");
            var user = AllRules.Compile(CSharpSyntaxTree.ParseText(
                "using System; using System.IO; using System.Threading.Tasks; using Library; public class User { int _n; "
                + "public void Use() { " + statement + "; } public async Task<int> CountAsync() { await Task.Yield(); Held.Take(); "
                + "try { return _n; } finally { Held.Give(); } } }", path: "User.cs", cancellationToken: cancellation));
            var found = await AllRules.DiagnoseAsync(user.AddReferences(library.ToMetadataReference()), cancellation: cancellation);
            return found.Where(static one => one.Id is "QNT3003" or "QNT4006").Select(static one => one.Id);
        }
    }

    // What our own runtime does to its callers the catalogue says, also where its source is at hand.
    [Theory]
    [InlineData("Quintet", false)]
    [InlineData("Other", true)]
    public async Task Only_the_runtime_is_not_looked_into(string name, bool isFound)
    {
        var runtime = Project(name, "namespace Quintet.Node; public static class Clock { public static void Tick() "
            + "=> System.Threading.Thread.Sleep(9); }", refersToLess: false);
        var user = Project("User", "using System.Threading.Tasks; public class User { public async Task Use() { await Task.Yield(); "
            + "Quintet.Node.Clock.Tick(); } }", refersToLess: false).AddReferences(runtime.ToMetadataReference());

        var found = await AllRules.DiagnoseAsync(user, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(isFound ? ["QNT4002"] : [], found.Where(static one => one.Id[3] == '4').Select(static one => one.Id));
    }

    // Behind the contract of one project stands that of another, which the user never names.
    [Theory]
    [InlineData("File.ReadAllText(\"a\").Length", true, true)]
    [InlineData("File.ReadAllText(\"a\").Length", false, true)]
    [InlineData("1", true, false)]
    public async Task A_contract_behind_the_contract_of_another_project_is_followed(string loads, bool refersToLess, bool isFound)
    {
        var store = Project("Store", "using System.IO; namespace Library; public interface IStore { int Load<T>(T key); } "
            + "public sealed class Disk : IStore { public int Load<T>(T key) => " + loads + "; }", refersToLess);
        var shop = Project("Shop", "namespace Library; public interface IShop { int Orders(); } "
            + "public sealed class Shop(IStore store) : IShop { public int Orders() => store.Load(1); }", refersToLess)
            .AddReferences(store.ToMetadataReference());
        var user = Project("User", "using System.Threading.Tasks; using Library; public class User(IShop shop) { "
            + "public async Task Use() { await Task.Yield(); shop.Orders(); } }", refersToLess: false)
            .AddReferences(store.ToMetadataReference(), shop.ToMetadataReference());

        var found = await AllRules.DiagnoseAsync(user, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(isFound ? ["QNT4002"] : [], found.Where(static one => one.Id[3] == '4').Select(static one => one.Id));
    }

    private static Compilation Project(string name, string code, bool refersToLess)
    {
        var project = AllRules.Compile(CSharpSyntaxTree.ParseText(
            code, path: name + ".cs", cancellationToken: TestContext.Current.CancellationToken)).WithAssemblyName(name);
        return !refersToLess ? project : project.RemoveReferences(project.References.Where(static reference =>
            reference.Display is { } path && path.Contains("AspNetCore", StringComparison.Ordinal)));
    }

    private static async Task<List<string>> FoundIn(string statement, bool refersToLess)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var library = Project("Library", Library, refersToLess);
        var user = AllRules.Compile(CSharpSyntaxTree.ParseText(
            $$"""
            using System; using System.IO; using System.Threading; using System.Threading.Tasks; using Library;
            public class User
            {
                static string Read() => File.ReadAllText("a");
                public async Task Use(Task<int> task, int[] numbers) { await Task.Yield(); _ = {{statement}}; }
            }
            """.Replace("_ = Guard.Keep", "Guard.Keep").Replace("_ = Disk.Copy", "Disk.Copy").Replace("_ = Disk.Save", "Disk.Save"),
            path: "User.cs", cancellationToken: cancellation));

        var found = await AllRules.DiagnoseAsync(user.AddReferences(library.ToMetadataReference()), cancellation: cancellation);

        return [.. found.Where(static one => one.Id is "QNT4001" or "QNT4002" or "QNT4005").Select(static one => one.Id)];
    }
}
