namespace Quintet.Tests.Conformance.Traces.Twins;

/// <summary>The numbers that a program at random and its twin draw: both make the same ones from a seed.</summary>
internal sealed class Draws
{
    private uint _state;

    /// <summary>Begins anew.</summary>
    internal void Seed(int seed) => _state = (uint)seed;

    internal int Below(int below)
    {
        _state = unchecked((_state * 1664525) + 1013904223);
        return (int)((_state >> 8) % (uint)below);
    }
}
