using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>A field, or auto-property, touched in a body.</summary>
/// <param name="Field">Documentation id.</param>
/// <param name="Writes">Whether it is written, or a mutating member is called on it.</param>
/// <param name="Locks">The locks held there.</param>
/// <param name="Start">Where.</param>
internal sealed record FieldUse(string Field, bool Writes, ImmutableArray<string> Locks, int Start);
