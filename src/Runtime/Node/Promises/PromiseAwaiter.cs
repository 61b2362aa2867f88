using System.Runtime.CompilerServices;

namespace Quintet.Node;

/// <summary>Awaits a promise: always one microtask.</summary>
public readonly struct PromiseAwaiter : ICriticalNotifyCompletion, IPromiseAwaiter
{
    private readonly Promise _promise;

    internal PromiseAwaiter(Promise promise) => _promise = promise;

    /// <summary>Always false, as in JavaScript.</summary>
    public bool IsCompleted => false;

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _promise.ReactFromOutside(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _promise.ReactFromOutside(continuation);

    /// <summary>The value; the reason is thrown.</summary>
    public void GetResult() => _promise.ThrowIfRejected();

    void IPromiseAwaiter.Suspend(Promise frame) => _promise.React(frame);
}
