using Quintet.Analyzers.Findings;
using Quintet.CodeFixes;
using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Every comment is there after a fix as often as before it, beside what it speaks of and where a reader expects it.</summary>
public sealed partial class CommentTests
{
    private static Task Becomes(Fix fix, string members, string expected, string usings = "") => FixAssert.BecomesAsync(
        fix, FixLab.OfMembers(members).With(FindingProperties.Twin, "auto"),
        [FixLab.Wrap(expected).Replace("using System.IO;", usings + "using System.IO;", StringComparison.Ordinal)]);

    [Fact]
    public Task Around_what_leaves_a_lock_for_its_front() => Becomes(
        new QNT3003LockHeldOverBlockingWorkFix(),
        """
        readonly object _gate = new(); Dictionary<string, string> _texts = new();
        void Load(string path)
        {
            // before lock
            lock (_gate) // behind lock
            { // behind brace
                // before read
                var text = [|File.ReadAllText(path)|]; // behind read
                // before store
                _texts[path] = text; // behind store
                // at end
            } // behind close
        }
        """,
        """
        readonly object _gate = new(); Dictionary<string, string> _texts = new();
        void Load(string path)
        {
            // before read
            var text = File.ReadAllText(path); // behind read
            // before lock
            lock (_gate) // behind lock
            { // behind brace
                // before store
                _texts[path] = text; // behind store
                // at end
            } // behind close
        }
        """);

    [Fact]
    public Task Around_what_leaves_a_lock_for_its_back() => Becomes(
        new QNT3003LockHeldOverBlockingWorkFix(),
        """
        readonly object _gate = new(); Dictionary<string, string> _texts = new();
        string Load(string path)
        {
            lock (_gate)
            {
                // before name
                var name = _texts[path]; // behind name
                // before return
                return [|File.ReadAllText(name)|]; // behind return
                // at end
            } // behind close
        }
        """,
        """
        readonly object _gate = new(); Dictionary<string, string> _texts = new();
        string Load(string path)
        {
            string name;
            lock (_gate)
            {
                // before name
                name = _texts[path]; // behind name
                // at end
            } // behind close
            // before return
            return File.ReadAllText(name); // behind return
        }
        """);

    [Fact]
    public Task Around_a_lock_that_gets_a_block_of_its_own() => Becomes(
        new QNT3003LockHeldOverBlockingWorkFix(),
        """
        readonly object _gate = new(); Dictionary<string, string> _texts = new();
        void Load(string path)
        {
            if (path.Length > 0) // if
                // before lock
                lock (_gate) // lock
                {
                    // before store
                    _texts[path] = [|File.ReadAllText(path)|]; // store
                } // close
            // after
        }
        """,
        """
        readonly object _gate = new(); Dictionary<string, string> _texts = new();
        void Load(string path)
        {
            if (path.Length > 0) // if
            {
                var text = File.ReadAllText(path);
                // before lock
                lock (_gate) // lock
                {
                    // before store
                    _texts[path] = text; // store
                } // close
            }
            // after
        }
        """);

    [Theory]
    [InlineData("#region read\n            var text = [|File.ReadAllText(p)|];\n            #endregion\n            _texts[p] = text;")]
    [InlineData("var text = [|File.ReadAllText(p)|];\n            #if A\n            text = \"\";\n            #endif\n"
        + "            _texts[p] = text;")]
    [InlineData("var name = _texts[p];\n            #pragma warning disable CS0168\n            _texts[p] = [|File.ReadAllText(name)|];")]
    public Task What_directives_hold_together_stays(string body) => FixAssert.RefusedAsync(
        new QNT3003LockHeldOverBlockingWorkFix(),
        "readonly object _gate = new(); Dictionary<string, string> _texts = new();\nvoid Load(string p)\n{\n    lock (_gate)\n    {\n"
        + $"            {body}\n    }}\n}}");

    [Fact]
    public Task Around_a_number_that_is_added_to_without_the_lock() => Becomes(
        new QNT3001SerialisedParallelBodyFix(),
        """
        readonly object _gate = new();
        long Sum(List<int[]> all)
        {
            var sum = 0L;
            Parallel.ForEach(all, one => // lambda
            { // brace
                // before lock
                [|lock (_gate) // lock
                { // inner
                    // before add
                    sum += one.Length; // add
                    // end
                }|] // close
                // after
            }); // call
            return sum;
        }
        """,
        """
        readonly object _gate = new();
        long Sum(List<int[]> all)
        {
            var sum = 0L;
            Parallel.ForEach(all, one => // lambda
            { // brace
                // before lock
                // lock
                // inner
                // before add
                Interlocked.Add(ref sum, one.Length); // add
                // end
                // close
                // after
            }); // call
            return sum;
        }
        """);

    [Fact]
    public Task Around_a_sum_of_each_thread() => Becomes(
        new QNT3001SerialisedParallelBodyFix(),
        """
        readonly object _gate = new();
        double Sum(List<double[]> all)
        {
            var sum = 0.0;
            Parallel.ForEach(all, one => // lambda
            { // brace
                // before lock
                [|lock (_gate) // lock
                { // inner
                    // before loop
                    foreach (var n in one) // loop
                        // before add
                        sum += n; // add
                    // end
                }|] // close
                // after
            }); // call
            return sum;
        }
        """,
        """
        readonly object _gate = new();
        double Sum(List<double[]> all)
        {
            var sum = 0.0;
            Parallel.ForEach(all, () => 0.0, (one, _, local) => // lambda
            { // brace
                // before lock
                // lock
                // inner
                // before loop
                foreach (var n in one) // loop
                    // before add
                    local += n; // add
                // end
                // close
                return local;
                // after
            }, local => { lock (_gate) sum += local; }); // call
            return sum;
        }
        """);

    [Fact]
    public Task Around_locks_that_become_a_semaphore() => Becomes(
        new QNT3008LockHeldAcrossAwaitFix(),
        """
        readonly object _gate = new(); // gate
        int _n;
        async Task SaveAsync()
        {
            // before enter
            {|1:Monitor.Enter(_gate)|}; // enter
            // first
            _n++; // second
            // third
            [|await Task.Yield()|]; // fourth
            // before exit
            Monitor.Exit(_gate); // exit
            // after
        }

        void Add()
        {
            // before
            lock (_gate) // behind
                // inner
                _n++; // plus
            // after
        }

        void One() { /* a */ lock (_gate) /* b */ _n++; /* c */ }

        void Taken()
        {
            var taken = false;
            try
            {
                // before
                Monitor.Enter(_gate, ref taken); // behind
            }
            finally { if (taken) Monitor.Exit(_gate); }
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1); // gate
        int _n;
        async Task SaveAsync()
        {
            // before enter
            await _gate.WaitAsync(); // enter
            try
            {
                // first
                _n++; // second
                // third
                await Task.Yield(); // fourth
            }
            finally
            {
                // before exit
                _gate.Release();
            } // exit
            // after
        }

        void Add()
        {
            // before
            _gate.Wait(); // behind
            try
            {
                // inner
                _n++; // plus
            }
            finally
            {
                _gate.Release();
            }
            // after
        }

        void One() { /* a */ _gate.Wait(); /* b */ try { _n++; /* c */ } finally { _gate.Release(); } }

        void Taken()
        {
            var taken = false;
            try
            {
                // before
                _gate.Wait();
                taken = true; // behind
            }
            finally { if (taken) _gate.Release(); }
        }
        """);
}
