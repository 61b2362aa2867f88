namespace Quintet.Multiprocessing;

/// <summary>
/// The pool cannot run anything any more, because its workers cannot be started or their initializer failed. (A worker that crashes later
/// does
/// not break the pool.) Each task gets an exception of its own; <see cref="Exception.InnerException"/> says why.
/// </summary>
public sealed class BrokenProcessPoolException : InvalidOperationException
{
    internal BrokenProcessPoolException(Exception reason) : base($"The process pool is broken: {reason.Message}", reason) { }
}
