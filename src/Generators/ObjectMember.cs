using Microsoft.CodeAnalysis;

namespace Quintet.Generators;

/// <summary>A property or field that crosses.</summary>
internal sealed class ObjectMember(string name, ITypeSymbol type, bool inConstructor)
{
    internal string Name { get; } = name;

    internal ITypeSymbol Type { get; } = type;

    /// <summary>Whether the constructor takes it; otherwise it is set afterwards.</summary>
    internal bool InConstructor { get; } = inConstructor;
}
