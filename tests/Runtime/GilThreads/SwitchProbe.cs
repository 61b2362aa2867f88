using Quintet.GilThreads;

namespace Quintet.Tests.Runtime.GilThreads;

/// <summary>Holds a waiter between its wake and its take, and tells when the last holder waits for a switch.</summary>
internal sealed class SwitchProbe : GilProbe
{
    internal ManualResetEventSlim WaiterAtTheLock { get; } = new();

    internal ManualResetEventSlim LetWaiterTake { get; } = new();

    internal ManualResetEventSlim HolderStaysAway { get; } = new();

    internal ManualResetEventSlim HolderCameBack { get; } = new();

    internal override void BeforeTake()
    {
        WaiterAtTheLock.Set();
        LetWaiterTake.Wait();
    }

    internal override void AwaitingSwitch() => HolderStaysAway.Set();

    internal override void SwitchSeen() => HolderCameBack.Set();
}
