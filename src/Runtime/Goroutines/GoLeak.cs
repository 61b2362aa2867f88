namespace Quintet.Goroutines;

/// <summary>A goroutine that was collected while it waited: nobody could have woken it.</summary>
/// <param name="Goroutine">The method that it ran.</param>
/// <param name="SpawnFile">The file of the call that started it.</param>
/// <param name="SpawnLine">The line of the call that started it.</param>
public sealed record GoLeak(string Goroutine, string SpawnFile, int SpawnLine);
