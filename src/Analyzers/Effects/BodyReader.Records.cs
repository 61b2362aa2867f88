using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Files that hold one record of a few values: definite where they are read or written, possible where that is only reached.
internal sealed partial class BodyReader
{
    /// <summary>Records within records, as deep as settings go.</summary>
    private const int DeepestRecord = 3;

    /// <summary>
    /// The whole text of a file becomes one object of a fixed number of values, or is made of one: some hundred bytes, which are in the
    /// cache.
    /// </summary>
    private bool IsOfRecord(IOperation site, ImmutableArray<IArgumentOperation> arguments) => site switch
    {
        IInvocationOperation { TargetMethod: { Name: "ReadAllText", ContainingType: { Name: "File", ContainingNamespace.Name: "IO" } } } =>
            BecomesRecord(site),
        IInvocationOperation { TargetMethod: { Name: "WriteAllText", ContainingType: { Name: "File", ContainingNamespace.Name: "IO" } } } =>
            arguments.Any(argument => argument.Parameter?.Name == "contents" && IsMadeOfRecord(argument.Value)),
        // From the stream, without a text between.
        IInvocationOperation read => IsReadAsRecord(read),
        _ => false,
    };

    private static bool BecomesRecord(IOperation text)
    {
        var current = text;
        while (current.Parent is IConversionOperation or IArgumentOperation) current = current.Parent;
        return current.Parent switch
        {
            IInvocationOperation read => IsReadAsRecord(read),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => AllBecomeRecord(text, local),
            _ => false,
        };
    }

    /// <summary>The local is read as a record, and is otherwise only given another text or written.</summary>
    private static bool AllBecomeRecord(IOperation place, ILocalSymbol text)
    {
        var uses = LocalUses.Of(place, text);
        return uses.Any(static use => IsRead(use))
            && uses.All(static use => IsRead(use) || use.Parent is ISimpleAssignmentOperation given && given.Target == use
                || use.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "WriteAllText" } });

        static bool IsRead(IOperation use) =>
            use.Parent is IArgumentOperation { Parent: IInvocationOperation read } && IsReadAsRecord(read);
    }

    private static bool IsReadAsRecord(IInvocationOperation read) =>
        read.TargetMethod switch
        {
            { Name: "Deserialize" or "DeserializeObject", TypeArguments: { Length: 1 } types } => IsRecord(types[0]),
            { Name: "Populate" or "PopulateObject" } => read.Arguments.Length > 1
                && ExpressionKeys.Strip(read.Arguments[1].Value)?.Type is { } filled && IsRecord(filled),
            _ => false,
        };

    private static bool IsRecord(ITypeSymbol type) => IsFixedRecord(type, DeepestRecord) || IsSettings(type);

    private bool IsMadeOfRecord(IOperation text)
    {
        var value = ExpressionKeys.Strip(text);
        // The last that was given to the local before it is written.
        if (value is ILocalReferenceOperation { Local: var local } && _body.Locals.TryGetValue(local, out var values) && values.Count > 0)
            value = ExpressionKeys.Strip(values[values.Count - 1]);
        return value is IInvocationOperation
        {
            TargetMethod.Name: "Serialize" or "SerializeObject", Arguments: { Length: > 0 } made,
        }
        && ExpressionKeys.Strip(made[0].Value)?.Type is { } type && IsRecord(type);
    }

    /// <summary>
    /// <c>void Save(object settings) => File.WriteAllText(path, Serialize(settings))</c>: the own parameter whose text, or which as text,
    /// becomes the whole content of a file; -1 for none.
    /// </summary>
    private int WrittenParameter(IOperation site, ImmutableArray<IArgumentOperation> arguments)
    {
        if (site is not IInvocationOperation { TargetMethod: { Name: "WriteAllText", ContainingType.Name: "File" } }) return -1;
        var contents = arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "contents")?.Value;
        if (contents is null) return -1;
        return _body.OwnParameter(Serialised(contents) ?? contents);
    }

    /// <summary>The object that a text is made of.</summary>
    private IOperation? Serialised(IOperation text) => MadeBy(text) is IInvocationOperation
    {
        TargetMethod: { Name: "Serialize" or "SerializeObject" }, Arguments: { Length: > 0 } made,
    } ? made[0].Value : null;

    /// <summary>What a call gives for any object: few values, as their type tells.</summary>
    private static bool IsGivenAsRecord(IOperation value, IParameterSymbol parameter) =>
        parameter.OriginalDefinition.Type is { SpecialType: SpecialType.System_Object } or ITypeParameterSymbol
        && ExpressionKeys.Strip(value)?.Type is { } type && IsRecord(type);

    /// <summary>
    /// What the user has chosen, by the name of its type, or of the type that keeps it for whoever derives from it: it is written when a
    /// switch is turned, and has as many values as there are switches.
    /// </summary>
    private static bool IsSettings(ITypeSymbol type)
    {
        var words = PascalWords.Of(type is ITypeParameterSymbol { ContainingType: { } keeper } ? keeper.Name : type.Name);
        return words.Count > 0 && (type is ITypeParameterSymbol ? words.Any(NamesSettings) : NamesSettings(words[words.Count - 1]));
    }

    private static bool NamesSettings(string word) =>
        word is "Settings" or "Setting" or "Config" or "Configuration" or "Options" or "Preferences" or "Prefs";

    /// <summary>An object whose members are numbers, texts, dates and other such objects; a list among them may hold anything.</summary>
    private static bool IsFixedRecord(ITypeSymbol type, int deepest)
    {
        if (deepest == 0 || type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None }
            || type.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable)) return false;
        var any = false;
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var part in current.GetMembers())
            {
                var kept = part switch
                {
                    IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public } property =>
                        property.Type,
                    IFieldSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public } field => field.Type,
                    _ => null,
                };
                if (kept is null) continue;
                if (!IsScalar(kept) && !IsFixedRecord(kept, deepest - 1)) return false;
                any = true;
            }
        }

        return any;
    }

    private static bool IsScalar(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => true,
        { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String or SpecialType.System_DateTime } => true,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: var inner } => IsScalar(inner[0]),
        _ => type is { Name: "Guid" or "TimeSpan" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "Version" or "Uri",
            ContainingNamespace.Name: "System" },
    };
}
