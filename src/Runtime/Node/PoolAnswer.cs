namespace Quintet.Node;

/// <summary>What the pool sends to its loop.</summary>
internal abstract class PoolAnswer;
