using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Findings;

/// <summary>One mention of a local channel: what it does, and where a finding would be marked.</summary>
internal sealed record ChannelUse(ChannelRole Role, SyntaxNode Node)
{
    private const string OurNamespace = "Quintet.Goroutines";
    private const string Library = "System.Threading.Channels";

    /// <summary>Whether a type is a channel, and which one: ours has its operations itself, the library's behind its two ends.</summary>
    public static bool IsChannel(ITypeSymbol? type, out bool ours)
    {
        var space = type?.ContainingNamespace?.ToDisplayString();
        ours = type is INamedTypeSymbol { Name: "Chan" } && space == OurNamespace;
        return ours || type is INamedTypeSymbol { Name: "Channel" } && space == Library;
    }

    public static ChannelUse Of(IdentifierNameSyntax mention, bool ours)
    {
        ExpressionSyntax end = mention;
        if (!ours)
        {
            if (mention.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Reader" or "Writer" } side)
                return new ChannelUse(ChannelRole.Escapes, mention);
            end = side;
        }

        if (IsIterated(end)) return new ChannelUse(ChannelRole.Receives, end);
        // A local is never the member that an access names, so it is always what the member is asked of.
        if (end.Parent is not MemberAccessExpressionSyntax access) return new ChannelUse(ChannelRole.Escapes, mention);
        var name = access.Name.Identifier.ValueText;
        if (access.Parent is not InvocationExpressionSyntax call)
        {
            var looks = name is "Count" or "Capacity" or "CanCount" or "Completion";
            return new ChannelUse(looks ? ChannelRole.Looks : ChannelRole.Escapes, mention);
        }

        return new ChannelUse(RoleOf(name, call), call);
    }

    private static ChannelRole RoleOf(string name, InvocationExpressionSyntax call) => name switch
    {
        "TryReceive" or "TryRead" => ChannelRole.MayReceive,
        "TrySend" or "TryWrite" => ChannelRole.MaySend,
        "TryPeek" => ChannelRole.Looks,
        "Receive" => ChannelRole.Receives,
        "Send" => ChannelRole.Sends,
        // A token can end the wait.
        "ReceiveAsync" or "ReadAsync" or "WaitToReadAsync" or "ReadAllAsync" when Arguments(call) > 0 => ChannelRole.MayReceive,
        "SendAsync" or "WriteAsync" when Arguments(call) > 1 => ChannelRole.MaySend,
        "WaitToWriteAsync" when Arguments(call) > 0 => ChannelRole.MaySend,
        // Who holds the operation may wait for something else too, and give up.
        "ReceiveAsync" or "ReadAsync" or "WaitToReadAsync" => IsAwaited(call) ? ChannelRole.Receives : ChannelRole.Escapes,
        "ReadAllAsync" => IsIterated(call) ? ChannelRole.Receives : ChannelRole.Escapes,
        "SendAsync" or "WriteAsync" or "WaitToWriteAsync" => IsAwaited(call) ? ChannelRole.Sends : ChannelRole.Escapes,
        // Whoever closes it ends the waits, as somebody who is not seen may.
        _ => ChannelRole.Escapes,
    };

    private static int Arguments(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Count;

    private static bool IsAwaited(ExpressionSyntax operation) =>
        operation.Parent is AwaitExpressionSyntax || Configured(operation) is { Parent: AwaitExpressionSyntax };

    private static bool IsIterated(ExpressionSyntax sequence) =>
        IsSource(sequence) || Configured(sequence) is { } configured && IsSource(configured);

    private static bool IsSource(ExpressionSyntax sequence) =>
        sequence.Parent is CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 };

    private static InvocationExpressionSyntax? Configured(ExpressionSyntax operation) =>
        operation.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } access
            ? access.Parent as InvocationExpressionSyntax
            : null;
}
