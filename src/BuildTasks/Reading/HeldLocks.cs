namespace Quintet.BuildTasks.Reading;

// Which locks a body holds where
// ------------------------------
// Compilers turn a lock into the call that takes it and a `finally` that gives it up: `Monitor.Enter` at the start of the guarded part
// or just before it, `Lock.EnterScope` just before it. So a call stands under a lock when it comes behind the one that takes it, in the
// smallest guarded part whose `finally` gives a lock up. What is taken and handed over to another method is not followed.

/// <summary>Follows the locks of one body: those that are fields of its object or of a type, and the object itself.</summary>
internal sealed class HeldLocks(ControlFlow flow, string owner)
{
    private static readonly string[] Takers =
    [
        "M:System.Threading.Monitor.Enter(", "M:System.Threading.Monitor.TryEnter(", "M:System.Threading.Lock.Enter",
        "M:System.Threading.ReaderWriterLockSlim.EnterWriteLock", "M:System.Threading.ReaderWriterLockSlim.EnterReadLock",
        "M:System.Threading.ReaderWriterLockSlim.EnterUpgradeableReadLock",
    ];

    private static readonly string[] Releasers =
    [
        "M:System.Threading.Monitor.Exit(", "M:System.Threading.Lock.Exit", "M:System.Threading.Lock.Scope.Dispose",
        "M:System.Threading.ReaderWriterLockSlim.Exit",
    ];

    private List<(string Lock, int Index)>? _taken;
    private List<int>? _released;
    private List<(string Lock, int From, int To)>? _held;

    /// <summary>The lock that a call takes; null for none.</summary>
    public string? Call(Callee callee, Value receiver, IReadOnlyList<Value> arguments, int index)
    {
        if (!callee.Id.StartsWith("M:System.Threading.", StringComparison.Ordinal)) return null;
        if (Is(callee, Releasers)) (_released ??= []).Add(index);
        if (!IsTaker(callee)) return null;
        var locked = callee.IsInstance ? receiver : arguments.Count > 0 ? arguments[0] : Value.Unknown;
        var name = locked.Kind == ValueKind.Field ? locked.Name : locked == Value.This ? owner : null;
        // Readers wait for a writer, and for no reader.
        if (name is not null && callee.Id.IndexOf("ReadLock", StringComparison.Ordinal) < 0) (_taken ??= []).Add((name, index));
        return name;
    }

    /// <summary>What is held at an instruction, once all calls were told.</summary>
    public IReadOnlyList<string> At(int index)
    {
        if (_taken is null) return [];
        _held ??= [.. _taken.Select(taken => (taken.Lock, taken.Index, flow.EndOfGuarded(taken.Index, _released ?? [])))];
        return [.. _held.Where(held => index > held.From && index < held.To).Select(static held => held.Lock)];
    }

    public static bool IsTaker(Callee callee) =>
        callee.Id.StartsWith("M:System.Threading.", StringComparison.Ordinal) && Is(callee, Takers);

    /// <summary>The members of a type may be among them.</summary>
    public static bool IsOfTakers(string type) => type is "System.Threading.Monitor" or "System.Threading.Lock"
        or "System.Threading.ReaderWriterLockSlim";

    private static bool Is(Callee callee, string[] members) =>
        Array.Exists(members, member => callee.Id.StartsWith(member, StringComparison.Ordinal));
}
