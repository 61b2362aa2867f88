using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What happens only while something is missing: a field that is filled on first use, a file that is written when there is none.
// Whoever writes that in a coroutine is told; whoever merely reaches it pays once at most, so there it is only possible.
internal sealed partial class BodyReader
{
    private void VisitLazily(IOperation tested, IOperation target, IOperation made)
    {
        Visit(target);
        var before = _body.Facts;
        if (OwnState(tested) is { } key) _body.Facts = before.And(new PathFact(PathFactKind.Missing, key));
        Visit(made);
        _body.Facts = before.Meet(_body.Facts);
    }

    /// <summary>What is missing when the condition came out with the given value.</summary>
    private static IEnumerable<PathFact> MissingWhen(IOperation condition, bool value)
    {
        const string AnyFile = "file";
        switch (condition)
        {
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } match
                when value && OwnState(match.Value) is { } key:
                return [new PathFact(PathFactKind.Missing, key)];
            case IIsPatternOperation
            {
                Pattern: INegatedPatternOperation
                {
                    Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } }
                }
            } match
                when !value && OwnState(match.Value) is { } key:
                return [new PathFact(PathFactKind.Missing, key)];
            case IInvocationOperation { TargetMethod: { Name: "Exists", ContainingType.Name: "File" or "Directory" } } when !value:
                return [new PathFact(PathFactKind.Missing, AnyFile)];
            case IPropertyReferenceOperation { Property: { Name: "Exists", ContainingType.Name: "FileInfo" or "DirectoryInfo"
                or "FileSystemInfo" } } when !value:
                return [new PathFact(PathFactKind.Missing, AnyFile)];
            case IPropertyReferenceOperation { Property.Name: "IsEmpty" or "IsDefault" or "IsDefaultOrEmpty" } empty
                when value && OwnState(empty.Instance) is { } key:
                return [new PathFact(PathFactKind.Missing, key)];
            case IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" }, Arguments: { Length: 1 } text }
                when value && OwnState(text[0].Value) is { } key:
                return [new PathFact(PathFactKind.Missing, key)];
            // `if (!again && _text != null) return _text;`: only who asks for it has it made twice.
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when !value && IsNotAsked(both.LeftOperand):
                return MissingOn(both.RightOperand);
            case IFieldReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } flag
                when !value && IsRaisedHere(flag) && OwnState(flag) is { } key:
                return [new PathFact(PathFactKind.Missing, key)];
            case IInvocationOperation
            {
                TargetMethod: { Name: "TryGetValue" or "ContainsKey", ContainingType.ContainingNamespace.Name: "Generic" or "Concurrent" },
            } lookup
                when !value && OwnState(lookup.Instance) is { } key && IsFilledHere(lookup):
                return [new PathFact(PathFactKind.Missing, key)];
            default:
                return [];
        }
    }

    /// <summary>
    /// <c>if (_known.TryGetValue(key, out var found)) return found; … _known[key] = made;</c>: the entry that is missing is made by the
    /// same member, once for a key.
    /// </summary>
    private static bool IsFilledHere(IInvocationOperation lookup) =>
        lookup.Instance?.Syntax is ExpressionSyntax known && LastName.Of(known) is { } name
        && lookup.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantNodes().Any(node => node switch
        {
            AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax entry } => LastName.Of(entry.Expression) == name,
            InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "TryAdd" or "GetOrAdd" } call,
            } => LastName.Of(call.Expression) == name,
            _ => false,
        });

    /// <summary>Not a parameter that is false unless the caller says otherwise.</summary>
    private static bool IsNotAsked(IOperation operand) => operand
        is IUnaryOperation
        {
            OperatorKind: UnaryOperatorKind.Not,
            Operand: IParameterReferenceOperation
            {
                Parameter: { HasExplicitDefaultValue: true, ExplicitDefaultValue: false },
            },
        };

    private static IEnumerable<PathFact> MissingOn(IOperation present) =>
        present is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, RightOperand.ConstantValue: { HasValue: true,
            Value: null } } test
        && OwnState(test.LeftOperand) is { } key
            ? [new PathFact(PathFactKind.Missing, key)]
            : MissingWhen(present, false);

    /// <summary>
    /// The dictionary of this object or of a type for which a delegate makes what is missing, each entry once; null for any other delegate.
    /// </summary>
    private static string? MakesEntryOf(IOperation function)
    {
        var parent = function.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation or IArgumentOperation)
            parent = parent.Parent;
        return parent is IInvocationOperation { TargetMethod: { Name: "GetOrAdd", ContainingType.Name: "ConcurrentDictionary" } } call
            ? OwnState(call.Instance) : null;
    }

    /// <summary>
    /// The key of a field or property of this object or of a type; null for anything else, whose absence says nothing about tomorrow.
    /// </summary>
    private static string? OwnState(IOperation? operation) => ExpressionKeys.Strip(operation) switch
    {
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => ExpressionKeys.Of(field),
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property =>
            ExpressionKeys.Of(property),
        _ => null,
    };

    /// <summary><c>if (_loaded) return; … _loaded = true;</c>: the flag that is tested is raised by the same member.</summary>
    private static bool IsRaisedHere(IFieldReferenceOperation flag) =>
        flag.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment =>
            assignment.Right.IsKind(SyntaxKind.TrueLiteralExpression) && LastName.Of(assignment.Left) == flag.Field.Name);
}
