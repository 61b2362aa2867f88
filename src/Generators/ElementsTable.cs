using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Quintet.Generators;

/// <summary>
/// Collections that are told by their elements: how one is made of an array <c>items</c>, and whether a <c>value</c> compares as a new one
/// does. <c>{0}</c> and <c>{1}</c> are the type's arguments. Collections of two arguments have key-value pairs as elements.
/// </summary>
internal static class ElementsTable
{
    private const string Space = "global::System.Collections.Generic.";
    private const string Fixed = "global::System.Collections.Immutable.";
    private const string Shared = "global::System.Collections.Concurrent.";
    private const string Model = "global::System.Collections.ObjectModel.";
    private const string Frozen = "global::System.Collections.Frozen.";
    private const string List = "new " + Space + "List<{0}>(items)";
    private const string Map = "new " + Space + "Dictionary<{0}, {1}>(items)";
    private const string Order = "value.Comparer == " + Space + "Comparer<{0}>.Default";
    private const string KeyEquality = "value.KeyComparer == " + Space + "EqualityComparer<{0}>.Default";
    private const string Equality = "value.Comparer == " + Space + "EqualityComparer<{0}>.Default";
    private const string KeyOrder = "value.KeyComparer == " + Space + "Comparer<{0}>.Default";

    // An interface hides the comparer of what is behind it; the usual implementations are asked.
    private const string MapBehind = "!(value is " + Space + "Dictionary<{0}, {1}> map) || map.Comparer == " + Space
        + "EqualityComparer<{0}>.Default";
    private const string SetBehind = "!(value is " + Space + "HashSet<{0}> set) || set.Comparer == " + Space
        + "EqualityComparer<{0}>.Default";

    private static readonly Dictionary<string, (string Make, string? IsPlain)> Entries = new()
    {
        ["System.Collections.Generic.IEnumerable<T>"] = (List, null),
        ["System.Collections.Generic.ICollection<T>"] = (List, null),
        ["System.Collections.Generic.IList<T>"] = (List, null),
        ["System.Collections.Generic.IReadOnlyCollection<T>"] = (List, null),
        ["System.Collections.Generic.IReadOnlyList<T>"] = (List, null),
        ["System.Collections.Generic.ISet<T>"] = ("new " + Space + "HashSet<{0}>(items)", SetBehind),
        ["System.Collections.Generic.IReadOnlySet<T>"] = ("new " + Space + "HashSet<{0}>(items)", SetBehind),
        ["System.Collections.Generic.IDictionary<TKey, TValue>"] = (Map, MapBehind),
        ["System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>"] = (Map, MapBehind),
        ["System.Collections.Generic.Queue<T>"] = ("new " + Space + "Queue<{0}>(items)", null),
        ["System.Collections.Generic.Stack<T>"] =
            ("new " + Space + "Stack<{0}>(global::System.Linq.Enumerable.Reverse<{0}>(items))", null),
        ["System.Collections.Generic.LinkedList<T>"] = ("new " + Space + "LinkedList<{0}>(items)", null),
        ["System.Collections.Generic.SortedSet<T>"] = ("new " + Space + "SortedSet<{0}>(items)", Order),
        ["System.Collections.Generic.SortedDictionary<TKey, TValue>"] =
            ("new " + Space + "SortedDictionary<{0}, {1}>(" + Map + ")", Order),
        ["System.Collections.Generic.SortedList<TKey, TValue>"] = ("new " + Space + "SortedList<{0}, {1}>(" + Map + ")", Order),
        ["System.ArraySegment<T>"] = ("new global::System.ArraySegment<{0}>(items)", null),
        ["System.Collections.Concurrent.ConcurrentQueue<T>"] = ("new " + Shared + "ConcurrentQueue<{0}>(items)", null),
        ["System.Collections.Concurrent.ConcurrentStack<T>"] =
            ("new " + Shared + "ConcurrentStack<{0}>(global::System.Linq.Enumerable.Reverse<{0}>(items))", null),
        ["System.Collections.Concurrent.ConcurrentBag<T>"] = ("new " + Shared + "ConcurrentBag<{0}>(items)", null),
        ["System.Collections.Concurrent.ConcurrentDictionary<TKey, TValue>"] =
            ("new " + Shared + "ConcurrentDictionary<{0}, {1}>(items)", Equality),
        ["System.Collections.ObjectModel.Collection<T>"] = ("new " + Model + "Collection<{0}>(" + List + ")", null),
        ["System.Collections.ObjectModel.ObservableCollection<T>"] = ("new " + Model + "ObservableCollection<{0}>(items)", null),
        ["System.Collections.ObjectModel.ReadOnlyCollection<T>"] = ("new " + Model + "ReadOnlyCollection<{0}>(items)", null),
        ["System.Collections.Frozen.FrozenSet<T>"] = (Frozen + "FrozenSet.ToFrozenSet<{0}>(items)", Equality),
        ["System.Collections.Frozen.FrozenDictionary<TKey, TValue>"] =
            (Frozen + "FrozenDictionary.ToFrozenDictionary<{0}, {1}>(items)", Equality),
        ["System.Collections.Immutable.ImmutableArray<T>"] = (Fixed + "ImmutableArray.Create<{0}>(items)", null),
        ["System.Collections.Immutable.ImmutableList<T>"] = (Fixed + "ImmutableList.Create<{0}>(items)", null),
        ["System.Collections.Immutable.ImmutableQueue<T>"] = (Fixed + "ImmutableQueue.Create<{0}>(items)", null),
        ["System.Collections.Immutable.ImmutableHashSet<T>"] =
            (Fixed + "ImmutableHashSet.Create<{0}>(items)", KeyEquality),
        ["System.Collections.Immutable.ImmutableSortedSet<T>"] = (Fixed + "ImmutableSortedSet.Create<{0}>(items)", KeyOrder),
        ["System.Collections.Immutable.ImmutableDictionary<TKey, TValue>"] =
            (Fixed + "ImmutableDictionary.CreateRange<{0}, {1}>(items)", KeyEquality),
        ["System.Collections.Immutable.ImmutableSortedDictionary<TKey, TValue>"] =
            (Fixed + "ImmutableSortedDictionary.CreateRange<{0}, {1}>(items)", KeyOrder),
    };

    /// <summary>The arguments of the codec's constructor, or null for other types.</summary>
    internal static string? ArgumentsFor(INamedTypeSymbol type)
    {
        if (!Entries.TryGetValue(type.OriginalDefinition.ToDisplayString(), out var entry)) return null;
        string Fill(string text)
        {
            for (var i = 0; i < type.TypeArguments.Length; i++) text = text.Replace("{" + i + "}", CodecSet.Name(type.TypeArguments[i]));
            return text;
        }

        var make = $"static items => {Fill(entry.Make)}";
        return entry.IsPlain is null ? make : $"{make}, static value => {Fill(entry.IsPlain)}";
    }
}
