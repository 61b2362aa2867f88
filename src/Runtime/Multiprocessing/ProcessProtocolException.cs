namespace Quintet.Multiprocessing;

/// <summary>What came through a connection between processes was not sent by this program's other half, or was damaged on the
/// way.</summary>
/// <param name="message">What was wrong.</param>
public sealed class ProcessProtocolException(string message) : IOException(message);
