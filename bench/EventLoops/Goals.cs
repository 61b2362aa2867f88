namespace Quintet.Bench.EventLoops;

/// <summary>How many times less processor time an operation is to take here than with each peer.</summary>
internal static class Goals
{
    internal static readonly (string Bench, string Peer, double Ratio)[] All =
    [
        ("call_soon", "asyncio", 25), ("call_soon", "uvloop", 12),
        ("switch", "asyncio", 25), ("switch", "uvloop", 12),
        ("spawn_gather", "asyncio", 15), ("spawn_gather", "uvloop", 10),
        ("future_wake", "asyncio", 25), ("future_wake", "uvloop", 12),
        ("queue", "asyncio", 10), ("queue", "uvloop", 10),
        ("queue_1", "asyncio", 10), ("queue_1", "uvloop", 10),
        ("lock", "asyncio", 25), ("lock", "uvloop", 12),
        ("thread_safe", "asyncio", 40), ("thread_safe", "uvloop", 4),
        ("executor", "asyncio", 15), ("executor", "uvloop", 15),
        ("timers", "asyncio", 6), ("timers", "uvloop", 4),
        ("set_immediate", "node", 10), ("set_immediate_fd", "node", 3),
        ("next_tick", "node", 3), ("await_hop", "node", 5), ("promise_all", "node", 7),
        ("timeouts_same", "node", 4), ("timeouts_random", "node", 2),
        ("emit_string", "node", 1.5), ("emit_typed", "node", 8), ("pool", "node", 1.8),
        ("switch", "base library", 1), ("spawn_gather", "base library", 1), ("future_wake", "base library", 1),
        ("queue", "base library", 1), ("queue_1", "base library", 1), ("lock", "base library", 1),
        ("executor", "base library", 1), ("timers", "base library", 1),
    ];

    /// <summary>The peer's bench that does the same under another name.</summary>
    internal static string NameAtPeer(string bench) => bench == "emit_typed" ? "emit_string" : bench;
}
