using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Waits until nobody else can run; see <see cref="GoTest.IdleAsync"/>.</summary>
public readonly struct IdleOperation : ICriticalNotifyCompletion, IGoAwaiter
{
    private readonly ScheduleDriver _driver;

    internal IdleOperation(ScheduleDriver driver) => _driver = driver;

    /// <summary>False: the driver decides.</summary>
    public bool IsCompleted => false;

    /// <summary>Lets it be awaited.</summary>
    /// <returns>The awaiter, for the compiler.</returns>
    public IdleOperation GetAwaiter() => this;

    /// <summary>Ends the wait.</summary>
    public void GetResult()
    {
    }

    /// <summary>Runs <paramref name="continuation"/> when nobody else can run.</summary>
    /// <param name="continuation">What follows.</param>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation) => _driver.ReadyWhenIdle(Continuation.For(continuation));

    Goroutine? IGoAwaiter.Park(Goroutine strand, Goroutine frame)
    {
        strand.Resume = frame;
        _driver.ReadyWhenIdle(strand);
        return null;
    }
}
