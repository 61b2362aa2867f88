using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Where a cascade ends because somebody has written the twin already, and what it calls those that it writes.</summary>
public sealed partial class CascadeTests
{
    private const string Chain =
        "async Task HandleAsync() { await Task.Yield(); [|Outer()|]; }\nvoid Outer() { {|1:Save(\"a\")|}; }\n"
        + "void Save(string path) => {|2:File.WriteAllText(path, \"x\")|};\n";

    [Fact]
    public Task A_twin_that_exists_is_called_further_down_too() => Becomes(
        Chain + "Task SaveAsync(string path) => File.WriteAllTextAsync(path, \"x\");",
        """
        async Task HandleAsync() { await Task.Yield(); await OuterAsync(); }
        async Task OuterAsync() { await SaveAsync("a"); }
        void Save(string path) => File.WriteAllText(path, "x");
        Task SaveAsync(string path) => File.WriteAllTextAsync(path, "x");
        """,
        "Make 'Outer' async");

    [Theory]
    // On the same thread, of another shape, not to be awaited, out of reach: it would not do instead.
    [InlineData("Task SaveAsync(string path) { Save(path); return Task.CompletedTask; }",
        "async Task SaveAsync(string path) { await Save(path); }")]
    [InlineData("Task SaveAsync(int path) => Task.CompletedTask;", "Task SaveAsync(int path) => Task.CompletedTask;")]
    [InlineData("void SaveAsync(string path) { }", "void SaveAsync(string path) { }")]
    [InlineData("[Obsolete] Task SaveAsync(string path) => Task.CompletedTask;",
        "[Obsolete] Task SaveAsync(string path) => Task.CompletedTask;")]
    public Task What_only_looks_like_a_twin_is_not_called(string other, string after) => Becomes(
        Chain + other,
        "async Task HandleAsync() { await Task.Yield(); await OuterAsync(); }\nasync Task OuterAsync() { await Save(\"a\"); }\n"
        + "async Task Save(string path) => await File.WriteAllTextAsync(path, \"x\");\n" + after,
        "Make 'Outer' async down to 'Save'");

    private static Task OfPair(string pair, string call, string awaited) => FixAssert.BecomesAsync(
        new QNT4001BlockingCallInCoroutineFix(), OfMembers($"async Task M(string p) {{ await Task.Yield(); [|{call}|]; }}\n{pair}"),
        [FixLab.Wrap($"async Task M(string p) {{ await Task.Yield(); {awaited}; }}\n{pair}")]);

    [Theory]
    // Of another meaning: the order is another, or what is left out.
    [InlineData("public void Move(string from, string to) { } public Task MoveAsync(string to, string from) => Task.CompletedTask;",
        "Move(p, p)")]
    [InlineData("public void Get(string p, int n = 1) { } public Task GetAsync(string p, int n = 2) => Task.CompletedTask;", "Get(p)")]
    [InlineData("public void Get(string p, int n = 1) { } public Task GetAsync(string p) => Task.CompletedTask;", "Get(p)")]
    [InlineData("public void Get(string path) { } public Task GetAsync(string content) => Task.CompletedTask;", "Get(p)")]
    public Task A_twin_with_other_parameters_is_none(string pair, string call) => FixAssert.RefusedAsync(
        new QNT4001BlockingCallInCoroutineFix(), OfMembers($"async Task M(string p) {{ await Task.Yield(); [|{call}|]; }}\n{pair}"));

    [Theory]
    [InlineData("public void Move(string from, string to) { } public Task MoveAsync(string from, string to) => Task.CompletedTask;",
        "Move(p, p)", "await MoveAsync(p, p)")]
    [InlineData("public void Get(string p, int n = 1) { } public Task GetAsync(string p, int n = 1) => Task.CompletedTask;",
        "Get(p)", "await GetAsync(p)")]
    [InlineData("public void Get(string p, int n = 1) { } "
        + "public Task GetAsync(string p, int n = 1, CancellationToken token = default) => Task.CompletedTask;",
        "Get(p, 2)", "await GetAsync(p, 2)")]
    public Task A_twin_with_the_same_parameters_is_awaited(string pair, string call, string awaited) => OfPair(pair, call, awaited);

