using Quintet.Node;

namespace Letters;

/// <summary>The wrong program on Node's loop: its timers compute, and every other callback waits for them.</summary>
public static class BlockedDesk
{
    public static void Send(IReadOnlyList<string> letters, Action<string, string> done)
    {
        foreach (var letter in letters)
        {
            NodeLoop.Current.SetTimeout(() =>
            {
                var seal = Seal.Of(letter); // wrong: QNT5002
                done(letter, seal);
            }, 20);
        }
    }
}
