using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Work in the middle of a lock goes before it, work at the end goes behind it, where the data allow either.</summary>
public sealed class LockMiddleAndTailTests
{
    private const string Fields =
        "readonly object _gate = new(); readonly List<int> _items = new(); string _last = \"\"; long _sum; int _count; "
        + "event Action? Changed;\n";

    private static readonly QNT3003LockHeldOverBlockingWorkFix Fix = new();

    private static Task Becomes(string members, string expected, string? title = null) =>
        FixAssert.BecomesAsync(Fix, Fields + members, Fields + expected, title);

    private static Task NotOffered(string members) => FixAssert.NotOfferedAsync(Fix, Fields + members);

    [Fact]
    public Task What_stands_behind_a_look_at_the_state_goes_before_the_lock() => Becomes(
        """
        public void Load(string path)
        {
            lock (_gate)
            {
                // as it was
                var before = _last;
                _last = [|File.ReadAllText(path)|];
                _count += before.Length;
            }
        }
        """,
        """
        public void Load(string path)
        {
            var last = File.ReadAllText(path);
            lock (_gate)
            {
                // as it was
                var before = _last;
                _last = last;
                _count += before.Length;
            }
        }
        """,
        "Run 'File.ReadAllText' before the lock (two threads can then run it at once; who takes the lock last wins)");

    [Fact]
    public Task It_takes_along_what_it_needs_and_leaves_the_rest() => Becomes(
        """
        public void Load(string folder)
        {
            lock (_gate)
            {
                var seen = _items.Contains(1);
                var path = Path.Combine(folder, "a");
                var next = _count + 1;
                var text = [|File.ReadAllText(path)|]; // slow
                _last = text;
                _count = seen ? next : 0;
            }
        }
        """,
        """
        public void Load(string folder)
        {
            var path = Path.Combine(folder, "a");
            var text = File.ReadAllText(path); // slow
            lock (_gate)
            {
                var seen = _items.Contains(1);
                var next = _count + 1;
                _last = text;
                _count = seen ? next : 0;
            }
        }
        """);

    [Fact]
    public Task What_stands_before_a_change_leaves_and_what_stands_behind_it_stays() => Becomes(
        "public void Load(string a, string b) { lock (_gate) { var x = [|File.ReadAllText(a)|]; _count++; var y = File.ReadAllText(b); "
            + "_last = x + y; } }",
        "public void Load(string a, string b) { var x = File.ReadAllText(a); lock (_gate) { _count++; var y = File.ReadAllText(b); "
            + "_last = x + y; } }");

    [Theory]
    // A change of state comes first: others could see that it comes later now, or not at all when the work throws.
    [InlineData("_count++;")]
    [InlineData("_items.Add(1);")]
    [InlineData("Begin();")]
    [InlineData("Changed += null;")]
    [InlineData("var x = File.ReadAllText(path); _count++;")]
    public Task What_stands_behind_a_change_stays(string change) => NotOffered(
        $"public void Load(string path) {{ lock (_gate) {{ {change} var text = [|File.ReadAllText(path)|]; _last = text; }} }} "
            + "void Begin() => _count++;");

    [Theory]
    // The near misses of the two above: a guard, a value from the lock, a caller who is not known, a device, a wake-up.
    [InlineData("public void Load(string path) { lock (_gate) { if (_count > 3) return; _last = [|File.ReadAllText(path)|]; } }")]
    [InlineData("public void Load(string path) { lock (_gate) { if (_count > 3) throw new InvalidOperationException(); "
        + "_last = [|File.ReadAllText(path)|]; } }")]
    [InlineData("public void Load(string path) { lock (_gate) { var file = path + _count; _last = [|File.ReadAllText(file)|]; } }")]
    [InlineData("public void Load(string path) { lock (_gate) { Changed?.Invoke(); _last = [|File.ReadAllText(path)|]; } }")]
    [InlineData("public void Load(string path) { lock (_gate) { File.Delete(path + 1); _last = [|File.ReadAllText(path)|]; } }")]
    [InlineData("public void Load(Task<string> text, ManualResetEventSlim go) { lock (_gate) { go.Set(); _last = [|text.Result|]; } }")]
    [InlineData("public void Load(string path) { lock (_gate) { Begin(); _last = [|File.ReadAllText(path)|]; } } "
        + "protected virtual void Begin() => _count++;")]
    [InlineData("public void Load(string path) { lock (_gate) { path += _count; _last = [|File.ReadAllText(path)|]; } }")]
    public Task What_depends_on_what_stands_before_it_stays(string members) => NotOffered(members);

