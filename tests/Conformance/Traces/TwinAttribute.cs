namespace Quintet.Tests.Conformance.Traces;

/// <summary>Marks the C# twin of a recorded program: a static method that takes a <see cref="Transcript"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TwinAttribute(string program) : Attribute
{
    /// <summary>The program's path below Traces, without its extension.</summary>
    public string Program { get; } = program;
}
