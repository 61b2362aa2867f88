namespace Quintet.GilThreads;

/// <summary>A lock that was held without a checkpoint while others waited.</summary>
/// <param name="RuleId">
/// QNT3013 when the holder was blocked (it should have used <see cref="GlobalInterpreterLock.AllowThreads(Action)"/>), QNT3012 when it was
/// computing (it should call <see cref="GlobalInterpreterLock.Checkpoint()"/>, or run in a process).
/// </param>
/// <param name="LockName">The name of the lock.</param>
/// <param name="HolderThreadId">The managed id of the thread that holds it.</param>
/// <param name="HolderThreadName">Its name, if it has one.</param>
/// <param name="HeldFor">How long the reporting thread has been waiting; the lock has been held at least that long.</param>
/// <param name="WaiterStackTrace">The stack of the thread that waited and reports. A thread cannot read another's stack in .NET.</param>
public sealed record GilHolding(
    string RuleId, string LockName, int HolderThreadId, string? HolderThreadName, TimeSpan HeldFor, string WaiterStackTrace);
