using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3002LockThatActsAsGil>;

namespace Quintet.Tests.Rules.Threads;

public sealed class QNT3002LockThatActsAsGilTests
{
    [Fact]
    public Task One_lock_for_two_groups_of_fields_is_flagged() => Flags(
        """
        class Desk
        {
            readonly object [|gate|] = new(); int orders; int visitors;
            public void Order() { lock (gate) orders++; }
            public int Orders() { lock (gate) return orders; }
            public void Visit() { lock (gate) visitors++; }
            public int Visitors() { lock (gate) return visitors; }
        }
        """,
        "GIL");

    [Fact]
    public Task One_lock_for_fields_that_change_together_is_allowed() => Allows(
        """
        class Desk
        {
            readonly object gate = new(); int orders; int visitors;
            public void Order() { lock (gate) orders++; }
            public int Orders() { lock (gate) return orders + visitors; }
            public void Visit() { lock (gate) visitors++; }
            public int Visitors() { lock (gate) return visitors; }
        }
        """);

    [Fact]
    public Task A_lock_for_each_group_is_allowed() => Allows(
        """
        class Desk
        {
            readonly object orderGate = new(); readonly object visitorGate = new(); int orders; int visitors;
            public void Order() { lock (orderGate) orders++; }
            public int Orders() { lock (orderGate) return orders; }
            public void Visit() { lock (visitorGate) visitors++; }
            public int Visitors() { lock (visitorGate) return visitors; }
        }
        """);

    private const string Groups =
        "public void Order() { lock (gate) orders++; } public int Orders() { lock (gate) return orders; } public void Visit() { lock "
            + "(gate) visitors++; } public int Visitors() { lock (gate) return visitors; }";

    private static string Desk(string gate, string members) => "class Desk { " + gate + " int orders; int visitors; int[] lines = new "
        + "int[9]; static void Note() { } " + members + " }";

    [Theory]
    [InlineData("readonly object [|gate|] = new();", Groups)]
    [InlineData("static readonly object [|gate|] = new();", Groups)]
    // A lock that is made in the constructor is told by the first member that takes it.
    [InlineData("readonly object [|gate|];", "public Desk() { gate = new(); } " + Groups)]
    // Construction is no operation, and the accessors of a property are one.
    [InlineData("readonly object [|gate|] = new();", Groups + " public Desk() { lock (gate) { orders = 1; visitors = 2; } }")]
    [InlineData("readonly object [|gate|] = new();", "public int Orders { get { lock (gate) return orders; } set { lock (gate) orders = "
        + "value; } } public void Order() { lock (gate) orders++; } public void Visit() { lock (gate) visitors++; } public int "
        + "Visitors() { lock (gate) return visitors; }")]
    // The groups show in what is called under the lock.
    [InlineData("readonly object [|gate|] = new();", "public void Order() { lock (gate) Next(); } void Next() => orders++; public int "
        + "Orders() { lock (gate) return orders; } public void Visit() { lock (gate) visitors++; } public int Visitors() { lock (gate) "
        + "return visitors; }")]
    public Task Groups_of_fields_that_have_nothing_to_do_with_each_other_are_flagged(string gate, string members) => Flags(Desk(gate,
        members), "use");

    [Theory]
    // The groups meet in a call, in an operation of both, or in one that shows nothing.
    [InlineData("public void Order() { lock (gate) Next(); } void Next() => orders += visitors; public int Orders() { lock (gate) "
        + "return orders; } public void Visit() { lock (gate) visitors++; } public int Visitors() { lock (gate) return visitors; }")]
    [InlineData(Groups + " public void Clear() { lock (gate) { orders = 0; visitors = 0; } }")]
    [InlineData(Groups + " public void Wait() { lock (gate) Note(); }")]
    // A group of one operation, or one that nobody writes, is none.
    [InlineData("public void Order() { lock (gate) orders++; } public int Orders() { lock (gate) return orders; } public void Visit() { "
        + "lock (gate) visitors++; }")]
    [InlineData("public void Order() { lock (gate) orders++; } public int Orders() { lock (gate) return orders; } public int Visited() "
        + "{ lock (gate) return visitors; } public int Visitors() { lock (gate) return visitors; }")]
    public Task Fields_that_belong_together_are_allowed(string members) => Allows(Desk("readonly object gate = new();", members));

