namespace Quintet.Goroutines;

public sealed partial class Select
{
    /// <summary>Begins a select in one expression with a receive.</summary>
    /// <inheritdoc cref="SelectStatement.Case{T}(IReceiveChan{T}?, Action{T})"/>
    public static SelectStatement Case<T>(IReceiveChan<T>? channel, Action<T> handler) => new SelectStatement().Case(channel, handler);

    /// <summary>Begins a select in one expression with a receive that distinguishes a value from the end.</summary>
    /// <inheritdoc cref="SelectStatement.Case{T}(IReceiveChan{T}?, Action{T, bool})"/>
    public static SelectStatement Case<T>(IReceiveChan<T>? channel, Action<T, bool> handler) =>
        new SelectStatement().Case(channel, handler);

    /// <summary>Begins a select in one expression with a send.</summary>
    /// <inheritdoc cref="SelectStatement.Case{T}(ISendChan{T}?, T, Action?)"/>
    public static SelectStatement Case<T>(ISendChan<T>? channel, T value, Action? handler = null) =>
        new SelectStatement().Case(channel, value, handler);
}
