namespace Quintet.Node;

/// <summary>A transform that changes nothing. Source: Node's <c>stream.PassThrough</c>.</summary>
/// <typeparam name="T">The type of the chunks.</typeparam>
/// <param name="options">How both sides buffer.</param>
public class PassThrough<T>(StreamOptions? options = null)
    : Transform<T, T>(static (chunk, taken) => taken.Done(chunk), options: options);
