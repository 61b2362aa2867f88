using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// A bus, a reducer, a handler of commands: what it does depends on the type of what it is given.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    [Theory]
    [InlineData("[|Post(new Save())|];")]
    [InlineData("[|Post(new QuietSave())|];")]
    [InlineData("var made = new Save(); [|Post(made)|];")]
    [InlineData("[|Forward(new Save())|];")]
    public Task What_is_given_is_of_the_type_that_blocks(string call) => Flags(Bus(call));

    // Each with one fact changed: the type of what is made.
    [Theory]
    [InlineData("Post(new Open());")]
    [InlineData("var made = new Open(); Post(made);")]
    [InlineData("Forward(new Open());")]
    [InlineData("Post(Any());")]
    public Task What_is_given_is_of_another_type(string call) => Allows(Bus(call));

    [Theory]
    [InlineData("switch (command) { case Save save: File.WriteAllText(\"a\", save.Text); break; }")]
    [InlineData("_ = command switch { Save save => Written(save.Text), _ => 0 };")]
    [InlineData("if (command is Save { Text: \"a\" } save) File.WriteAllText(\"a\", save.Text);")]
    [InlineData("if (command is Save && command != null) File.WriteAllText(\"a\", \"b\");")]
    [InlineData("if (!(command is Save)) return; File.WriteAllText(\"a\", \"b\");")]
    public async Task The_type_is_asked_for_in_many_ways(string body)
    {
        await Flags(Bus("[|Post(new Save())|];", body));
        await Allows(Bus("Post(new Open());", body));
    }

    // The type is not what decides: another way leads there too.
    [Theory]
    [InlineData("if (command is Save) { } File.WriteAllText(\"a\", \"b\");")]
    [InlineData("if (command is Save) { command = new Open(); } File.WriteAllText(\"a\", \"b\");")]
    public Task Another_type_gets_there_too(string body) => Flags(Bus("[|Post(new Open())|];", body));

    // What is done for something is not done for nothing.
    [Theory]
    [InlineData("if (book != null) File.WriteAllText(book.Path, text);")]
    [InlineData("if (null == book) { } else File.WriteAllText(book.Path, text);")]
    [InlineData("if (book is not null) File.WriteAllText(book.Path, text);")]
    [InlineData("if (book is { } open) File.WriteAllText(open.Path, text);")]
    [InlineData("if (book is null) return; File.WriteAllText(book.Path, text);")]
    [InlineData("book?.Write(text);")]
    [InlineData("if (!string.IsNullOrEmpty(text)) File.WriteAllText(\"a\", text);", "Save(null, new Book())")]
    public async Task Nothing_is_given(string body, string nothing = "Save(\"a\")")
    {
        await Flags(Booked("[|Save(\"a\", new Book())|];", body));
        await Flags(Booked("[|Save(\"a\", Any())|];", body));
        await Allows(Booked(nothing + ";", body));
        await Allows(Booked("Forward(null);", body));
    }

    // Null is not what decides: the body gives the parameter something, or does its work either way.
    [Theory]
    [InlineData("book ??= new Book(); if (book != null) File.WriteAllText(book.Path, text);")]
    [InlineData("if (book == null) book = new Book(); if (book is not null) File.WriteAllText(book.Path, text);")]
    [InlineData("if (book != null) { } File.WriteAllText(\"a\", text);")]
    [InlineData("book?.Open(); File.WriteAllText(\"a\", text);")]
    public Task Nothing_is_given_and_it_is_done(string body) => Flags(Booked("[|Save(\"a\", null)|];", body));

    private static string Booked(string call, string body) =>
        $$"""
        class Book
        {
            public string Path => "a";
            public void Open() { }
            public void Write(string text) => File.WriteAllText(Path, text);
        }
        class C
        {
            public async Task M()
            {
                await Task.Yield();
                {{call}}
            }
            Book Any() => null;
            void Forward(Book book) => Save(null, book);
            void Save(string text, Book book = null)
            {
                {{body}}
            }
        }
        """;

    private static string Bus(string call, string body = "if (command is Save save) File.WriteAllText(\"a\", save.Text);") =>
        $$"""
        class Command { }
        class Save : Command { public string Text => "a"; }
        class QuietSave : Save { }
        class Open : Command { }
        class C
        {
            public async Task M()
            {
                await Task.Yield();
                {{call}}
            }
            void Forward(Command command) => Post(command);
            Command Any() => null;
            int Written(string text) { File.WriteAllText("a", text); return 1; }
            void Post(Command command)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("public async ValueTask LoadAsync() => await File.ReadAllTextAsync(\"a\");", "await A.LoadAsync")]
    [InlineData("public async Task LoadAsync() { await Task.Yield(); Thread.Sleep(1); }", "await A.LoadAsync")]
    [InlineData("public void LoadAsync() { }", "await File.ReadAllTextAsync")]
    [InlineData("public async Task LoadAsync() { await Task.Yield(); Load(); }", "await File.ReadAllTextAsync")]
    public async Task The_form_beside_it_is_named_if_it_can_be_awaited(string form, string advice)
    {
        var code = "class A { public void Load() => File.ReadAllText(\"a\"); " + form + " }\n"
            + "class D { async Task M(A a) { await Task.Yield(); [|a.Load()|]; } }";
        await Flags(code.Replace("Yield(); Load()", "Yield(); [|Load()|]", StringComparison.Ordinal), advice);
    }

    private const string Stores =
        """
        interface IStore { int Load(); int Size { get; } }
        sealed class Disk : IStore { public int Load() => File.ReadAllText("a").Length; public int Size => File.ReadAllText("a").Length; }
        class C { public async Task M(IStore store) { await Task.Yield(); {0}; } }

        """;

    // Below a base class that leaves the member open, or lets it be replaced, stands another implementation.
    [Theory]
    [InlineData("abstract class Base : IStore { public abstract int Load(); public abstract int Size { get; } } "
        + "class Memory : Base { public override int Load() => 1; public override int Size => 1; }")]
    [InlineData("class Base : IStore { public virtual int Load() => File.ReadAllText(\"b\").Length; "
        + "public virtual int Size => File.ReadAllText(\"b\").Length; } class Memory : Base { public override int Load() => 1; "
        + "public override int Size => 1; }")]
    public async Task Another_implementation_may_stand_below_a_base_class(string others)
    {
        foreach (var call in new[] { "store.Load()", "_ = store.Size" })
        {
            await Flags(Stores.Replace("{0}", call.Replace("store.Size", "[|store.Size|]").Replace("store.Load()", "[|store.Load()|]")));
            await Allows(Stores.Replace("{0}", call) + others);
        }
    }

    private static string Pausing(string condition, string given) =>
        "static void Pause(int? n) { if (" + condition + ") Thread.Sleep(40); } public async Task M(int? n) { await Task.Yield(); "
        + given + "; }";

    [Theory]
    [InlineData("n is { } x && x > 0")]
    [InlineData("n is { }")]
    [InlineData("n.HasValue")]
    [InlineData("n is int x")]
    [InlineData("n != null")]
    [InlineData("n is not null")]
    public async Task Without_a_value_nothing_is_done(string condition)
    {
        await Flags(Pausing(condition, "[|Pause(3)|]"));
        await Allows(Pausing(condition, "Pause(null)"));
    }

    private const string Look = "static void Look(object o) { if (o is FileInfo f) File.ReadAllText(f.FullName); } ";

    [Theory]
    [InlineData("Look(\"a\")", "[|Look(new FileInfo(\"a\"))|]")]
    [InlineData("Look(text)", "[|Look(file)|]")]
    public async Task What_is_of_a_class_that_has_none_below_it_is_of_no_other(string other, string same)
    {
        const string Method = "public async Task M(string text, FileInfo file) { await Task.Yield(); {0}; }";
        await Allows(Look + Method.Replace("{0}", other));
        await Flags(Look + Method.Replace("{0}", same));
    }

    // What is passed as something more general may be of another type.
    [Theory]
    [InlineData("object o", "Look(o)", false)]
    [InlineData("IDisposable o", "Look(o)", false)]
    [InlineData("Reports o", "Look(o)", true)]
    [InlineData("Yearly o", "Look(o)", true)]
    public async Task A_case_for_a_type_is_a_branch_for_others(string parameter, string call, bool flagged)
    {
        const string Types = "class Reports { public string Path => \"a\"; } class Yearly : Reports { } class U { "
            + "static void Look(object o) { switch (o) { case Reports r: File.ReadAllText(r.Path); break; } } ";
        var code = Types + $"public async Task M({parameter}) {{ await Task.Yield(); {{0}}; }} }}";
        if (flagged) await Flags(code.Replace("{0}", $"[|{call}|]"));
        else await Allows(code.Replace("{0}", call));
    }

    // Of a sealed class, what is bound is what runs.
    [Theory]
    [InlineData("sealed class B : A { public async Task M() { await Task.Yield(); Init(); } }", false)]
    [InlineData("sealed class B : A { } class U { public async Task M(B b) { await Task.Yield(); b.Init(); } }", false)]
    [InlineData("sealed class B : A { public override void Init() => Thread.Sleep(9); } class U { public async Task M(B b) "
        + "{ await Task.Yield(); [|b.Init()|]; } }", true)]
    public async Task A_sealed_class_runs_its_own(string type, bool flagged)
    {
        var code = "abstract class A { public virtual void Init() { } } sealed class Other : A { public override void Init() => "
            + "Thread.Sleep(9); } " + type;
        if (flagged) await Flags(code);
        else await Allows(code);
    }
}
