namespace Quintet.Multiprocessing.Pooling;

/// <summary>Why we ended a worker ourselves.</summary>
internal enum EndReason
{
    /// <summary>We did not: it crashed.</summary>
    None,

    /// <summary>Its task ran too long.</summary>
    Timeout,

    /// <summary>Its task was cancelled and did not stop.</summary>
    Cancelled,

    /// <summary>The pool was terminated.</summary>
    Terminated,
}
