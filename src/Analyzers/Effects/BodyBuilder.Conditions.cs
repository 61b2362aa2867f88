using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

// What the path to a place asks of the body's own parameters.
internal sealed partial class BodyBuilder
{
    /// <summary>What the path facts say about the body's own bool parameters, as conditions of a step.</summary>
    public ImmutableArray<Condition> Conditions()
    {
        var deferred = Deferred
            ? ImmutableArray.Create(new Condition(ConditionKind.WalkedThrough, 0, true))
            : ImmutableArray<Condition>.Empty;
        if (Facts.IsEmpty || Method is null) return deferred;
        var conditions = deferred.ToBuilder();
        // Asked at every step: most bodies compare none of their parameters.
        var isTested = Facts.Knows(PathFactKind.Asked) || Facts.Knows(PathFactKind.Passed) || Facts.Knows(PathFactKind.Suffices);
        foreach (var parameter in Method.Parameters)
        {
            if (parameter.Type.IsReferenceType || TypeNames.IsNullable(parameter.Type))
                conditions.AddRange(TypesOf(parameter));
            if (parameter.Type.TypeKind == TypeKind.Enum) conditions.AddRange(ValuesOf(parameter));
            if (isTested) conditions.AddRange(TestsOf(parameter));
            if (parameter.Type.SpecialType != SpecialType.System_Boolean) continue;
            var expression = ExpressionKeys.Of(parameter);
            var isTrue = Facts.Knows(PathFactKind.True, expression);
            if (isTrue || Facts.Knows(PathFactKind.False, expression))
                conditions.Add(new Condition(ConditionKind.ParameterIs, parameter.Ordinal, isTrue, IsModeSwitch(parameter.Name)));
        }

        // A local function of a dual-mode method: the switch is captured. Or an object carries it: context.IsSynchronous.
        foreach (var fact in Facts.All)
        {
            if (fact.Kind is not (PathFactKind.True or PathFactKind.False)) continue;
            if (IsModeSwitch(LastWordOf(fact.Expression))
                && !Method.Parameters.Any(parameter => ExpressionKeys.Of(parameter) == fact.Expression))
                conditions.Add(new Condition(ConditionKind.ParameterIs, Captured, fact.Kind == PathFactKind.True, ModeSwitch: true));
        }

        return conditions.ToImmutable();
    }

    private static string LastWordOf(string key)
    {
        var at = key.LastIndexOf('@');
        var dot = key.LastIndexOf('.');
        return dot > at ? key.Substring(dot + 1) : at < 0 ? key : key.Substring(key.IndexOf(':') + 1, at - key.IndexOf(':') - 1);
    }

    private IEnumerable<Condition> ValuesOf(IParameterSymbol parameter)
    {
        var expression = ExpressionKeys.Of(parameter);
        return from fact in Facts.All
               where fact.Kind is PathFactKind.True or PathFactKind.False
               let value = PathFacts.ValueIn(fact.Expression, expression)
               where value is not null
               orderby value, fact.Kind
               select new Condition(
                   ConditionKind.ParameterEquals, parameter.Ordinal, fact.Kind == PathFactKind.True, IsMode(parameter.Type),
                   Least: value.Value);
    }

    /// <summary>A type of which callers write values down: whole numbers, texts, times, enumerations, a bool that may be missing.</summary>
    public static bool IsChosen(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: var inner } =>
            inner[0].SpecialType == SpecialType.System_Boolean || IsChosen(inner[0]),
        { SpecialType: >= SpecialType.System_Char and <= SpecialType.System_UInt64 or SpecialType.System_String } => true,
        _ => type.TypeKind == TypeKind.Enum || type is { Name: "TimeSpan", ContainingNamespace.Name: "System" },
    };

    private IEnumerable<Condition> TestsOf(IParameterSymbol parameter)
    {
        var expression = ExpressionKeys.Of(parameter);
        return from fact in Facts.All
               where fact.Kind is PathFactKind.Asked or PathFactKind.Passed or PathFactKind.Suffices && fact.Expression == expression
               orderby fact.Kind, fact.Type
               select new Condition(
                   fact.Kind switch
                   {
                       PathFactKind.Asked => ConditionKind.ValueAsked,
                       PathFactKind.Passed => ConditionKind.ValuePassed,
                       _ => ConditionKind.ValueSuffices,
                   },
                   parameter.Ordinal, true, IsMode(parameter.Type), Type: fact.Type);
    }

    private IEnumerable<Condition> TypesOf(IParameterSymbol parameter)
    {
        if (!Facts.Knows(PathFactKind.IsOfType)) return [];
        var expression = ExpressionKeys.Of(parameter);
        var declared = TypeNames.Of(parameter.Type) ?? TypeNames.Nullable;
        return from fact in Facts.All
               where fact.Kind == PathFactKind.IsOfType && fact.Expression == expression
               orderby fact.Type
               // Asked for its own type, it is only not null.
               select new Condition(ConditionKind.ParameterIsOfType, parameter.Ordinal, fact.Type != declared, Type: fact.Type);
    }

    /// <summary>Stands for a parameter of an enclosing body: no call site of this one decides it.</summary>
    private const int Captured = int.MaxValue;
}
