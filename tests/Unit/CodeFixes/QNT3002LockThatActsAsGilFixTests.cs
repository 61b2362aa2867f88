using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

public sealed class QNT3002LockThatActsAsGilFixTests
{
    private const string Orders = "void Order() { lock (_gate) _orders++; }\nint Orders() { lock (_gate) return _orders; }\n";
    private const string Visits =
        "void Visit() { lock (_gate) _visitors.Add(1); }\nint Visitors() { lock (_gate) return _visitors.Count; }\n";
    private const string State = "int _orders; readonly List<int> _visitors = new(); readonly int _limit = 3; int _most = 5;\n";

    private static readonly QNT3002LockThatActsAsGilFix Fix = new();

    private static string Split(string members, string gate) => members.Replace("_gate", gate, StringComparison.Ordinal);

    private static Task NotOffered(string beside, string gate = "readonly object [|_gate|] = new();\n") =>
        FixAssert.NotOfferedAsync(Fix, gate + State + Orders + Visits + beside);

    private static Task Becomes(string beside, string expected) => FixAssert.BecomesAsync(
        Fix,
        "readonly object [|_gate|] = new();\n" + State + Orders + Visits + beside,
        "readonly object _ordersGate = new();\nreadonly object _visitorsGate = new();\n" + State + Split(Orders, "_ordersGate")
        + Split(Visits, "_visitorsGate") + expected);

    [Fact]
    public Task Each_group_of_fields_gets_a_lock() => FixAssert.BecomesAsync(
        Fix,
        """
        int _orders;
        readonly List<int> _visitors = new();

        // guards all of it
        private readonly object [|_gate|] = new(); // never lock on this outside

        public void Order()
        {
            lock (_gate)
            {
                _orders++;
            }
        }

        public int Orders { get { lock (this._gate) return _orders; } }

        public void Visit() { lock (_gate) _visitors.Add(1); }

        public int Visitors() { lock (_gate) return _visitors.Count; }
        """,
        """
        int _orders;
        readonly List<int> _visitors = new();

        // guards all of it
        private readonly object _ordersGate = new(); // never lock on this outside
        private readonly object _visitorsGate = new();

        public void Order()
        {
            lock (_ordersGate)
            {
                _orders++;
            }
        }

        public int Orders { get { lock (this._ordersGate) return _orders; } }

        public void Visit() { lock (_visitorsGate) _visitors.Add(1); }

        public int Visitors() { lock (_visitorsGate) return _visitors.Count; }
        """,
        "Split '_gate': one lock for '_orders', one for '_visitors'");

    [Fact]
    public Task A_Lock_stays_a_Lock_and_a_static_one_static() => FixAssert.BecomesAsync(
        Fix,
        "static readonly Lock [|s_gate|] = new(); static int s_a; static int s_b; static int A() { lock (s_gate) return s_a++; } "
        + "static int B() { lock (s_gate) return s_b++; }",
        "static readonly Lock s_aGate = new(); static readonly Lock s_bGate = new(); static int s_a; static int s_b; static int A() { "
        + "lock (s_aGate) return s_a++; } static int B() { lock (s_bGate) return s_b++; }");

    [Fact]
    public Task All_parts_of_the_type_follow() => FixAssert.BecomesAsync(
        Fix,
        FixLab.Of(["partial class C { readonly object [|gate|] = new(); int a; int b; int A() { lock (gate) return a++; } }\n",
            "partial class C { int B() { lock (gate) return b++; } }\n"]),
        ["partial class C { readonly object aGate = new(); readonly object bGate = new(); int a; int b; int A() { "
            + "lock (aGate) return a++; } }\n", "partial class C { int B() { lock (bGate) return b++; } }\n"]);

    [Fact]
    public Task Fields_that_are_used_together_share_a_lock() => FixAssert.BecomesAsync(
        Fix,
        "readonly object [|_gate|] = new(); int _a; int _b; int _c; int A() { lock (_gate) return _a++; } int B() { "
        + "lock (_gate) return _a + _b++; } int D() { lock (_gate) return Next(); } int Next() => _c++;",
        "readonly object _aGate = new(); readonly object _cGate = new(); int _a; int _b; int _c; int A() { lock (_aGate) return _a++; } "
        + "int B() { lock (_aGate) return _a + _b++; } int D() { lock (_cGate) return Next(); } int Next() => _c++;",
        "Split '_gate': one lock for '_a' and '_b', one for '_c'");

