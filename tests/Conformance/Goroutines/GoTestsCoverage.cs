namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>Every test of Go that can be told in C# has its counterpart here, by name, and every other one has a reason.</summary>
public sealed class GoTestsCoverage() : TestListCoverage<PinsAttribute>("Goroutines/go-tests.txt", static pins => pins.Tests);
