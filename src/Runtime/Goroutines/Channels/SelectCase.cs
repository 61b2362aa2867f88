namespace Quintet.Goroutines;

/// <summary>One case of a <see cref="Select"/>.</summary>
public abstract class SelectCase : WaitNode
{
    private protected SelectCase(Select owner, int index)
    {
        Bits = NodeBits.SelectCase;
        Owner = owner;
        Index = index;
    }

    /// <summary>What the select returns when it chose this case: cases are numbered from 0 in the order in which they were added.</summary>
    public int Index { get; }

    internal Select Owner { get; }

    /// <summary>What the case waits on; null for a case that can never be chosen.</summary>
    internal ParkingPlace? Place { get; private protected set; }

    /// <summary>Whether the case could proceed; without the lock only a hint.</summary>
    internal abstract bool MayProceed { get; }

    /// <summary>Wins the select for this case, or finds it won by another one. Called under the place's lock.</summary>
    internal bool Claim() => Owner.TryClaim(Index);

    /// <summary>Makes the case's operation if that is possible now. Called under the place's lock.</summary>
    internal abstract bool TryProceed(out Goroutine? wake);

    /// <summary>Queues the case at its place. Called under the place's lock.</summary>
    internal abstract void Enqueue(Goroutine waiter);

    /// <summary>Takes the case off its place's queue if it is still there. Called under the place's lock.</summary>
    internal abstract void Dequeue();

    /// <summary>Called before the first look of a select that does not wait, without any lock.</summary>
    internal virtual void BeforeLook()
    {
    }

    /// <summary>Called before the select parks, without any lock.</summary>
    internal virtual void BeforeParking()
    {
    }

    /// <summary>Called when the select has been decided, without any lock.</summary>
    internal virtual void AfterParking()
    {
    }

    /// <summary>Called for the chosen case: throws when its operation failed.</summary>
    internal virtual void Conclude()
    {
    }
}
