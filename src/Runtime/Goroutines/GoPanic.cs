namespace Quintet.Goroutines;

/// <summary>An exception that left a goroutine's body.</summary>
/// <param name="Exception">What was thrown.</param>
/// <param name="Goroutine">The method that the goroutine runs.</param>
public sealed record GoPanic(Exception Exception, string Goroutine);
