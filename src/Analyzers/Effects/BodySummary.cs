using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// What one body does by itself: its steps in source order. A body is a method, accessor, constructor, initialiser, lambda
/// or local function; a lambda that its receiver runs at once belongs to the body that it stands in.
/// </summary>
/// <remarks>
/// Holds no symbols: keys, spans and names only. It stays valid in every later compilation that contains <see cref="Tree"/>
/// and in which no declaration changed (see <see cref="SummaryStore"/>).
/// </remarks>
internal sealed class BodySummary
{
    public required string Key { get; init; }

    /// <summary>As the user reads it: <c>OrderView.Refresh</c>'s last word, <c>new Report</c>, <c>lambda in Load</c>.</summary>
    public required string Name { get; init; }

    public required SyntaxTree Tree { get; init; }

    public required TextSpan Span { get; init; }

    /// <summary>Contexts that the body has of its own; <see cref="RunContext.Unknown"/> for none.</summary>
    public RunContext Contexts { get; init; }

    public bool IsAsync { get; init; }

    /// <summary>A lambda or local function.</summary>
    public bool IsNested { get; init; }

    public ImmutableArray<Step> Steps { get; init; } = ImmutableArray<Step>.Empty;

    public ImmutableArray<LockRegion> Locks { get; init; } = ImmutableArray<LockRegion>.Empty;

    public CpuShape Cpu { get; init; } = CpuShape.Empty;

    /// <summary>Its first suspension resumes on the captured context (no ConfigureAwait(false)), so a loop that waits for it deadlocks.</summary>
    public bool ResumesOnCapturedContext { get; init; }

    /// <summary>Every task that it returns is complete already (Task.FromResult, Task.CompletedTask).</summary>
    public bool ReturnsCompletedTask { get; init; }

    /// <summary>Only wraps one primitive over its own parameter: calling it counts as that primitive.</summary>
    public bool IsWrapper { get; init; }

    /// <summary>The fields that it reads or writes, by documentation id; for lock granularity.</summary>
    public ImmutableArray<FieldUse> Fields { get; init; } = ImmutableArray<FieldUse>.Empty;

    /// <summary>It loops over input, or lets LINQ do so.</summary>
    public bool HasLoop { get; init; }

    /// <summary>Keys of the methods that it hands, by name, to somebody who runs them several times at once.</summary>
    public ImmutableArray<string> RunsInParallel { get; init; } = ImmutableArray<string>.Empty;
}

/// <summary>A field, or auto-property, touched in a body.</summary>
/// <param name="Field">Documentation id.</param>
/// <param name="Writes">Whether it is written, or a mutating member is called on it.</param>
/// <param name="Locks">The locks held there.</param>
/// <param name="Start">Where.</param>
internal sealed record FieldUse(string Field, bool Writes, ImmutableArray<string> Locks, int Start);

/// <summary>Identity of a body across compilations: the assembly and the documentation id, and for nested bodies their place in the owner.</summary>
internal static class BodyKey
{
    /// <summary>Marks a call that is dispatched at run time.</summary>
    public const string Virtual = "virtual ";

    /// <summary>Marks a delegate field.</summary>
    public const string Field = "field ";

    /// <summary>Marks the static initialisers of a type.</summary>
    public const string StaticInitialiser = "static ";

    /// <summary>Marks the instance initialisers of a type.</summary>
    public const string InstanceInitialiser = "instance ";

    public static string? Of(ISymbol symbol) =>
        DocumentationCommentId.CreateDeclarationId(symbol.OriginalDefinition) is { } id ? $"{symbol.ContainingAssembly?.Name}|{id}" : null;

    /// <summary>The place makes it unique in its owner, and the owner is read as a whole whenever its tree changes.</summary>
    public static string Nested(string owner, int place) => $"{owner}/{place}";

    /// <summary>The member that a nested key stands in.</summary>
    public static string OwnerOf(string key)
    {
        var slash = key.IndexOf('/');
        return slash < 0 ? key : key.Substring(0, slash);
    }
}
