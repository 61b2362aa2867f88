namespace Quintet.Analyzers.Source;

/// <summary>The members of the base library that take a lock, and those that give it up.</summary>
internal static class LockMembers
{
    /// <summary>By type and member, what gives up what it takes; nothing where that is the result's <c>Dispose</c>.</summary>
    public static readonly IReadOnlyDictionary<(string Type, string Member), string[]> Takers =
        new Dictionary<(string Type, string Member), string[]>
        {
            [("Monitor", "Enter")] = ["Exit"],
            [("Monitor", "TryEnter")] = ["Exit"],
            [("Lock", "Enter")] = ["Exit"],
            [("Lock", "TryEnter")] = ["Exit"],
            [("Lock", "EnterScope")] = [],
            [("SpinLock", "Enter")] = ["Exit"],
            [("SpinLock", "TryEnter")] = ["Exit"],
            [("Mutex", "WaitOne")] = ["ReleaseMutex"],
            [("ReaderWriterLockSlim", "EnterReadLock")] = ["ExitReadLock"],
            [("ReaderWriterLockSlim", "TryEnterReadLock")] = ["ExitReadLock"],
            [("ReaderWriterLockSlim", "EnterUpgradeableReadLock")] = ["ExitUpgradeableReadLock"],
            [("ReaderWriterLockSlim", "TryEnterUpgradeableReadLock")] = ["ExitUpgradeableReadLock"],
            [("ReaderWriterLockSlim", "EnterWriteLock")] = ["ExitWriteLock"],
            [("ReaderWriterLockSlim", "TryEnterWriteLock")] = ["ExitWriteLock"],
            [("ReaderWriterLock", "AcquireReaderLock")] = ["ReleaseReaderLock", "ReleaseLock"],
            [("ReaderWriterLock", "AcquireWriterLock")] = ["ReleaseWriterLock", "ReleaseLock"],
        };

    /// <summary>The members that take a lock, whatever its type.</summary>
    public static readonly HashSet<string> Taking =
        new(Takers.Keys.Select(static taker => taker.Member), StringComparer.Ordinal) { "Wait", "WaitAsync" };

    /// <summary>The members that give a lock up, whatever its type.</summary>
    public static readonly HashSet<string> Releasing =
        new(Takers.Values.SelectMany(static exits => exits), StringComparer.Ordinal) { "Release" };

    /// <summary>Whether one of the members gives up what the other takes, as their names say.</summary>
    public static bool ArePair(string taking, string releasing) =>
        releasing == "Release" && taking is "Wait" or "WaitAsync"
        || Takers.Any(taker => taker.Key.Member == taking && taker.Value.Contains(releasing));

    private static readonly string[] Verbs =
        ["Acquire", "Enter", "Exit", "Give", "Hold", "Leave", "Lock", "Release", "Take", "Unlock"];

    /// <summary>A member of somebody's own that is called as if it took a lock or gave one up.</summary>
    public static bool IsCalledSo(string member)
    {
        foreach (var verb in Verbs)
            if (member.StartsWith(verb, StringComparison.Ordinal) && (member.Length == verb.Length || !char.IsLower(member[verb.Length])))
                return true;
        return false;
    }
}
