namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>Names CPython's own tests whose rule a test pins, as <c>python-tests.txt</c> lists them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PortsAttribute(params string[] tests) : Attribute
{
    public IReadOnlyList<string> Tests => tests;
}
