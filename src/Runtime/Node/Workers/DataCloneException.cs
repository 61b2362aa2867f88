namespace Quintet.Node;

/// <summary>A message cannot be copied or handed over. Source: the web's <c>DataCloneError</c>.</summary>
/// <param name="message">What is wrong with it.</param>
/// <param name="inner">Why, if the copying failed.</param>
public sealed class DataCloneException(string message, Exception? inner = null) : NotSupportedException(message, inner);
