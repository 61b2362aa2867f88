using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

public sealed class QNT3008LockHeldAcrossAwaitFixTests
{
    private const string Held =
        "async Task SaveAsync() { {|1:Monitor.Enter(_gate)|}; try { [|await Task.Delay(1)|]; } finally { Monitor.Exit(_gate); } }\n";
    private const string Awaited =
        "async Task SaveAsync() { await _gate.WaitAsync(); try { await Task.Delay(1); } finally { _gate.Release(); } }\n";

    private static readonly QNT3008LockHeldAcrossAwaitFix Fix = new();

    private static Task Becomes(string members, string expected, string? title = null) =>
        FixAssert.BecomesAsync(Fix, members, expected, title);

    /// <summary>Beside a lock that could be converted stands what forbids it.</summary>
    private static Task Refused(string beside, string gate = "readonly object _gate = new();\n") =>
        FixAssert.RefusedAsync(Fix, gate + "int _count;\n" + Held + beside);

    [Fact]
    public Task A_monitor_becomes_a_semaphore() => Becomes(
        """
        // one writer at a time
        private readonly object _gate = new(); // guards the file

        async Task SaveAsync()
        {
            // wait for the other writer
            {|1:Monitor.Enter(_gate)|}; // here
            try
            {
                [|await Task.Delay(1)|];
            }
            finally
            {
                Monitor.Exit(_gate); // let the next one in
            }
        }
        """,
        """
        // one writer at a time
        private readonly SemaphoreSlim _gate = new(1, 1); // guards the file

        async Task SaveAsync()
        {
            // wait for the other writer
            await _gate.WaitAsync(); // here
            try
            {
                await Task.Delay(1);
            }
            finally
            {
                _gate.Release(); // let the next one in
            }
        }
        """,
        "Make '_gate' a SemaphoreSlim and await it");

    [Fact]
    public Task Every_other_use_goes_along() => Becomes(
        """
        readonly object _gate = new object();
        int _count;

        async Task SaveAsync(CancellationToken token)
        {
            bool taken = false;
            try
            {
                {|1:Monitor.Enter(_gate, ref taken)|};
                [|await Task.Delay(_count, token)|];
            }
            finally
            {
                if (taken) Monitor.Exit(_gate);
            }
        }

        void Add(int n)
        {
            // count it
            lock (_gate) // in short
            {
                _count += n; // one more
            }
        }

        async Task ClearAsync(CancellationToken token)
        {
            lock (this._gate) _count = 0;
            await Task.Yield();
        }

        int Read()
        {
            lock (_gate) return _count;
        }

        bool TryAdd()
        {
            if (!Monitor.TryEnter(_gate)) return false;
            try { _count++; return true; } finally { Monitor.Exit(_gate); }
        }
        """,
        """
        readonly SemaphoreSlim _gate = new SemaphoreSlim(1, 1);
        int _count;

        async Task SaveAsync(CancellationToken token)
        {
            bool taken = false;
            try
            {
                await _gate.WaitAsync(token);
                taken = true;
                await Task.Delay(_count, token);
            }
            finally
            {
                if (taken) _gate.Release();
            }
        }

        void Add(int n)
        {
            // count it
            _gate.Wait(); // in short
            try
            {
                _count += n; // one more
            }
            finally
            {
                _gate.Release();
            }
        }

        async Task ClearAsync(CancellationToken token)
        {
            await this._gate.WaitAsync(token);
            try
            {
                _count = 0;
            }
            finally
            {
                this._gate.Release();
            }
            await Task.Yield();
        }

        int Read()
        {
            _gate.Wait();
            try
            {
                return _count;
            }
            finally
            {
                _gate.Release();
            }
        }

        bool TryAdd()
        {
            if (!_gate.Wait(0)) return false;
            try { _count++; return true; } finally { _gate.Release(); }
        }
        """);

    [Fact]
    public Task Two_locks_in_one_block() => Becomes(
        "readonly object _gate = new(); int _count; " + Held
        + "void Twice() { lock (_gate) { _count++; } Console.Write(1); lock (_gate) { _count--; } }",
        "readonly SemaphoreSlim _gate = new(1, 1); int _count; " + Awaited
            + "void Twice() { _gate.Wait(); try { _count++; } finally { _gate.Release(); } Console.Write(1); _gate.Wait(); try { "
            + "_count--; } finally { _gate.Release(); } }");

    [Fact]
    public Task Without_a_try_it_gets_one() => Becomes(
        """
        readonly object _gate = new();

        async Task SaveAsync(CancellationToken token)
        {
            {|1:Monitor.Enter(_gate)|};
            // slow
            [|await Task.Delay(1, token)|];
            Monitor.Exit(_gate); // done
            await Task.Yield();
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1);

        async Task SaveAsync(CancellationToken token)
        {
            await _gate.WaitAsync(token);
            try
            {
                // slow
                await Task.Delay(1, token);
            }
            finally
            {
                _gate.Release();
            } // done
            await Task.Yield();
        }
        """);

