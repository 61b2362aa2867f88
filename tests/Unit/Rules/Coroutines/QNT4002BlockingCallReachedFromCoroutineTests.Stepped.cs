using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Members that nobody names: the steps behind the contract of an enumerator, and what fills a collection.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    [Theory]
    [InlineData("bool MoveNext() { {0}; return false; } public int Current => 1; public void Dispose() { }")]
    [InlineData("bool MoveNext() => true; public int Current { get { {0}; return 1; } } public void Dispose() { }")]
    [InlineData("bool MoveNext() => true; public int Current => 1; public void Dispose() => {0};")]
    public async Task Who_walks_steps_with_the_enumerator_that_was_made(string steps)
    {
        var source = "class Tape : IEnumerable<int> { public IEnumerator<int> GetEnumerator() => new Reader(); "
            + "System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); "
            + "sealed class Reader : IEnumerator<int> { object System.Collections.IEnumerator.Current => Current; public void Reset() { } "
            + "public " + steps + " } } class C { async Task M(Tape tape) { await Task.Yield(); {1} } }";
        await Flags(source.Replace("{0}", "Thread.Sleep(9)").Replace("{1}", "foreach (var one in [|tape|]) { }"));
        await Flags(source.Replace("{0}", "Thread.Sleep(9)").Replace("{1}", "var all = [|tape|].ToList();"));
        await Allows(source.Replace("{0}", "Thread.Yield()").Replace("{1}", "foreach (var one in tape) { }"));
        await Allows(source.Replace("{0}", "Thread.Sleep(9)").Replace("{1}", "GC.KeepAlive(tape);"));
    }

#if !OLDEST_ROSLYN
    [Theory]
    [InlineData("public void Add(string one) => {0};", "")]
    [InlineData("public Names() => {0}; public void Add(string one) { }", "")]
    [InlineData("public void Add(string one) { }",
        "static class Maker { public static Names Of(ReadOnlySpan<string> all) { {0}; return new(); } }")]
    public async Task A_collection_expression_calls_what_makes_and_fills_it(string members, string maker)
    {
        var attribute = maker.Length > 0 ? "[System.Runtime.CompilerServices.CollectionBuilder(typeof(Maker), \"Of\")]\n" : "";
        var source = attribute + "class Names : IEnumerable<string> { " + members + " public IEnumerator<string> GetEnumerator() => null; "
            + "System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null; } " + maker
            + "class C { async Task M() { await Task.Yield(); {1}; } }";
        await Flags(source.Replace("{0}", "Thread.Sleep(9)").Replace("{1}", "Names names = [|[\"a\", \"b\"]|]"));
        await Allows(source.Replace("{0}", "Thread.Yield()").Replace("{1}", "Names names = [\"a\", \"b\"]"));
        await Allows(source.Replace("{0}", "Thread.Sleep(9)").Replace("{1}", "List<string> names = [\"a\", \"b\"]"));
    }
#endif
}
