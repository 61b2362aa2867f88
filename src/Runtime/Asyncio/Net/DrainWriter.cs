namespace Quintet.Asyncio;

/// <summary>Waits until a connection's writer may write on, which it mostly may.</summary>
internal sealed class DrainWriter : QuickCoroutine<DrainWriter, Nothing>
{
    private StreamConnection _connection = null!;

    internal override string MethodName => nameof(AsyncStreamWriter.Drain);

    internal static Coroutine From(StreamConnection connection)
    {
        var drain = Rent();
        drain._connection = connection;
        return new Coroutine(drain);
    }

    private protected override bool TryFinish() => _connection.IsDrained;

    private protected override Coroutine<Nothing> Wait() => _connection.WaitUntilDrained();

    private protected override void Forget() => _connection = null!;
}