    [Fact]
    public Task What_never_changes_ties_nobody_together() => Becomes(
        "void More() { lock (_gate) _orders += _limit + _most; }\nvoid Fill() { lock (_gate) _visitors.Add(_limit + _most); }",
        "void More() { lock (_ordersGate) _orders += _limit + _most; }\nvoid Fill() { "
        + "lock (_visitorsGate) _visitors.Add(_limit + _most); }");

    [Theory]
    // The groups meet: in one operation, in a call, in a field that both use.
    [InlineData("int All() { lock (_gate) return _orders + _visitors.Count; }")]
    [InlineData("int All() { lock (_gate) return _orders + Count(); } int Count() => _visitors.Count;")]
    [InlineData("int All() { int n; lock (_gate) n = _orders; lock (_gate) return n + _visitors.Count; }")]
    [InlineData("void Most() { lock (_gate) { _most = 1; _orders++; } } void Most2() { lock (_gate) { _most = 2; _visitors.Add(1); } }")]
    [InlineData("int this[int i] { get { lock (_gate) return _orders; } set { lock (_gate) _visitors.Add(value); } }")]
    // It is not seen what else the lock guards.
    [InlineData("void Run(Action then) { lock (_gate) { _orders++; then(); } }")]
    [InlineData("event Action? Changed; void Run() { lock (_gate) { _orders++; Changed?.Invoke(); } }")]
    [InlineData("protected virtual void Step() { } void Run() { lock (_gate) { _orders++; Step(); } }")]
    [InlineData("void Run() { lock (_gate) { _orders++; File.AppendAllText(\"a\", \"b\"); } }")]
    [InlineData("void Run() { lock (_gate) { _orders++; Console.Write(1); } }")]
    [InlineData("void Run(List<int> others) { lock (_gate) { _orders++; others.Add(1); } }")]
    [InlineData("void Run() { lock (_gate) { _orders++; Give(this); } } static void Give(object o) { }")]
    [InlineData("void Run() { lock (_gate) { } }")]
    [InlineData("void Run() { lock (_visitors) lock (_gate) _orders++; }")]
    // The lock is used for more than lock statements, or is given away.
    [InlineData("void Run() { Monitor.Enter(_gate); _orders++; Monitor.Exit(_gate); }")]
    [InlineData("void Run() { lock (_gate) Monitor.Pulse(_gate); }")]
    [InlineData("object Gate => _gate;")]
    public Task What_may_belong_together_stays_together(string beside) => NotOffered(beside);

    [Theory]
    [InlineData("internal readonly object [|_gate|] = new();\n")]
    [InlineData("object [|_gate|] = new();\n")]
    public Task A_lock_that_others_may_see_or_replace_stays(string gate) => NotOffered("", gate);

    [Fact]
    public Task The_other_lock_of_the_same_declaration_stays_whole() => FixAssert.BecomesAsync(
        Fix,
        "readonly object _other = new(), [|_gate|] = new(); // locks\n" + State + Orders + Visits + "void M() { lock (_other) { } }",
        "readonly object _other = new();\nreadonly object _ordersGate = new(); // locks\nreadonly object _visitorsGate = new();\n" + State
        + Split(Orders, "_ordersGate") + Split(Visits, "_visitorsGate") + "void M() { lock (_other) { } }");

    [Fact]
    public Task All_in_one_document() => FixAssert.AllBecomeAsync(
        Fix, "QNT3002.Split",
        "class A { readonly object [|_gate|] = new(); int _a; int _b; int X() { lock (_gate) return _a++; } int Y() { "
        + "lock (_gate) return _b++; } } class B { readonly object [|_gate|] = new(); int _a; int _b; int X() { "
        + "lock (_gate) return _a++; } int Y() { lock (_gate) return _b++; } }",
        "class A { readonly object _aGate = new(); readonly object _bGate = new(); int _a; int _b; int X() { lock (_aGate) return _a++; "
        + "} int Y() { lock (_bGate) return _b++; } } class B { readonly object _aGate = new(); readonly object _bGate = new(); int _a; "
        + "int _b; int X() { lock (_aGate) return _a++; } int Y() { lock (_bGate) return _b++; } }");
}