    [Fact]
    public Task A_twin_on_an_interface_gets_the_token() => FixAssert.BecomesAsync(
        Reached,
        Lab([FixLab.Usings + """
            interface IStore { void Save(); Task SaveAsync(CancellationToken token = default); }
            class Store : IStore
            {
                public void Save() => {|2:File.WriteAllText("a", "x")|};
                public Task SaveAsync(CancellationToken token) => File.WriteAllTextAsync("a", "x", token);
            }
            class Desk(IStore store)
            {
                async Task HandleAsync(CancellationToken token) { await Task.Yield(); [|Outer(token)|]; }
                void Outer(CancellationToken token) { {|1:store.Save()|}; }
            }

            """]),
        [FixLab.Usings + """
            interface IStore { void Save(); Task SaveAsync(CancellationToken token = default); }
            class Store : IStore
            {
                public void Save() => File.WriteAllText("a", "x");
                public Task SaveAsync(CancellationToken token) => File.WriteAllTextAsync("a", "x", token);
            }
            class Desk(IStore store)
            {
                async Task HandleAsync(CancellationToken token) { await Task.Yield(); await OuterAsync(token); }
                async Task OuterAsync(CancellationToken token) { await store.SaveAsync(token); }
            }

            """]);

    [Fact]
    public Task A_twin_is_the_end_where_the_cause_itself_has_none() => FixAssert.BecomesAsync(
        Reached,
        FixLab.OfMembers("""
            async Task HandleAsync() { await Task.Yield(); [|Outer()|]; }
            void Outer() { {|1:Wait()|}; }
            void Wait() => {|2:new ManualResetEvent(false).WaitOne()|};
            Task WaitAsync() => Task.Delay(1);
            """),
        [FixLab.Wrap("""
            async Task HandleAsync() { await Task.Yield(); await OuterAsync(); }
            async Task OuterAsync() { await WaitAsync(); }
            void Wait() => new ManualResetEvent(false).WaitOne();
            Task WaitAsync() => Task.Delay(1);
            """)]);

