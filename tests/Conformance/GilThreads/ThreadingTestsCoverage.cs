namespace Quintet.Tests.Conformance.GilThreads;

/// <summary>Every listed test of CPython's threads that can be told in C# has its counterpart here, by name, or a reason.</summary>
public sealed class ThreadingTestsCoverage()
    : TestListCoverage<PortsAttribute>("GilThreads/threading-tests.txt", static pins => pins.Tests);
