using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// Identity of a body across compilations: the assembly and the documentation id, and for nested bodies their place in the owner.
/// </summary>
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

    /// <summary>The member that a call names, whether it is dispatched or not.</summary>
    public static string NamedBy(string target) =>
        target.StartsWith(Virtual, StringComparison.Ordinal) ? target.Substring(Virtual.Length) : target;

    /// <summary>The member that a nested key stands in.</summary>
    public static string OwnerOf(string key)
    {
        var slash = key.IndexOf('/');
        return slash < 0 ? key : key.Substring(0, slash);
    }
}
