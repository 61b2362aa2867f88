using System;

namespace Quintet.Generators;

/// <summary>One statement of the module initialiser, and the class that it makes use of, if it needs one.</summary>
internal sealed class Registration(string statement, string declaration) : IEquatable<Registration>
{
    internal string Statement { get; } = statement;

    internal string Declaration { get; } = declaration;

    public bool Equals(Registration? other) => other is not null && Statement == other.Statement && Declaration == other.Declaration;

    public override bool Equals(object? obj) => Equals(obj as Registration);

    public override int GetHashCode() => Statement.GetHashCode();
}
