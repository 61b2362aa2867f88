namespace Quintet.Asyncio;

/// <summary>Gives how each child, which has no result, failed.</summary>
internal sealed class FailureGathering(Future[] children) : Gathering<Exception?[]>(children, stopAtError: false)
{
    private protected override Exception?[] Results() => Array.ConvertAll(Children, static child =>
    {
        if (child.IsCancelled) return child.DescribeCancellation();
        child.Retrieve();
        return child.Error;
    });
}
