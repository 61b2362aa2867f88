namespace Quintet.Goroutines;

/// <summary>What <see cref="GoTest.Explore"/> did.</summary>
/// <param name="Runs">How many schedules were run.</param>
/// <param name="Distinct">How many of them differ in at least one choice.</param>
public readonly record struct GoExploration(int Runs, int Distinct);
