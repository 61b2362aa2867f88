namespace Quintet.Goroutines;

/// <summary>A context with one more value.</summary>
internal sealed class ValueContext(GoContext parent, object key, object? value) : DerivedContext(parent)
{
    private protected override bool Knows(object wanted, out object? found)
    {
        found = value;
        return key.Equals(wanted);
    }

    private protected override string Tell() => $".WithValue({key}, {value})";
}