    [Fact]
    public Task A_lock_that_a_nested_type_takes_is_allowed() => Allows(
        Desk("static readonly object gate = new();", Groups + " class Inner { public static void Step() { lock (gate) { } } }"));

    [Fact]
    public Task A_lock_that_readers_share_is_allowed() => Allows(
        Desk("readonly ReaderWriterLockSlim gate = new();", Groups.Replace("lock (gate) orders++;",
            "gate.EnterWriteLock(); try { orders++; } finally { gate.ExitWriteLock(); }", StringComparison.Ordinal)
            .Replace("lock (gate) visitors++;", "gate.EnterWriteLock(); try { visitors++; } finally { gate.ExitWriteLock(); }",
                StringComparison.Ordinal)
            .Replace("lock (gate) return orders;", "gate.EnterReadLock(); try { return orders; } finally { gate.ExitReadLock(); }",
                StringComparison.Ordinal)
            .Replace("lock (gate) return visitors;", "gate.EnterReadLock(); try { return visitors; } finally { gate.ExitReadLock(); }",
                StringComparison.Ordinal)));

    [Fact]
    public Task A_lock_that_writers_and_readers_hold_alone_is_flagged() => Flags(
        Desk("readonly ReaderWriterLockSlim [|gate|] = new();", Groups.Replace("lock (gate) orders++;",
            "gate.EnterWriteLock(); try { orders++; } finally { gate.ExitWriteLock(); }", StringComparison.Ordinal)
            .Replace("lock (gate) visitors++;", "gate.EnterWriteLock(); try { visitors++; } finally { gate.ExitWriteLock(); }",
                StringComparison.Ordinal)
            .Replace("lock (gate) return orders;", "gate.EnterWriteLock(); try { return orders; } finally { gate.ExitWriteLock(); }",
                StringComparison.Ordinal)
            .Replace("lock (gate) return visitors;", "gate.EnterWriteLock(); try { return visitors; } finally { gate.ExitWriteLock(); }",
                StringComparison.Ordinal)));

    private const string Add = "public void Add(int n) { lock (gate) { foreach (var line in lines) orders += line * n; } } ";
    private const string Sum = "public int Sum() { lock (gate) { return lines.Sum() + orders; } } ";
    private const string Set = "public void Set(int n) { lock (gate) orders = n; } ";

    [Theory]
    [InlineData(Add + Sum + Set)]
    [InlineData(Add + Sum + Set + "void Step() => orders++; ")]
    [InlineData(Add + Sum + Set + "public void Dispose() => orders = 0; ")]
    [InlineData(Add + Set + "public int Sum() { lock (gate) return Total(); } int Total() { var sum = orders; foreach (var line in "
        + "lines) sum += line; return sum; }")]
    [InlineData(Add + Set + "public void Load() { lock (gate) orders = File.ReadAllText(\"a\").Length; }")]
    public Task Every_operation_under_the_lock_with_work_in_it_is_flagged(string members) => Flags(Desk("readonly object [|gate|] = "
        + "new();", members), "operations hold it");

    [Theory]
    // Too few operations, too little work, or an operation that does without the lock.
    [InlineData(Add + Sum)]
    [InlineData(Add + Set + "public int Get() { lock (gate) return orders; }")]
    [InlineData(Add + Sum + Set + "public int Peek() => orders;")]
    [InlineData(Add + Sum + Set + "internal int Peek() => orders;")]
    [InlineData(Add + Set + "public int Sum() { lock (gate) return Total(); } int Total() => orders + lines.Length;")]
    [InlineData(Add + Set + "public bool Has() { lock (gate) return File.Exists(\"a\") && orders > 0; }")]
    public Task A_lock_for_a_part_of_the_type_is_allowed(string members) => Allows(Desk("readonly object gate = new();", members));

