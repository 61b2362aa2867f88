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
}
