namespace Quintet.Node;

/// <summary>Where an uncaught exception came from.</summary>
public enum UncaughtOrigin
{
    /// <summary>A callback threw it.</summary>
    UncaughtException,

    /// <summary>It is the reason of a promise that nobody handled.</summary>
    UnhandledRejection,
}
