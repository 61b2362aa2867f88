namespace Quintet.Node;

public sealed partial class Worker
{
    [ThreadStatic]
    private static Dictionary<object, object?>? _data;

    /// <summary>Sets what the workers that this thread starts from now on find under a key; null removes it (Node:
    /// <c>setEnvironmentData</c>).</summary>
    public static void SetEnvironmentData(object key, object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        _data ??= [];
        if (value is null) _data.Remove(key);
        else _data[key] = StructuredClone.Of(value);
    }

    /// <summary>What was set on this thread, or on that of the parent before this worker was started.</summary>
    public static object? GetEnvironmentData(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _data?.GetValueOrDefault(key);
    }

    /// <summary>What a worker writes: goes to a stream of its parent, in a poll phase there.</summary>
    private Action<byte[]> Pipe(Readable<byte[]>? own, Func<NodeProcess, Writable<byte[]>> parents) => chunk => SendToParent(() =>
    {
        if (own is not null) own.Push(chunk);
        else parents(_parent.Process).Write(chunk);
    });
}