    [Fact]
    public Task Taken_inside_the_try_it_is_not_given_up_for_a_token() => Becomes(
        "readonly object _gate = new(); async Task SaveAsync(CancellationToken token) { try { {|1:Monitor.Enter(_gate)|}; "
        + "[|await Task.Delay(1, token)|]; } finally { Monitor.Exit(_gate); } }",
        "readonly SemaphoreSlim _gate = new(1, 1); async Task SaveAsync(CancellationToken token) { try { await _gate.WaitAsync(); "
        + "await Task.Delay(1, token); } finally { _gate.Release(); } }");

    [Theory]
    [InlineData("Lock", "_gate.Enter()", "_gate.Exit()")]
    [InlineData("Mutex", "_gate.WaitOne()", "_gate.ReleaseMutex()")]
    [InlineData("ReaderWriterLockSlim", "_gate.EnterWriteLock()", "_gate.ExitWriteLock()")]
    public Task Every_kind_of_lock_that_belongs_to_its_thread(string type, string enter, string exit) => Becomes(
        $"readonly {type} _gate = new(); async Task SaveAsync() {{ {{|1:{enter}|}}; try {{ [|await Task.Delay(1)|]; }} finally {{ "
            + $"{exit}; }} }}",
        "readonly SemaphoreSlim _gate = new(1, 1); " + Awaited.Trim(),
        "Make '_gate' a SemaphoreSlim and await it");

    [Fact]
    public Task A_lock_made_in_the_constructor_is_made_a_semaphore_there() => Becomes(
        "readonly object _gate; C() { _gate = new object(); } " + Held,
        "readonly SemaphoreSlim _gate; C() { _gate = new SemaphoreSlim(1, 1); } " + Awaited);

    [Fact]
    public Task The_title_says_that_readers_wait_for_each_other() => Becomes(
        "readonly ReaderWriterLockSlim _gate = new(); int _n; int Read() { _gate.EnterReadLock(); try { return _n; } finally { "
        + "_gate.ExitReadLock(); } } async Task SaveAsync() { {|1:_gate.EnterWriteLock()|}; try { [|await Task.Delay(1)|]; } finally { "
        + "_gate.ExitWriteLock(); } }",
        "readonly SemaphoreSlim _gate = new(1, 1); int _n; int Read() { _gate.Wait(); try { return _n; } finally { _gate.Release(); } } "
        + Awaited.Trim(),
        "Make '_gate' a SemaphoreSlim and await it (readers then wait for each other)");

    [Fact]
    public Task The_namespace_is_imported() => FixAssert.BecomesAsync(
        Fix,
        FixLab.Of(["using System.Threading.Tasks;\nclass C\n{\n    readonly object _gate = new();\n    async Task SaveAsync() { "
            + "{|1:System.Threading.Monitor.Enter(_gate)|}; try { [|await Task.Delay(1)|]; } finally { "
            + "System.Threading.Monitor.Exit(_gate); } }\n}\n"]),
        ["using System.Threading;\nusing System.Threading.Tasks;\nclass C\n{\n    readonly SemaphoreSlim _gate = new(1, 1);\n"
            + "    async Task SaveAsync() { await _gate.WaitAsync(); try { await Task.Delay(1); } finally { _gate.Release(); } }\n}\n"]);

    [Fact]
    public Task All_parts_of_the_type_are_converted() => FixAssert.BecomesAsync(
        Fix,
        FixLab.Of([FixLab.Usings + "partial class C { readonly object _gate = new(); int _n; " + Held + "}\n",
            "partial class C { void Add() { lock (_gate) { _n++; } } }\n"]),
        [FixLab.Usings + "partial class C { readonly SemaphoreSlim _gate = new(1, 1); int _n; " + Awaited + "}\n",
            "partial class C { void Add() { _gate.Wait(); try { _n++; } finally { _gate.Release(); } } }\n"]);

    [Fact]
    public Task The_neighbour_of_what_is_refused_is_converted() => Becomes(
        "readonly object _gate = new(); int _count; " + Held + "void Add() { lock (_gate) _count++; } void More() { Add(); Add(); }",
        "readonly SemaphoreSlim _gate = new(1, 1); int _count; " + Awaited
        + "void Add() { _gate.Wait(); try { _count++; } finally { _gate.Release(); } } void More() { Add(); Add(); }");

    [Fact]
    public Task An_iterator_that_holds_it_only_between_its_elements_is_converted() => Becomes(
        "readonly object _gate = new(); int _count; " + Held
        + "IEnumerable<int> All() { int n; lock (_gate) { if (_count == 0) yield break; n = _count; } yield return n; }",
        "readonly SemaphoreSlim _gate = new(1, 1); int _count; " + Awaited + "IEnumerable<int> All() { int n; _gate.Wait(); "
        + "try { if (_count == 0) yield break; n = _count; } finally { _gate.Release(); } yield return n; }");

