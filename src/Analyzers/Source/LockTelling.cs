using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Source;

/// <summary>
/// Whether a member may take a lock for its caller, give one up for it, or run what it is given under one: what the text alone can say.
/// Most members that lock do all of it themselves, and tell their callers nothing.
/// </summary>
internal static class LockTelling
{
    /// <summary>Who wraps a lock is short; a longer body is not looked through.</summary>
    private const int Longest = 3_000;

    /// <summary>
    /// What a member tells its callers of a lock: its text without the statements that call, make and leave nothing, which it may be edited
    /// in; null for any other member.
    /// </summary>
    public static string? Of(SyntaxNode member)
    {
        if (!IsIn(member)) return null;
        var words = new StringBuilder();
        Tell(member, member is ConstructorDeclarationSyntax, words);
        return words.ToString();
    }

    private static void Tell(SyntaxNode node, bool keeps, StringBuilder words)
    {
        foreach (var child in node.ChildNodesAndTokens())
        {
            if (child.AsNode() is not { } part) words.Append(child.ToString()).Append(' ');
            else if (part is not StatementSyntax || part.DescendantNodesAndSelf().Any(inner => Tells(inner, keeps)))
                Tell(part, keeps, words);
            // lock (_gate) { }
            else if (node is not BlockSyntax) words.Append("; ");
        }
    }

    /// <param name="node">A part of the member.</param>
    /// <param name="keeps">The member is a constructor, which keeps what it is given.</param>
    private static bool Tells(SyntaxNode node, bool keeps) => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
        or LockStatementSyntax or ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or LocalFunctionStatementSyntax
        // again: if (!Monitor.TryEnter(_gate, 9)) goto again;
        or GotoStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or YieldStatementSyntax
        || keeps && node is AssignmentExpressionSyntax;

    public static bool IsIn(SyntaxNode member)
    {
        if (member.Span.Length > Longest) return false;
        var (modifiers, parameters) = member switch
        {
            BaseMethodDeclarationSyntax method => (method.Modifiers, method.ParameterList),
            LocalFunctionStatementSyntax local => (local.Modifiers, local.ParameterList),
            _ => (default, null),
        };
        var isGetter = IsGetter(member);
        if (parameters is null && !isGetter || modifiers.Any(SyntaxKind.AsyncKeyword)) return false;
        // Scope Held => new(_gate);
        if (isGetter && member is ArrowExpressionClauseSyntax { Expression: BaseObjectCreationExpressionSyntax }) return true;
        var calls = new List<(string Name, InvocationExpressionSyntax Call)>();
        var locks = false;
        foreach (var node in member.DescendantNodes(node => node == member || !IsFunction(node)))
        {
            locks |= node is LockStatementSyntax;
            if (node is InvocationExpressionSyntax call && NameOf(call) is { } name) calls.Add((name, call));
        }

        return IsOpen(calls) || IsOneCall(member, calls) || parameters is not null && RunsOwn(calls, locks, parameters);
    }

    private static bool IsGetter(SyntaxNode member) =>
        member is AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.GetAccessorDeclaration }
            or ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax };

    /// <summary>Takes what it does not give up, or gives up what it does not take.</summary>
    private static bool IsOpen(List<(string Name, InvocationExpressionSyntax Call)> calls)
    {
        foreach (var (name, call) in calls)
        {
            // Tasks and events are waited for as well, by who tells nobody of a lock.
            if (name is "Wait" or "WaitAsync" or "Release" && !IsOnGate(call)) continue;
            if (LockMembers.Taking.Contains(name) && !IsScope(call) && !calls.Any(other => LockMembers.ArePair(name, other.Name)))
                return true;
            if (LockMembers.Releasing.Contains(name) && !calls.Any(other => LockMembers.ArePair(other.Name, name))) return true;
        }

        return false;
    }

    private static readonly string[] Gates = ["gate", "lock", "mutex", "sem"];

    private static bool IsOnGate(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && LastName.Of(receiver) is { } name
        && (Gates.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0) || IsDeclaredGate(call, name));

    /// <summary><c>readonly SemaphoreSlim _one = new(1, 1);</c> in the same part of the type.</summary>
    private static bool IsDeclaredGate(SyntaxNode call, string name) =>
        call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && type.Members.OfType<FieldDeclarationSyntax>().Any(field =>
            field.Declaration is { Type: IdentifierNameSyntax { Identifier.ValueText: "SemaphoreSlim" }, Variables: var declared }
            && declared.Any(one => one.Identifier.ValueText == name));

    private static bool IsScope(InvocationExpressionSyntax call) =>
        call.Parent is UsingStatementSyntax
        || call.Parent is EqualsValueClauseSyntax { Parent.Parent.Parent: UsingStatementSyntax or LocalDeclarationStatementSyntax
            {
                UsingKeyword.RawKind: not 0,
            } };

    /// <summary><c>void Take() => _sync.Take();</c>, and <c>Dispose() => Dispose(true)</c>.</summary>
    private static bool IsOneCall(SyntaxNode member, List<(string Name, InvocationExpressionSyntax Call)> calls) =>
        IsDispose(member)
            ? calls.Any(static one => one.Name == "Dispose" || LockMembers.IsCalledSo(one.Name))
            : StatementsOf(member) <= MostStatements && calls.Any(static one => LockMembers.IsCalledSo(one.Name)
                // orders.Take(10)
                && (one.Name != "Take" || one.Call.ArgumentList.Arguments.Count == 0));

    /// <summary>A call, and the object that is given for it.</summary>
    private const int MostStatements = 2;

    private static bool IsDispose(SyntaxNode member) => member is MethodDeclarationSyntax { Identifier.ValueText: "Dispose" };

    private static int StatementsOf(SyntaxNode member) => member switch
    {
        BaseMethodDeclarationSyntax method => method.Body?.Statements.Count ?? 1,
        LocalFunctionStatementSyntax local => local.Body?.Statements.Count ?? 1,
        AccessorDeclarationSyntax accessor => accessor.Body?.Statements.Count ?? 1,
        ArrowExpressionClauseSyntax => 1,
        _ => int.MaxValue,
    };

    private static bool RunsOwn(
        List<(string Name, InvocationExpressionSyntax Call)> calls, bool locks, BaseParameterListSyntax parameters)
    {
        if (parameters.Parameters.Count == 0) return false;
        locks |= calls.Any(static one => LockMembers.Taking.Contains(one.Name) || LockMembers.IsCalledSo(one.Name));
        return locks && calls.Any(one => Mentions(one.Call, parameters));
    }

    /// <summary>Runs a parameter, or gives it on to somebody who may.</summary>
    private static bool Mentions(InvocationExpressionSyntax call, BaseParameterListSyntax parameters)
    {
        foreach (var parameter in parameters.Parameters)
        {
            if (parameter.Type is PredefinedTypeSyntax) continue;
            var name = parameter.Identifier.ValueText;
            if (IsNamed(call.Expression, name)
                || call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke", Expression: var run }
                    && IsNamed(run, name)
                || call.Parent is ConditionalAccessExpressionSyntax { Expression: var perhaps } && IsNamed(perhaps, name)
                || LockMembers.IsCalledSo(NameOf(call) ?? "")
                    && call.ArgumentList.Arguments.Any(argument => IsNamed(argument.Expression, name))) return true;
        }

        return false;
    }

    private static bool IsNamed(ExpressionSyntax expression, string name) =>
        expression is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name;

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;
}
