using Xunit.v3;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>
/// Names CPython's own tests whose rule a test pins, as <c>cpython-tests.txt</c> lists them; <c>-trait "CPython=test_tasks.sleep"</c> runs
/// those of one.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PinsAttribute(params string[] tests) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Tests => tests;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. tests.Select(test => new KeyValuePair<string, string>("CPython", test))];
}
