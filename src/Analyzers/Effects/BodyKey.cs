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

    // What follows it is the constructed type; a documentation id has no spaces.
    private const string Closed = " as ";

    /// <summary>
    /// A call that is dispatched: <c>IHandler&lt;Order&gt;.Handle</c> runs another body than <c>IHandler&lt;Invoice&gt;.Handle</c>.
    /// </summary>
    public static string Dispatched(string key, IMethodSymbol called) =>
        Construction.Of(called.ContainingType) is { } type ? Virtual + key + Closed + type : Virtual + key;

    // What follows it is the contract through which the member is called.
    private const string Through = " below ";

    /// <summary>
    /// <c>unit.Dispose()</c> on an <c>IUnitOfWork : IDisposable</c>: whoever implements the contract that is named, and not all that can be
    /// disposed of.
    /// </summary>
    public static string Inherited(string key, string contract) => Virtual + key + Through + contract;

    /// <summary>The contract of a member that it has from another, or null.</summary>
    public static string? ContractOf(string target) => After(target, Through);

    /// <summary>The constructed type that a dispatched call names, or null when any will do.</summary>
    public static string? ConstructionOf(string target) => After(target, Closed);

    /// <summary>The member that a call names, whether it is dispatched or not.</summary>
    public static string NamedBy(string target)
    {
        if (!target.StartsWith(Virtual, StringComparison.Ordinal)) return target;
        var named = target.Substring(Virtual.Length);
        return named.IndexOf(' ', IdOf(named)) is >= 0 and var end ? named.Substring(0, end) : named;
    }

    private static string? After(string target, string mark) =>
        target.IndexOf(mark, IdOf(target), StringComparison.Ordinal) is >= 0 and var at ? target.Substring(at + mark.Length) : null;

    // The name of an assembly may have spaces.
    private static int IdOf(string target) => Math.Max(target.IndexOf('|'), 0);

    /// <summary>The member that a nested key stands in.</summary>
    public static string OwnerOf(string key)
    {
        var slash = key.IndexOf('/');
        return slash < 0 ? key : key.Substring(0, slash);
    }
}
