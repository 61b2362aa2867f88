namespace Quintet.Asyncio;

/// <summary>How a program is started. Source: the keyword arguments of <c>create_subprocess_exec</c>.</summary>
public sealed record AsyncProcessOptions
{
    /// <summary>The folder it starts in; null for ours.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Its whole environment; null for ours.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>The limit of its readers, in bytes: the longest line.</summary>
    public int Limit { get; init; } = AsyncStreamReader.DefaultLimit;
}