    [Fact]
    public Task A_method_of_our_own_that_only_looks_may_stay_behind() => Becomes(
        "public void Load(string path) { lock (_gate) { var many = Many(); _last = [|File.ReadAllText(path)|]; _sum = many ? 1 : 0; } } "
            + "bool Many() => _count > 3;",
        "public void Load(string path) { var last = File.ReadAllText(path); lock (_gate) { var many = Many(); _last = last; "
            + "_sum = many ? 1 : 0; } } bool Many() => _count > 3;");

    [Fact]
    public async Task A_pause_behind_a_change_goes_behind_the_lock_and_not_before_it()
    {
        var actions = await FixLab.OfMembers(Fields + "public void Step() { lock (_gate) { _count++; [|Thread.Sleep(100)|]; } }")
            .ActionsAsync(Fix);
        Assert.Equal(["Run 'Thread.Sleep' after the lock (two threads can then run it at once)"], actions.Select(static one => one.Title));
    }

    [Fact]
    public Task What_works_on_a_copy_goes_behind_the_lock() => Becomes(
        """
        public long Total()
        {
            lock (_gate)
            {
                _count++;
                var copy = _items.ToArray(); // as of now

                // the long part
                return [|Sum(copy)|];
            }
        }

        static long Sum(int[] values) { Thread.Sleep(1000); return values.Sum(); }
        """,
        """
        public long Total()
        {
            int[] copy;
            lock (_gate)
            {
                _count++;
                copy = _items.ToArray(); // as of now
            }
            // the long part
            return Sum(copy);
        }

        static long Sum(int[] values) { Thread.Sleep(1000); return values.Sum(); }
        """,
        "Run 'Sum' after the lock (two threads can then run it at once)");

    [Fact]
    public Task A_pause_at_the_end_goes_behind_the_lock() => Becomes(
        """
        public void Step()
        {
            lock (_gate)
            {
                if (_count == 9) return;
                _count++;
                [|Thread.Sleep(100)|];
            }

            Changed?.Invoke();
        }
        """,
        """
        public void Step()
        {
            lock (_gate)
            {
                if (_count == 9) return;
                _count++;
            }
            Thread.Sleep(100);

            Changed?.Invoke();
        }
        """,
        "Run 'Thread.Sleep' after the lock (two threads can then run it at once)");

    [Theory]
    // The list itself, a copy that was handed on, a copy whose elements change, a field, a name that is taken, a second wait for the lock.
    [InlineData("public long Total() { lock (_gate) { var copy = _items; if (_count > 1) return 0; return [|Sum(copy)|]; } } "
        + "static long Sum(List<int> values) { Thread.Sleep(1000); return values.Sum(); }")]
    [InlineData("int[] _kept = new int[0]; public long Total() { lock (_gate) { var copy = _items.ToArray(); _kept = copy; "
        + "return [|Sum(copy)|]; } } static long Sum(int[] values) { Thread.Sleep(1000); return values.Sum(); }")]
    [InlineData("class Box { public int N; } readonly List<Box> _boxes = new(); public long Total() { lock (_gate) { "
        + "var copy = _boxes.ToArray(); return [|Sum(copy)|]; } } "
        + "static long Sum(Box[] values) { Thread.Sleep(1000); return values.Sum(box => box.N); }")]
    [InlineData("public void Total() { lock (_gate) { var copy = _items.ToArray(); _sum = [|Sum(copy)|]; } } "
        + "static long Sum(int[] values) { Thread.Sleep(1000); return values.Sum(); }")]
    [InlineData("public long Total() { lock (_gate) { var copy = _items.ToArray(); return [|Sum(copy)|] + _count; } } "
        + "static long Sum(int[] values) { Thread.Sleep(1000); return values.Sum(); }")]
    [InlineData("public long Total() { lock (_gate) { var copy = _items.ToArray(); if (copy.Length > 2) { return [|Sum(copy)|]; } } "
        + "lock (_gate) { var copy = 1; return copy; } } static long Sum(int[] values) { Thread.Sleep(1000); return values.Sum(); }")]
    [InlineData("public void Step() { lock (_gate) { _count++; [|Thread.Sleep(_count)|]; } }")]
    [InlineData("public void Step(string path) { lock (_gate) { _count++; [|File.WriteAllText(path, \"\")|]; } }")]
    public Task What_the_lock_still_guards_stays(string members) => NotOffered(members);
}
