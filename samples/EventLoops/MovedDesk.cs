using Quintet.Node;

namespace Letters;

/// <summary>The moved program: the pool of four computes, and the results come back to the loop.</summary>
public static class MovedDesk
{
    public static void Send(IReadOnlyList<string> letters, Action<string, string> done)
    {
        foreach (var letter in letters)
        {
            NodeLoop.Current.SetTimeout(() => NodeLoop.Current.QueueWork(() => Seal.Of(letter), (_, seal) => done(letter, seal!)), 20);
        }
    }
}
