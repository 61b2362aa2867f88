namespace Quintet.Node;

/// <summary>The state of a promise.</summary>
public enum PromiseState
{
    /// <summary>Neither fulfilled nor rejected.</summary>
    Pending,

    /// <summary>It has a value.</summary>
    Fulfilled,

    /// <summary>It has a reason.</summary>
    Rejected,
}
