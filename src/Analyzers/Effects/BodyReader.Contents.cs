using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

// Contents of HTTP messages: what is about to be sent was made in memory, what has been received may still be on its way.
internal sealed partial class BodyReader
{
    /// <summary><c>content.ReadAsStringAsync()</c>: the content whose reading a task stands for.</summary>
    private IOperation? ContentReadBy(IOperation? task) => MadeBy(task) switch
    {
        IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "ConfigureAwait", Instance: { } inner } => ContentReadBy(inner),
        IInvocationOperation { TargetMethod: { ContainingType.Name: "HttpContent", Name: var reads }, Instance: { } content }
            when reads.StartsWith("ReadAs", StringComparison.Ordinal) => content,
        _ => null,
    };

    /// <summary>Whether a task reads a content that is in memory for sure; if not, what must hold of the parameter that it is.</summary>
    private bool IsReadFromMemory(IOperation site, IOperation? task, ref ImmutableArray<Condition> conditions)
    {
        if (ContentReadBy(task) is not { } content) return false;
        if (IsOverMemory(site, content, NoArguments, out var ofContent, out _)) return true;
        conditions = conditions.AddRange(ofContent);
        return false;
    }

    /// <summary>What has been received.</summary>
    private static bool IsReceived(IOperation content) =>
        content is IPropertyReferenceOperation { Property: { Name: "Content", ContainingType.Name: "HttpResponseMessage" } };
}
