namespace Quintet.Node;

/// <summary>How a promise was settled: what <see cref="Promise.AllSettled{T}"/> tells of each.</summary>
/// <param name="State">Fulfilled or rejected.</param>
/// <param name="Value">The value, if fulfilled.</param>
/// <param name="Reason">The reason, if rejected.</param>
public readonly record struct Settled<T>(PromiseState State, T? Value, Exception? Reason);
