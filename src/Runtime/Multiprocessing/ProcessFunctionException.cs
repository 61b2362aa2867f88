namespace Quintet.Multiprocessing;

/// <summary>A delegate cannot be run in another process: it captures something, belongs to an object, or is generic.</summary>
/// <param name="message">Which delegate, why, and what to write instead.</param>
public sealed class ProcessFunctionException(string message) : ArgumentException(message);
