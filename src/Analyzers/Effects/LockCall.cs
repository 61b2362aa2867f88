using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// A call that takes or gives up a lock which belongs to the thread that took it, or a <c>SemaphoreSlim</c>, which belongs to nobody.
/// </summary>
/// <param name="Lock">The locked object.</param>
/// <param name="Kind">Its type, as the user reads it.</param>
/// <param name="Takes">Whether the call takes the lock.</param>
/// <param name="Exits">The members that give it up.</param>
/// <param name="IsShared">Others may hold the like at the same time.</param>
/// <param name="OnlyTries">Never waits for the lock.</param>
/// <param name="IsScope">The result gives the lock up when it is disposed.</param>
internal sealed record LockCall(
    IOperation Lock, string Kind, bool Takes, IReadOnlyList<string> Exits, bool IsShared, bool OnlyTries, bool IsScope)
{
    private static readonly HashSet<(string Type, string Member)> Releasers =
        [.. LockMembers.Takers.SelectMany(static pair => pair.Value.Select(exit => (pair.Key.Type, exit)))];

    public static LockCall? Of(IInvocationOperation call)
    {
        var receiver = call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        if (receiver is null || call.TargetMethod.ContainingNamespace is not { Name: "Threading" }) return null;
        // Mutex inherits WaitOne from WaitHandle, and an event or semaphore is no lock.
        var kind = call.Instance?.Type?.Name ?? call.TargetMethod.ContainingType.Name;
        var member = call.TargetMethod.Name;
        if (LockMembers.Takers.TryGetValue((kind, member), out var exits))
            return new LockCall(receiver, kind, true, exits, member.Contains("Read"), IsOnlyATry(call), exits.Length == 0);
        return Releasers.Contains((kind, member)) ? new LockCall(receiver, kind, false, [], false, false, false) : null;
    }

    /// <summary>The same of a semaphore, which is a lock when it lets in one at a time.</summary>
    public static LockCall? OfGate(IInvocationOperation call) =>
        call is { Instance: { Type.Name: Gate } gate, TargetMethod: { Name: "Wait" or "WaitAsync" or "Release" } method }
            ? new LockCall(gate, Gate, method.Name != "Release", ["Release"], false, IsOnlyATry(call), false)
            : null;

    /// <summary>The kind of lock that belongs to no thread.</summary>
    public const string Gate = "SemaphoreSlim";

    /// <summary>Whether a call, by its text, gives up the lock that was taken under this text.</summary>
    public static bool Releases(InvocationExpressionSyntax call, string lockText, IReadOnlyList<string> exits) =>
        call.Expression switch
        {
            MemberAccessExpressionSyntax access => exits.Contains(access.Name.Identifier.ValueText)
                && (access.Expression.ToString() == lockText
                    || call.ArgumentList.Arguments.Any(argument => argument.ToString() == lockText)),
            MemberBindingExpressionSyntax access => exits.Contains(access.Name.Identifier.ValueText)
                && call.Parent is ConditionalAccessExpressionSyntax { Expression: var perhaps } && perhaps.ToString() == lockText,
            _ => false,
        };

    private static bool IsOnlyATry(IInvocationOperation call)
    {
        if (!call.TargetMethod.Name.StartsWith("Try", StringComparison.Ordinal)
            && !call.TargetMethod.Name.StartsWith("Wait", StringComparison.Ordinal)) return false;
        var timeouts = call.Arguments.Where(static argument => argument.Parameter is { Type.Name: "Int32" or "TimeSpan" }).ToList();
        return timeouts.Count == 0
            ? call.TargetMethod.Name.StartsWith("Try", StringComparison.Ordinal)
            : timeouts.Any(static argument => NoTime.Is(argument.Value));
    }
}
