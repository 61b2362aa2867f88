namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>
/// Every listed test of CPython that can be told in C# has its counterpart here, by name, and every other one has a reason.
/// </summary>
public sealed class PythonTestsCoverage() : TestListCoverage<PortsAttribute>("Multiprocessing/python-tests.txt", static pins => pins.Tests);
