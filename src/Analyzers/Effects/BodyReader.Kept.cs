using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Contexts;

namespace Quintet.Analyzers.Effects;

// Functions that a local keeps until the body calls them.
internal sealed partial class BodyReader
{
    private readonly HashSet<SyntaxNode> _calledLater = [];

    /// <summary>
    /// <c>Action later; lock (_gate) { later = () => Save(); } later();</c>: the function is given to a local once, and does its work where
    /// that is called, which is all that happens to it.
    /// </summary>
    private bool RunsWhereCalled(IOperation function)
    {
        var (value, current) = (function, function.Parent);
        while (current is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
            (value, current) = (current, current.Parent);
        ILocalSymbol? local;
        switch (current)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var declared } }:
                local = declared;
                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var given } } kept
                when kept.Value == value && kept.Parent is IExpressionStatementOperation && !_body.Locals.ContainsKey(given):
                local = given;
                break;
            default: return false;
        }

        var uses = LocalUses.Of(function, local);
        var isGiven = current is ISimpleAssignmentOperation;
        if (uses.Count <= (isGiven ? 1 : 0) || !uses.All(use => IsCalled(use) || isGiven && use.Parent == current)) return false;
        _calledLater.Add(function.Syntax);
        return true;
    }

    private static bool IsCalled(IOperation use) => use.Parent is IInvocationOperation
    {
        TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: var function,
    } && function == use;
}