    [Theory]
    [InlineData("interface IStore { string Load(); }", "string IStore.Load() => CAUSE;", "IStore",
        "interface IStore { Task<string> LoadAsync(); }", "async Task<string> IStore.LoadAsync() => CAUSE;", "LoadAsync")]
    [InlineData("interface IStore<T> { T Load(); }", "string IStore<string>.Load() => CAUSE;", "IStore<string>",
        "interface IStore<T> { Task<T> LoadAsync(); }", "async Task<string> IStore<string>.LoadAsync() => CAUSE;", "LoadAsync")]
    // The name is taken where the interface has it already.
    [InlineData("interface IStore { string Load(); void LoadAsync(); }", "string IStore.Load() => CAUSE; void IStore.LoadAsync() { }",
        "IStore",
        "interface IStore { Task<string> Load(); void LoadAsync(); }",
        "async Task<string> IStore.Load() => CAUSE; void IStore.LoadAsync() { }", "Load")]
    public Task An_explicit_implementation_is_renamed_with_its_interface(
        string contract, string member, string type, string newContract, string newMember, string name)
    {
        string Text(string contract, string member, string desk) => FixLab.Usings + $"{contract}\nclass Store : {type} {{ {member} }}\n"
            + $"class Desk({type} store) {{ async Task HandleAsync() {{ await Task.Yield(); {desk}; }} }}\n";
        return FixAssert.BecomesAsync(
            Reached,
            Lab([Text(contract, member.Replace("CAUSE", "{|1:File.ReadAllText(\"a\")|}", StringComparison.Ordinal), "[|store.Load()|]")]),
            [Text(newContract, newMember.Replace("CAUSE", "await File.ReadAllTextAsync(\"a\")", StringComparison.Ordinal),
                $"await store.{name}()")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Documentation_follows_the_new_name_whether_it_is_parsed_or_not(bool isParsed)
    {
        const string Before = """
            /// <summary>As <see cref="Load"/>, <see cref="C.Load(string)" /> and <see cref='Load'/>.</summary>
            /// <remarks>Not <see cref="Other.Load"/> or Load.</remarks>
            async Task HandleAsync() { await Task.Yield(); [|Load("a")|]; }

            // cref="Load"
            /// <summary>Reads.</summary>
            string Load(string path) => {|1:File.ReadAllText(path)|};

            class Other
            {
                /// <summary>Not <see cref="Load"/>, but <see cref="C.Load"/>.</summary>
                void Load() { }
            }
            """;
        const string After = """
            /// <summary>As <see cref="LoadAsync"/>, <see cref="C.LoadAsync(string)" /> and <see cref='LoadAsync'/>.</summary>
            /// <remarks>Not <see cref="Other.Load"/> or Load.</remarks>
            async Task HandleAsync() { await Task.Yield(); await LoadAsync("a"); }

            // cref="Load"
            /// <summary>Reads.</summary>
            async Task<string> LoadAsync(string path) => await File.ReadAllTextAsync(path);

            class Other
            {
                /// <summary>Not <see cref="Load"/>, but <see cref="C.LoadAsync"/>.</summary>
                void Load() { }
            }
            """;
        var lab = OfMembers(Before);
        return FixAssert.BecomesAsync(Reached, isParsed ? lab : lab.WithoutDocumentation(), [FixLab.Wrap(After)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Two_that_are_renamed_are_both_followed_in_one_line_of_documentation(bool isParsed)
    {
        string Text(string fetch, string load, string first, string second, string other) => FixLab.Usings
            + $"/// <summary><see cref=\"{first}\"/>, <see cref=\"{second}(string)\"/>, <see cref=\"{other}(string)\"/>.</summary>\n"
            + "class Desk { async Task M() { await Task.Yield(); " + fetch + "; } }\n" + load;
        var lab = Lab([Text("[|One.Load()|]", "static class One { public static void Load() { {|1:Two.Load(\"a\")|}; } }\n"
            + "static class Two { public static void Load(string p) => {|2:File.ReadAllText(p)|}; }\n",
            "One.Load", "Two.Load", "Two.Load")]);
        return FixAssert.BecomesAsync(Reached, isParsed ? lab : lab.WithoutDocumentation(), [Text("await One.LoadAsync()",
            "static class One { public static async Task LoadAsync() { await Two.LoadAsync(\"a\"); } }\n"
            + "static class Two { public static async Task LoadAsync(string p) => await File.ReadAllTextAsync(p); }\n",
            "One.LoadAsync", "Two.LoadAsync", "Two.LoadAsync")]);
    }

    [Fact]
    public Task Documentation_of_another_project_follows_the_new_name() => FixAssert.BecomesAsync(
        Reached,
        Lab([FixLab.Usings + "public class Store { public string Load() => {|1:File.ReadAllText(\"a\")|}; }\n"],
            [FixLab.Usings + "/// <summary><see cref=\"Store.Load\"/></summary>\n"
                + "class Desk(Store store) { async Task M() { await Task.Yield(); [|store.Load()|]; } }\n"]).WithoutDocumentation(),
        [FixLab.Usings + "public class Store { public async Task<string> LoadAsync() => await File.ReadAllTextAsync(\"a\"); }\n",
            FixLab.Usings + "/// <summary><see cref=\"Store.LoadAsync\"/></summary>\n"
                + "class Desk(Store store) { async Task M() { await Task.Yield(); await store.LoadAsync(); } }\n"]);
}
