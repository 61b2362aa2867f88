namespace Quintet.Node;

/// <summary>What becomes of a rejection that nobody handles. Source: Node's <c>--unhandled-rejections</c>.</summary>
public enum UnhandledRejections
{
    /// <summary>The <see cref="NodeProcess.UnhandledRejection"/> listeners; without any it is an uncaught exception. The
    /// default.</summary>
    Throw,

    /// <summary>It is an uncaught exception; if somebody takes it as such, the listeners are told too.</summary>
    Strict,

    /// <summary>The listeners, and a warning in any case.</summary>
    Warn,

    /// <summary>The listeners, and nothing else.</summary>
    None,

    /// <summary>The listeners; without any a warning, and the exit code is 1.</summary>
    WarnWithErrorCode,
}
