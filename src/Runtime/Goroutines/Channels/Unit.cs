namespace Quintet.Goroutines;

/// <summary>A type with one value and no size: what a channel carries when only the fact matters (Go's <c>struct{}</c>).</summary>
public readonly record struct Unit;
