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

    /// <summary>What has been received.</summary>
    private static bool IsReceived(IOperation content) =>
        content is IPropertyReferenceOperation { Property: { Name: "Content", ContainingType.Name: "HttpResponseMessage" } };
}