    [Theory]
    [InlineData("object [|gate|] { get; } = new();", Groups)]
    [InlineData("object [|gate|] { get; }", "public Desk() { gate = new(); } " + Groups)]
    [InlineData("static readonly object [|gate|] = new();",
        "static Desk() { lock (gate) { new Desk { orders = 1, visitors = 2 }.Order(); } } " + Groups)]
    public Task Groups_are_told_wherever_the_lock_is_kept(string gate, string members) =>
        Flags(Desk(gate, members), "Order and Orders use orders, Visit and Visitors use visitors");

    [Fact]
    public Task A_lock_of_a_base_class_is_allowed() => Allows(
        "class Base { protected readonly object gate; protected Base() { gate = new(); } } "
        + Desk("", Groups).Replace("class Desk", "class Desk : Base"));

    [Fact]
    public Task A_group_of_one_operation_is_none() => Allows(Desk("readonly object gate = new();",
        Groups.Replace("public void Visit() { lock (gate) visitors++; }", "public void Again() { lock (gate) orders++; }")
            .Replace("return visitors;", "return visitors++;")));

    [Theory]
    [InlineData(Add + Sum + Set + "public void Dispose() { lock (gate) lines = null; } public int[] Lines() => lines;")]
    [InlineData(Add + Sum + Set + "public void Other() { lock (lines) { } }")]
    [InlineData(Add + Sum + Set + "protected void Step() => orders++;")]
    [InlineData(Add + Set + "public void Make() { lock (gate) orders = System.Security.Cryptography.RSA.Create(4096).KeySize; }")]
    public Task What_is_no_operation_does_not_count(string members) =>
        Flags(Desk("readonly object [|gate|] = new();", members), "operations hold it");

    [Theory]
    [InlineData(Add + Set + "void Step() { lock (gate) { foreach (var line in lines) orders += line; } }")]
    [InlineData(Set + "public int Get() { lock (gate) return orders; } public bool Has() { lock (gate) return orders > 0; } "
        + "void One() { lock (gate) { foreach (var line in lines) orders += line; } } "
        + "void Two() { lock (gate) { foreach (var line in lines) orders += line; } }")]
    [InlineData(Add + Set + "public void Load() { lock (gate) { if (orders < 0) throw new Exception(File.ReadAllText(\"a\")); } }")]
    public Task Operations_without_enough_work_are_allowed(string members) => Allows(Desk("readonly object gate = new();", members));

    [Fact]
    public Task An_operation_by_an_interface_does_without_the_lock() => Allows(
        "interface IPeek { int Peek(); } "
        + Desk("readonly object gate = new();", Add + Sum + Set + "int IPeek.Peek() => orders;")
            .Replace("class Desk", "class Desk : IPeek"));

    // Operations that have the lock taken for them, and with one fact changed: one that does without.
    [Theory]
    [InlineData("[|gate|]", "Take(); try { orders = value; } finally { Give(); }")]
    [InlineData("gate", "orders = value;")]
    public Task A_lock_that_another_member_takes_guards_all_the_same(string gate, string set)
    {
        var members = Desk($"readonly object {gate} = new();",
            "void Take() => Monitor.Enter(gate); void Give() => Monitor.Exit(gate); T Locked<T>(Func<T> f) { lock (gate) return f(); } "
            + "public void Load() { Take(); try { orders = File.ReadAllText(\"a\").Length; } finally { Give(); } } "
            + "public int Sum() => Locked(() => { foreach (var line in lines) orders += line; return orders; }); "
            + "public void Set(int value) { " + set + " }");
        return gate[0] == '[' ? Flags(members, "operations hold it") : Allows(members);
    }
}
