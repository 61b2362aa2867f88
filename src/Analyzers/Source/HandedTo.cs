using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Source;

/// <summary>Who is given a function.</summary>
internal static class HandedTo
{
    /// <summary>The call that a function is handed to, or null.</summary>
    public static IInvocationOperation? Call(IOperation function)
    {
        var parent = function.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation or IArgumentOperation)
            parent = parent.Parent;
        return parent as IInvocationOperation;
    }
}
