namespace Quintet.Tests.Conformance.GilThreads;

/// <summary>Names CPython's own tests of threads whose rule a test pins, as <c>threading-tests.txt</c> lists them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PortsAttribute(params string[] tests) : Attribute
{
    public IReadOnlyList<string> Tests => tests;
}
