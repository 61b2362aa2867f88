using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Generators;

/// <summary>The codecs that a few types need, with the types that they reach.</summary>
internal sealed class CodecSet(Compilation compilation, CancellationToken cancellation)
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly Dictionary<string, string> Collections = new()
    {
        ["System.Collections.Generic.List<T>"] = "ListCodec",
        ["System.Collections.Generic.HashSet<T>"] = "HashSetCodec",
        ["System.Collections.Generic.Dictionary<TKey, TValue>"] = "DictionaryCodec",
        ["System.Collections.Generic.KeyValuePair<TKey, TValue>"] = "KeyValueCodec",
        ["System.Nullable<T>"] = "NullableCodec",
        ["System.Memory<T>"] = "MemoryCodec",
        ["System.ReadOnlyMemory<T>"] = "ReadOnlyMemoryCodec",
        ["Quintet.Multiprocessing.SharedArray<T>"] = "SharedArrayCodec",
        ["Quintet.Multiprocessing.SharedValue<T>"] = "SharedValueCodec",
        ["Quintet.Multiprocessing.ProcessQueue<T>"] = "ProcessQueueCodec",
        ["Quintet.Multiprocessing.ProcessConnection<TSend, TReceive>"] = "ProcessConnectionCodec",
    };

    /// <summary>What the runtime has codecs for.</summary>
    private static readonly HashSet<string> BuiltIn =
    [
        "Quintet.Multiprocessing.ProcessMutex",
        "Quintet.Multiprocessing.ProcessSemaphore",
        "Quintet.Multiprocessing.ProcessEvent",
        "Quintet.Multiprocessing.ProcessCondition",
        "Quintet.Multiprocessing.ProcessBarrier",
        "System.Uri",
        "System.Version",
        "System.Numerics.BigInteger",
    ];

    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly List<Registration> _registrations = [];

    internal ImmutableArray<Registration> Registrations => _registrations.ToImmutableArray();

    /// <summary>Several arguments cross as a tuple, which then has a codec too.</summary>
    internal void AddArguments(ImmutableArray<ITypeSymbol> types, bool returns)
    {
        foreach (var type in types) Add(type);
        var arguments = returns && types.Length > 0 ? types.RemoveAt(types.Length - 1) : types;
        if (arguments.Length is 2 or 3 && arguments.All(IsWhole)) AddTuple(arguments);
    }

    internal static string Name(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Format);

    internal static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>Whether code elsewhere in the assembly may name it.</summary>
    internal static bool IsVisible(ISymbol symbol)
    {
        for (var at = symbol; at is not null and not INamespaceSymbol; at = at.ContainingSymbol)
        {
            if (at is INamedTypeSymbol { IsFileLocal: true }) return false;
            if (at.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
                return false;
        }
        return true;
    }

    /// <summary>Whether C#'s <c>unmanaged</c> constraint allows it, and it means the same in another process. Roslyn also calls
    /// <c>int?</c> unmanaged, the constraint does not.</summary>
    internal static bool IsRaw(ITypeSymbol type) =>
        type.IsUnmanagedType && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
        && AddressSearch.PathIn(type) is null;

    /// <summary>Whether a type argument can be of this type and what it holds is known.</summary>
    internal static bool IsWhole(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsWhole(array.ElementType),
        INamedTypeSymbol named => named.TypeKind != TypeKind.Error && !named.IsRefLikeType && named.TypeArguments.All(IsWhole)
            && (named.ContainingType is not { } outer || IsWhole(outer)),
        _ => false,
    };

    /// <summary>Whether code elsewhere in the assembly may name it, with all its parts.</summary>
    internal static bool IsNameable(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsNameable(array.ElementType),
        INamedTypeSymbol named => IsVisible(named) && named.TypeArguments.All(IsNameable)
            && (named.ContainingType is not { } outer || IsNameable(outer)),
        _ => false,
    };

    internal void Add(ITypeSymbol type)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!IsWhole(type) || !_seen.Add(type)) return;
        if (type.IsUnmanagedType)
        {
            if (AddressSearch.PathIn(type) is { } path && IsNameable(type)) Refuse(type, path, AddressSearch.Reason);
            return;
        }
        if (type.SpecialType == SpecialType.System_String) return;
        if (type is IArrayTypeSymbol { IsSZArray: true, ElementType: var element })
        {
            Add(element);
            Generic("ArrayCodec", type, ImmutableArray.Create(element));
            return;
        }
        if (type is IArrayTypeSymbol { ElementType: var cell })
        {
            Add(cell);
            Generic("RankedArrayCodec", type, ImmutableArray.Create(type, cell));
            return;
        }
        if (type is not INamedTypeSymbol named) return;
        if (named.IsTupleType)
        {
            foreach (var field in named.TupleElements) Add(field.Type);
            if (named.TupleElements.Length is 2 or 3) AddTuple(named.TupleElements.Select(static field => field.Type).ToImmutableArray());
            else AddShaped(named, ObjectShape.OfTuple(named));
            return;
        }
        if (ElementsTable.ArgumentsFor(named) is { } arguments)
        {
            AddElements(named, arguments);
            return;
        }
        if (Collections.TryGetValue(named.OriginalDefinition.ToDisplayString(), out var codec))
        {
            foreach (var argument in named.TypeArguments) Add(argument);
            Generic(codec, type, named.TypeArguments);
            return;
        }
        if (named.Name == "Tuple" && named.IsGenericType && named.ContainingNamespace.ToDisplayString() == "System")
        {
            foreach (var argument in named.TypeArguments) Add(argument);
            AddShaped(named, ObjectShape.OfTupleClass(named));
            return;
        }
        if (!BuiltIn.Contains(named.OriginalDefinition.ToDisplayString())) AddObject(named);
    }

    private void AddTuple(ImmutableArray<ITypeSymbol> items)
    {
        if (items.All(static item => item.IsUnmanagedType && AddressSearch.PathIn(item) is null) || !items.All(IsNameable)) return;
        var names = string.Join(", ", items.Select(Name));
        var codec = items.Length == 2 ? "PairCodec" : "TripleCodec";
        _registrations.Add(new Registration($"ProcessFunctionTable.Register<({names})>(new {codec}<{names}>());", ""));
    }

    private void AddShaped(INamedTypeSymbol type, ObjectShape shape)
    {
        if (!IsNameable(type)) return;
        var name = $"Codec{StableId.Of(Name(type)):x16}";
        Register(type, $"{name}()", CodecText.Of(name, type, shape));
    }

    private void AddElements(INamedTypeSymbol type, string arguments)
    {
        var element = type.TypeArguments.Length == 1
            ? type.TypeArguments[0]
            : compilation.GetTypeByMetadataName("System.Collections.Generic.KeyValuePair`2")!.Construct([.. type.TypeArguments]);
        Add(element);
        if (IsNameable(type)) Register(type, $"ElementsCodec<{Name(type)}, {Name(element)}>({arguments})", "");
    }

    private void Generic(string codec, ITypeSymbol type, ImmutableArray<ITypeSymbol> arguments)
    {
        if (!arguments.All(IsNameable)) return;
        Register(type, $"{codec}<{string.Join(", ", arguments.Select(Name))}>()", "");
    }

    private void AddObject(INamedTypeSymbol type)
    {
        if (!IsNameable(type)) return;
        var shape = ObjectShape.Of(type, compilation);
        if (shape.Refusal is { } reason)
        {
            Refuse(type, shape.RefusedMember, reason);
            return;
        }
        AddShaped(type, shape);
        foreach (var member in shape.Members) Add(member.Type);
    }

    private void Refuse(ITypeSymbol type, string? member, string reason)
    {
        var text = SymbolDisplay.FormatLiteral(reason, quote: true);
        Register(type, $"RefusedCodec<{Name(type)}>({(member is null ? "" : $"\"{member}\", ")}{text})", "");
    }

    private void Register(ITypeSymbol type, string codec, string declaration) =>
        _registrations.Add(new Registration($"ProcessFunctionTable.Register<{Name(type)}>(new {codec});", declaration));
}
