using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>A method before its body is read: what its declaration tells, and whom the body names.</summary>
internal sealed class MethodDraft
{
    public required MethodDefinition Method { get; init; }

    public required Callee Callee { get; init; }

    /// <summary>The type that declares it.</summary>
    public required string Type { get; init; }

    public required bool IsVisible { get; init; }

    public required bool IsForFriends { get; init; }

    public required ModeSwitch[] Modes { get; init; }

    public required IReadOnlyList<string> Implements { get; init; }

    /// <summary>There is a body, and it is of a size that honest bodies have.</summary>
    public bool HasBody { get; set; }

    /// <summary>What moves the state machine of a method that has two forms; null for any other method.</summary>
    public MethodDefinition? Mover { get; set; }

    /// <summary>Tokens of the methods that the body names, those that its state machine names among them.</summary>
    public int[] Named { get; set; } = [];

    /// <summary>The body could not be looked through; whoever reads it finds out why.</summary>
    public bool IsOpaque { get; set; }
}
