namespace Quintet.Node;

/// <summary>An operation ended because its <see cref="AbortSignal"/> was aborted.</summary>
public sealed class AbortError() : OperationCanceledException("The operation was aborted");
