namespace Quintet.Tests.Conformance.Node;

/// <summary>Every test of Node that can be told in C# has its counterpart here, by name, and every other one has a reason.</summary>
public sealed class NodeTestsCoverage() : TestListCoverage<PinsAttribute>("Node/node-tests.txt", static pins => pins.Tests);
