namespace Quintet.Node;

/// <summary>How a worker is started. Source: the options of Node's <c>Worker</c>.</summary>
public sealed record WorkerOptions
{
    /// <summary>How its loop behaves.</summary>
    public NodeLoopOptions Loop { get; init; } = new();

    /// <summary>Its name, which its thread has too.</summary>
    public string Name { get; init; } = "node worker";

    /// <summary>Whether what it writes to <see cref="NodeProcess.Output"/> comes out of <see cref="Worker.Output"/> only. Default: it goes
    /// to the parent's output.</summary>
    public bool Output { get; init; }

    /// <summary>As <see cref="Output"/>, for errors.</summary>
    public bool Error { get; init; }

    /// <summary>The stack of its thread, in MiB (Node: <c>resourceLimits.stackSizeMb</c>); 0 leaves it to the system. The heap belongs to
    /// the whole process and has no limit for a worker.</summary>
    public int StackSizeMb { get; init; }
}
