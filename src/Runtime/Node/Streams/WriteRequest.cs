namespace Quintet.Node;

/// <summary>A chunk that waits for its turn, and who wants to know.</summary>
internal readonly record struct WriteRequest<T>(T Chunk, Action<Exception?>? Done);
