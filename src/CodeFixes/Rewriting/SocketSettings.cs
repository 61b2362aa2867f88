using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Settings of a socket that hold for its blocking calls only: a time-out, or that they never wait.</summary>
internal static class SocketSettings
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "ReceiveTimeout", "SendTimeout", "ReadTimeout", "WriteTimeout", "Blocking",
    };

    /// <summary>Whether a call may depend on one: the asynchronous form would wait where the blocking one gave up.</summary>
    /// <remarks>Who sets it nearly always does so in the file that uses the socket.</remarks>
    public static bool MayMatter(IMethodSymbol method, SyntaxNode call, CancellationToken cancellation) =>
        method.ContainingType.ContainingNamespace.ToDisplayString() == "System.Net.Sockets"
        && call.SyntaxTree.GetRoot(cancellation).DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(static name => Names.Contains(name.Identifier.ValueText));
}
