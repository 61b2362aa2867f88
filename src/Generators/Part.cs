using System;
using System.Collections.Immutable;
using System.Linq;

namespace Quintet.Generators;

/// <summary>
/// What one method or call contributes: statements that register, each with the class that it needs. Compared by value, so that typing
/// elsewhere
/// does not write the file again.
/// </summary>
internal sealed class Part(ImmutableArray<Registration> registrations) : IEquatable<Part>
{
    internal ImmutableArray<Registration> Registrations { get; } = registrations;

    public bool Equals(Part? other) => other is not null && Registrations.SequenceEqual(other.Registrations);

    public override bool Equals(object? obj) => Equals(obj as Part);

    public override int GetHashCode() => Registrations.Length == 0 ? 0 : Registrations[0].GetHashCode();
}
