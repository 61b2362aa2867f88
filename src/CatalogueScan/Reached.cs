namespace Quintet.CatalogueScan;

/// <summary>How a method comes to a seed: how many calls away, which one, and the next method on the shortest way.</summary>
internal sealed record Reached(string Id, int Depth, string Kind, Reached? Next)
{
    public IEnumerable<string> Path
    {
        get
        {
            for (var step = this; step is not null; step = step.Next) yield return step.Id;
        }
    }
}
