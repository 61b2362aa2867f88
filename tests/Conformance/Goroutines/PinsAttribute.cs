using Xunit.v3;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>
/// Names Go's own tests whose rule a test pins, as <c>go-tests.txt</c> lists them; <c>-trait "Go=runtime.TestChan"</c> runs those of one.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PinsAttribute(params string[] tests) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Tests => tests;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. tests.Select(test => new KeyValuePair<string, string>("Go", test))];
}
