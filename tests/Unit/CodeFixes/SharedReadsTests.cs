using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Work that leaves its thread and reads what stays behind: the title says so.</summary>
public sealed class SharedReadsTests
{
    private const string Window = "namespace System.Windows.Forms { public class Form { } }\n";

    private static readonly QNT5002CpuBoundWorkOnEventLoopFix Loop = new();

    private static string View(string members) => FixLab.Usings + "class View : System.Windows.Forms.Form\n{\n"
        + "    readonly List<string> _items = []; readonly int[] _primes = [2, 3, 5]; int _count, _fixed = 3;\n"
        + "    void OnAdd(object? s, EventArgs e) { _items.Add(\"a\"); _count++; }\n"
        + "    static long Sum(IEnumerable<string> xs) => xs.Count(); static long Burn(params int[] xs) => xs.Length;\n"
        + "    long Own() { long r = 0; foreach (var x in _items) r += x.Length; return r; }\n"
        + "    long Counted() => Deeper(2); long Deeper(int n) => n * _count; long Prime() => _primes[2] + _fixed;\n"
        + "    long Locked() { lock (_items) return _items.Count; }\n"
        + members + "\n}\n";

    private static async Task<string> TitleAsync(string statements, string members = "")
    {
        var lab = FixLab.Of([View($"    async void On(object? s, EventArgs e) {{ {statements} await Task.Yield(); }}\n{members}"), Window])
            .With(FindingProperties.Context, "EventLoop").With(FindingProperties.Moves, "Goroutines,Multiprocessing");
        return (await lab.ActionsAsync(Loop)).Single(static action => action.EquivalenceKey == "QNT5002.TaskRun").Title
            .Split("its result comes back to this thread")[1];
    }

    [Theory]
    // As an argument, under another name, walked later, in a method, two calls down, in statements.
    [InlineData("Console.Write([|Sum(_items)|]);", " (reads '_items' on another thread)")]
    [InlineData("var all = _items; Console.Write([|Sum(all)|]);", " (reads '_items' on another thread)")]
    [InlineData("Console.Write([|Sum(_items.Where(x => x != \"\"))|]);", " (reads '_items' on another thread)")]
    [InlineData("Console.Write([|Own()|]);", " (reads '_items' on another thread)")]
    [InlineData("Console.Write([|Counted()|]);", " (reads '_count' on another thread)")]
    [InlineData("var r = 0L; [|for (var i = 0; i < _count; i++) r += Own();|]", " (reads '_count', '_items' on another thread)")]
    public async Task What_others_change_meanwhile_is_named(string statements, string note) =>
        Assert.Equal(note, await TitleAsync(statements));

    [Theory]
    // A copy, a value that is read before, what nobody changes, what is locked.
    [InlineData("Console.Write([|Sum(_items.ToList())|]);")]
    [InlineData("var all = _items.ToArray(); Console.Write([|Sum(all)|]);")]
    [InlineData("Console.Write([|Burn(_count)|]);")]
    [InlineData("Console.Write([|Burn(_items.Count)|]);")]
    [InlineData("Console.Write([|Burn(_primes)|]);")]
    [InlineData("Console.Write([|Prime()|]);")]
    [InlineData("Console.Write([|Locked()|]);")]
    public async Task What_nobody_changes_is_not(string statements) => Assert.Equal("", await TitleAsync(statements));

    [Fact]
    public async Task An_object_with_state_of_its_own_is_named_too()
    {
        const string Models = "    class Model { public int Size; } class Fixed(int size) { public int Size { get; } = size; }\n"
            + "    readonly Model _model = new(); readonly Fixed _fix = new(2); static long Of(object m) => 1;";
        Assert.Equal(" (reads '_model' on another thread)", await TitleAsync("Console.Write([|Of(_model)|]); _model.Size++;", Models));
        Assert.Equal("", await TitleAsync("Console.Write([|Of(_fix)|]);", Models));
    }

    [Fact]
    public async Task It_is_said_beside_what_else_is_to_be_said()
    {
        var lab = FixLab.Of([View("    void On(object? s, EventArgs e) { Console.Write([|Own()|]); }"), Window])
            .With(FindingProperties.Context, "EventLoop").With(FindingProperties.Moves, "Goroutines,Multiprocessing");
        Assert.Contains("(the handler can run again while it awaits; reads '_items' on another thread)",
            (await lab.ActionsAsync(Loop))[0].Title, StringComparison.Ordinal);
    }
}
