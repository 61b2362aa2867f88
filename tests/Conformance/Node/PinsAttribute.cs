using Xunit.v3;

namespace Quintet.Tests.Conformance.Node;

/// <summary>
/// Names Node's own tests whose rule a test pins, as <c>node-tests.txt</c> lists them; <c>-trait "Node=test-timers-ordering"</c> runs those
/// of one.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PinsAttribute(params string[] tests) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Tests => tests;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. tests.Select(test => new KeyValuePair<string, string>("Node", test))];
}
