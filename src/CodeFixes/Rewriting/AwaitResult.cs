using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>What awaiting a type gives.</summary>
internal static class AwaitResult
{
    /// <summary>The type of <c>await x</c>, <c>void</c> included; null for a type that cannot be awaited.</summary>
    public static ITypeSymbol? Of(SemanticModel model, ITypeSymbol type, int position)
    {
        if (TaskWaits.IsTask(type))
        {
            var arguments = ((INamedTypeSymbol)type).TypeArguments;
            return arguments.Length == 1 ? arguments[0] : model.Compilation.GetSpecialType(SpecialType.System_Void);
        }

        if (type.SpecialType != SpecialType.None || type.TypeKind is TypeKind.Error or TypeKind.Dynamic) return null;
        var awaiter = model.LookupSymbols(position, type as INamespaceOrTypeSymbol, "GetAwaiter", includeReducedExtensionMethods: true)
            .OfType<IMethodSymbol>().FirstOrDefault(static method => method.Parameters.IsEmpty)?.ReturnType;
        return awaiter?.GetMembers("GetResult").OfType<IMethodSymbol>()
            .FirstOrDefault(static method => method.Parameters.IsEmpty)?.ReturnType;
    }
}
