using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// A "may" says why it is one.
public sealed partial class QNT4003PossiblyBlockingCallInCoroutineTests
{
    [Theory]
    [InlineData("[|File.Delete(\"a\")|];", "(M → File.Delete, mostly brief)")]
    [InlineData("if (n < 0) { [|Thread.Sleep(1)|]; throw new Exception(); }", "(M → Thread.Sleep, on a rare path)")]
    [InlineData("[|Maybe(n)|];", "(M → Maybe → Thread.Sleep, on a branch of 'Maybe')")]
    [InlineData("[|Guarded()|];", "(M → Guarded → Thread.Sleep, after an exception)")]
    [InlineData("[|s.Count()|];", "(M → Count → Thread.Sleep, in one of several implementations)")]
    [InlineData("[|Kept()|];", "(M → Kept → File.ReadAllText, the first time only)")]
    public Task The_message_says_why_it_may_not_happen(string statements, string path) => Flags(
        """
        interface IStock { int Count(); }
        class FileStock : IStock { public int Count() { Thread.Sleep(1); return 1; } }
        class FixedStock : IStock { public int Count() => 1; }
        class C
        {
            string _kept;
            void Maybe(int n) { if (n > 3) Console.Write(n); else Thread.Sleep(1); }
            void Guarded() { try { Console.Write(1); } catch (Exception) { Thread.Sleep(1); } }
            string Kept() { if (_kept == null) _kept = File.ReadAllText("a"); return _kept; }
        """
        + " public async Task M(int n, IStock s) { await Task.Yield(); " + statements + " } }", path);
}
