namespace Quintet.Node;

/// <summary>Which sides of a stream are meant.</summary>
public enum StreamSides
{
    /// <summary>All that it has.</summary>
    Whole,

    /// <summary>The side that is read from.</summary>
    Readable,

    /// <summary>The side that is written to.</summary>
    Writable,
}
