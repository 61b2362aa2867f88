using System.Runtime.CompilerServices;

namespace Quintet.Node;

/// <summary>The promise of one call of an async method, which holds the compiler's state machine.</summary>
internal sealed class PromiseFrame<TStateMachine, T> : Promise<T>
    where TStateMachine : IAsyncStateMachine
{
    internal TStateMachine Machine = default!;

    private protected override void MoveNext() => Machine.MoveNext();
}
