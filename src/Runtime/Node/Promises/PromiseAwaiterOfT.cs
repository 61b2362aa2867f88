using System.Runtime.CompilerServices;

namespace Quintet.Node;

/// <summary>Awaits a promise: always one microtask.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct PromiseAwaiter<T> : ICriticalNotifyCompletion, IPromiseAwaiter
{
    private readonly Promise<T> _promise;

    internal PromiseAwaiter(Promise<T> promise) => _promise = promise;

    /// <summary>Always false, as in JavaScript.</summary>
    public bool IsCompleted => false;

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _promise.ReactFromOutside(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _promise.ReactFromOutside(continuation);

    /// <summary>The value; the reason is thrown.</summary>
    public T GetResult() => _promise.Value;

    void IPromiseAwaiter.Suspend(Promise frame) => _promise.React(frame);
}
