namespace Quintet.Node;

/// <summary>An emitter's <c>error</c> event had no listener, and its argument was no exception.</summary>
public sealed class UnhandledErrorException(object? argument) : Exception($"Unhandled error. ({argument ?? "undefined"})");
