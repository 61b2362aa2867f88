namespace Quintet.Node;

/// <summary>Something that is not a promise and can be resolved with like one (JavaScript: an object with a <c>then</c> method).</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public interface IThenable<out T>
{
    /// <summary>Calls one of the two, once.</summary>
    void Then(Action<T> resolve, Action<Exception> reject);
}
