namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Every listed test of CPython's asyncio that can be told in C# has its counterpart here, by name, or a reason.</summary>
public sealed class CpythonTestsCoverage() : TestListCoverage<PinsAttribute>("Asyncio/cpython-tests.txt", static pins => pins.Tests);
