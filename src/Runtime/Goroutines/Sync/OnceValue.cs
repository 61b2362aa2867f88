using System.Runtime.ExceptionServices;

namespace Quintet.Goroutines;

/// <summary>The state behind what <see cref="Once.Func"/> and <see cref="Once.Value"/> return.</summary>
internal sealed class OnceValue<T>(Func<T> function)
{
    private readonly Once _once = new();
    private Func<T>? _function = function;
    private T _result = default!;
    private ExceptionDispatchInfo? _thrown;

    internal void Run() => Get();

    internal T Get()
    {
        if (!_once.IsDone) _once.Do(Call);
        _thrown?.Throw();
        return _result;
    }

    private void Call()
    {
        try
        {
            _result = _function!();
        }
        catch (Exception error)
        {
            _thrown = ExceptionDispatchInfo.Capture(error);
        }

        _function = null;
    }
}
