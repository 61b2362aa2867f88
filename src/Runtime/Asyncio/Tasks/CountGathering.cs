namespace Quintet.Asyncio;

/// <summary>Gives the number of its children, which have no results.</summary>
internal sealed class CountGathering(Future[] children) : Gathering<int>(children, stopAtError: true)
{
    private protected override int Results() => Children.Length;
}
