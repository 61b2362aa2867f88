namespace Quintet.BuildTasks.Reading;

/// <summary>A method as a signature tells it.</summary>
/// <param name="Id">Documentation id.</param>
/// <param name="ParameterTypes">The types of its arguments as documentation ids spell them, the receiver not counted.</param>
/// <param name="IsInstance">It has a receiver.</param>
/// <param name="Returns">Its result type, as documentation ids spell it.</param>
internal readonly record struct Callee(string Id, IReadOnlyList<string> ParameterTypes, bool IsInstance, string Returns)
{
    public int Parameters => ParameterTypes.Count;

    public bool ReturnsNothing => Returns == "System.Void";

    public bool ReturnsTask => IsTask(Returns);

    public static bool IsTask(string type) =>
        type.StartsWith("System.Threading.Tasks.Task", StringComparison.Ordinal)
        || type.StartsWith("System.Threading.Tasks.ValueTask", StringComparison.Ordinal)
        || type.StartsWith("System.Collections.Generic.IAsyncEnumer", StringComparison.Ordinal);
}
