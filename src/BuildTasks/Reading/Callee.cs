namespace Quintet.BuildTasks.Reading;

/// <summary>A method as a signature tells it.</summary>
/// <param name="id">Documentation id.</param>
/// <param name="parameterTypes">The types of its arguments as documentation ids spell them, the receiver not counted.</param>
/// <param name="isInstance">It has a receiver.</param>
/// <param name="returns">Its result type, as documentation ids spell it.</param>
internal sealed class Callee(string id, IReadOnlyList<string> parameterTypes, bool isInstance, string returns)
{
    private Calling? _calling;

    public string Id { get; } = id;

    public IReadOnlyList<string> ParameterTypes { get; } = parameterTypes;

    public bool IsInstance { get; } = isInstance;

    public string Returns { get; } = returns;

    public int Parameters => ParameterTypes.Count;

    public bool ReturnsTask => IsTask(Returns);

    /// <summary>What a walk asks of each call, looked up in the name once; most methods are never called.</summary>
    public Calling Calling => _calling ??= new Calling(this);

    public static bool IsTask(string type) =>
        type.StartsWith("System.Threading.Tasks.Task", StringComparison.Ordinal)
        || type.StartsWith("System.Threading.Tasks.ValueTask", StringComparison.Ordinal)
        || type.StartsWith("System.Collections.Generic.IAsyncEnumer", StringComparison.Ordinal);
}
