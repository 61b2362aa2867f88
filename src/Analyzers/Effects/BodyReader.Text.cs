using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Where something is turned into text without ToString being named, beside concatenations and plain interpolated strings.
internal sealed partial class BodyReader
{
    /// <summary><c>builder.Append($"…{one}")</c>: the receiver's own handler is given the parts.</summary>
    private void VisitHandler(IInterpolatedStringHandlerCreationOperation text)
    {
        VisitChildren(text);
        // A handler that can refuse is one of assertions and of logs, whose text is made only when it is wanted.
        if (text.HandlerCreationHasSuccessParameter || text.Content is not IInterpolatedStringOperation content) return;
        foreach (var part in content.Parts)
            if (part is IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: { IsEmpty: false } given } })
                CallToString(given[0].Value, formats: true);
    }

    /// <summary><c>FormattableString text = $"{order}"</c> keeps the parts, until somebody asks for the text.</summary>
    private static bool IsTextToBe(IInterpolationOperation part) =>
        part.Parent is IInterpolatedStringOperation { Parent: IConversionOperation
        {
            Type.Name: "FormattableString" or "IFormattable",
            // FormattableString.Invariant($"{order}") asks at once.
            Parent: not IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "FormattableString" } },
        } };

    /// <summary>The text that the compiler makes of a record asks for each of its public properties.</summary>
    private void CallPrinted(IOperation record, INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is { IsRecord: true }; current = current.BaseType)
        {
            if (current.GetMembers("PrintMembers").FirstOrDefault() is IMethodSymbol { IsImplicitlyDeclared: false } own)
            {
                Call(record, own, record, NoArguments, isVirtual: true);
                return;
            }

            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol
                    {
                        IsStatic: false, IsOverride: false, GetMethod: { } getter, DeclaredAccessibility: Accessibility.Public,
                        DeclaringSyntaxReferences: { Length: > 0 } declared,
                    } && declared[0].GetSyntax(cancellation) is PropertyDeclarationSyntax)
                    Call(record, Implementations.In(type, getter) ?? getter, record, NoArguments, isVirtual: true);
            }
        }
    }

    private void VisitText(IInvocationOperation call)
    {
        if (call is { Instance: { Type.IsRecord: true } printed, TargetMethod: { Name: "ToString", Parameters.IsEmpty: true } target }
            && (target.IsImplicitlyDeclared || target.ContainingType.SpecialType == SpecialType.System_Object))
            CallToString(printed);
        if (!MakesText(call.TargetMethod)) return;
        var formats = call.TargetMethod.Name.EndsWith("Format", StringComparison.Ordinal)
            || call.TargetMethod.ContainingType.Name == "Console";
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is IArrayCreationOperation { Initializer.ElementValues: var several })
                foreach (var one in several) CallToString(one, formats);
            else if (argument.Value.Kind == Collection.Expression)
                foreach (var one in argument.Value.ChildOperations) CallToString(one, formats);
            else if (argument.Parameter?.Type.SpecialType == SpecialType.System_Object) CallToString(argument.Value, formats);
            // string.Join(", ", orders)
            else if (argument.Parameter?.Type is INamedTypeSymbol { Name: "IEnumerable", TypeArguments: { Length: 1 } elements })
                CallToString(ExpressionKeys.Strip(argument.Value), elements[0], formats);
        }
    }

    private static bool MakesText(IMethodSymbol method) => method switch
    {
        { Name: "Concat" or "Format" or "Join", ContainingType.SpecialType: SpecialType.System_String } => true,
        { Name: "Append" or "AppendFormat" or "Insert", ContainingType.Name: "StringBuilder" } => true,
        { Name: "Write" or "WriteLine", ContainingType: { Name: "Console", ContainingNamespace.Name: "System" } } => true,
        _ => false,
    };
}
