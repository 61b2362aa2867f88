using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace Quintet.Node;

/// <summary>A value task that is never done at once: who awaits it continues in a microtask, as who awaits a promise does.</summary>
/// <remarks>For one await, on the loop's thread.</remarks>
internal sealed class LateAnswer : IValueTaskSource<bool>, IValueTaskSource
{
    private Action? _goOn;
    private ForeignAwait? _awaiting;
    private ExceptionDispatchInfo? _error;
    private bool _result;
    private bool _isSet;
    private bool _isTaken;

    internal void Set(bool result)
    {
        _result = result;
        Complete();
    }

    internal void Fail(Exception error)
    {
        _error = ExceptionDispatchInfo.Capture(error);
        Complete();
    }

    /// <summary>As <see cref="Set"/>; who awaits it goes on before the other microtasks, since it is late enough.</summary>
    internal void SetFirst(bool result)
    {
        if (_awaiting is not null) _goOn = _awaiting.CompleteFirst;
        Set(result);
    }

    /// <summary>As <see cref="Fail"/>, and first.</summary>
    internal void FailFirst(Exception error)
    {
        if (_awaiting is not null) _goOn = _awaiting.CompleteFirst;
        Fail(error);
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => Status;

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => Status;

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        OnCompleted(continuation, state);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        OnCompleted(continuation, state);

    bool IValueTaskSource<bool>.GetResult(short token) => Result();

    void IValueTaskSource.GetResult(short token) => Result();

    private ValueTaskSourceStatus Status => !_isTaken ? ValueTaskSourceStatus.Pending
        : _error is null ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Faulted;

    private bool Result()
    {
        if (!_isSet) throw new InvalidOperationException("This step of an iteration is not done; await it, once.");
        _error?.Throw();
        return _result;
    }

    private void OnCompleted(Action<object?> continuation, object? state)
    {
        if (state is Action { Target: ForeignAwait its })
        {
            _awaiting = its;
            _goOn = its.Complete;
            if (!_isSet) its.LetGo();
        }
        else
        {
            // An ordinary async method, or another sequence around this one: its rest is a microtask, as after a promise.
            var loop = NodeLoop.Current;
            var rest = new ForeignRest(loop, () => continuation(state));
            _goOn = () => loop.PushMicrotask(ForeignRest.Run, rest);
        }

        if (_isSet) Continue();
    }

    private void Complete()
    {
        _isSet = true;
        if (_goOn is not null) Continue();
    }

    private void Continue()
    {
        _isTaken = true;
        _goOn!();
    }
}