    [Theory]
    // Taken again by its holder: itself, through a call, through a property, through an interface, perhaps through a delegate.
    [InlineData("void Add() { lock (_gate) { lock (_gate) { _count++; } } }")]
    [InlineData("void Add() { lock (_gate) { More(); } } void More() { lock (_gate) _count++; }")]
    [InlineData("void Add() { lock (_gate) { Step(); } } void Step() => More(); void More() { lock (_gate) _count++; }")]
    [InlineData("void Add() { lock (_gate) { _count = Count; } } int Count { get { lock (_gate) return _count; } }")]
    [InlineData("interface IStep { void Run(); } class Step(C owner) : IStep { public void Run() => owner.More(); } "
        + "void Add(IStep step) { lock (_gate) { step.Run(); } } void More() { lock (_gate) _count++; }")]
    [InlineData("void Add(Action then) { lock (_gate) { then(); } }")]
    [InlineData("event Action? Changed; void Add() { lock (_gate) { Changed?.Invoke(); } }")]
    [InlineData("void Add() { lock (_gate) { new List<int>().ForEach(n => { lock (_gate) _count++; }); } }")]
    // Held while whoever walks the elements does what he likes.
    [InlineData("IEnumerable<int> All() { lock (_gate) { for (var i = 0; i < _count; i++) yield return i; } }")]
    [InlineData("IEnumerable<int> All() { Monitor.Enter(_gate); try { yield return _count; } finally { Monitor.Exit(_gate); } }")]
    [InlineData("IEnumerable<int> All { get { lock (_gate) { yield return _count; } } }")]
    // Used as something that a semaphore is not.
    [InlineData("void Add() { lock (_gate) { Monitor.Wait(_gate); } }")]
    [InlineData("void Add() { lock (_gate) { Monitor.PulseAll(_gate); } }")]
    [InlineData("object Gate => _gate;")]
    [InlineData("void Add() { Give(_gate); } static void Give(object gate) { lock (gate) { } }")]
    [InlineData("bool Mine() => Monitor.IsEntered(_gate);")]
    // A synchronous wait would hold the thread of a coroutine, written there or reached from it.
    [InlineData("void Add() { lock (_gate) _count++; } async Task AddAsync() { Add(); await Task.Yield(); }")]
    [InlineData("public void Add() { lock (_gate) _count++; } public async Task AddAsync() { await Task.Yield(); Step(); } "
        + "void Step() => Add();")]
    [InlineData("public int Count { get { lock (_gate) return _count; } } public async Task<int> AddAsync() { await Task.Yield(); "
        + "return Count; }")]
    // Given up elsewhere.
    [InlineData("void Begin() { Monitor.Enter(_gate); } void End() { Monitor.Exit(_gate); }")]
    [InlineData("int Add() { Monitor.Enter(_gate); if (_count > 0) { Monitor.Exit(_gate); return 1; } _count++; Monitor.Exit(_gate); "
        + "return 2; }")]
    public Task What_a_semaphore_would_break_is_refused(string beside) => Refused(beside);

    [Theory]
    [InlineData("public readonly object _gate = new();\n")]
    [InlineData("protected readonly object _gate = new();\n")]
    [InlineData("internal static readonly object _gate = new();\n")]
    [InlineData("readonly object _gate = new string('x', 1);\n")]
    [InlineData("readonly object _gate = \"x\";\n")]
    [InlineData("readonly List<int> _gate = new();\n")]
    [InlineData("object _gate => this;\n")]
    public Task A_lock_that_others_may_see_is_refused(string gate) => Refused("", gate);

    [Theory]
    [InlineData("readonly object _gate = new(), _other = new(); // two\n",
        "readonly SemaphoreSlim _gate = new(1, 1);\nreadonly object _other = new(); // two\n")]
    [InlineData("readonly object _other = new(), _gate = new object(); // two\n",
        "readonly object _other = new();\nreadonly SemaphoreSlim _gate = new SemaphoreSlim(1, 1); // two\n")]
    [InlineData("// three\nreadonly object _one = new(), _gate = new(), _other = new();\n",
        "// three\nreadonly object _one = new(), _other = new();\nreadonly SemaphoreSlim _gate = new(1, 1);\n")]
    public Task One_of_several_in_a_declaration_is_taken_out_of_it(string gate, string expected) => Becomes(
        gate + Held + "void M() { lock (_other) { } }", expected + Awaited + "void M() { lock (_other) { } }");

    [Fact]
    public Task A_named_mutex_is_refused() => FixAssert.NotOfferedAsync(
        Fix, "readonly Mutex _gate = new(false, \"all processes\"); async Task SaveAsync() { {|1:_gate.WaitOne()|}; try { "
            + "[|await Task.Delay(1)|]; } finally { _gate.ReleaseMutex(); } }");

    [Fact]
    public Task A_recursive_reader_writer_lock_is_refused() => FixAssert.NotOfferedAsync(
        Fix, "readonly ReaderWriterLockSlim _gate = new(LockRecursionPolicy.SupportsRecursion); async Task SaveAsync() { "
            + "{|1:_gate.EnterWriteLock()|}; try { [|await Task.Delay(1)|]; } finally { _gate.ExitWriteLock(); } }");
}
