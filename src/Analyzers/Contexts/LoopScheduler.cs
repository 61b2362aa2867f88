using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>Whether a task scheduler is that of the loop on which it was asked for.</summary>
internal static class LoopScheduler
{
    /// <summary>Asked for on the spot, or kept in a local or a field that holds nothing else.</summary>
    public static bool Is(IOperation scheduler) => scheduler switch
    {
        IConversionOperation conversion => Is(conversion.Operand),
        IInvocationOperation { TargetMethod: var asked } => asked.Name == Told.CurrentScheduler,
        ILocalReferenceOperation { Local: var local } => IsOfLoop(local, scheduler),
        IFieldReferenceOperation { Field: var field } => HoldsNothingElse(field),
        _ => false,
    };

    private static bool IsOfLoop(ILocalSymbol local, IOperation place) =>
        local.DeclaringSyntaxReferences is { Length: 1 } declared
        && declared[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value } && Told.AsksForLoop(value)
        && !LocalUses.Of(place, local).Any(static use => use.Parent is IAssignmentOperation assignment && assignment.Target == use);

    /// <summary>Who else writes a field can be seen only where it is private, or written where its object is made.</summary>
    private static bool HoldsNothingElse(IFieldSymbol field)
    {
        if (field is not ({ IsReadOnly: true } or { DeclaredAccessibility: Accessibility.Private })) return false;
        var values = new List<ExpressionSyntax>();
        foreach (var reference in field.DeclaringSyntaxReferences)
            if (reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var initial }) values.Add(initial);
        foreach (var part in field.ContainingType.DeclaringSyntaxReferences)
        {
            values.AddRange(part.GetSyntax().DescendantNodes().OfType<AssignmentExpressionSyntax>()
                .Where(assignment => LastName.Of(assignment.Left) == field.Name).Select(static assignment => assignment.Right));
        }

        return values.Count > 0 && values.All(Told.AsksForLoop);
    }
}
