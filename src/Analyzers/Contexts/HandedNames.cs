using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Contexts;

/// <summary>Names that a text mentions as values: what is not among them is no function that somebody hands on.</summary>
/// <remarks>Hangs on the tree, so an edit of another tree keeps it. Safe for concurrent use.</remarks>
internal sealed class HandedNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, HandedNames> Trees = new();
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> NamedIn = new();
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> CalledIn = new();

    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _called = [];
    private readonly List<int> _localFunctions = [];

    private HandedNames(SyntaxNode root)
    {
        List<LocalFunctionStatementSyntax> locals = [];
        foreach (var node in root.DescendantNodes())
        {
            if (node is LocalFunctionStatementSyntax local) locals.Add(local);
            else if (node is not SimpleNameSyntax name) continue;
            else if (IsValue(name)) _names.Add(name.Identifier.ValueText);
            else if (IsCalledForValue(name)) _called.Add(name.Identifier.ValueText);
        }

        foreach (var local in locals)
            if (_names.Contains(local.Identifier.ValueText)) _localFunctions.Add(local.SpanStart);
    }

    /// <summary>Whether a name stands anywhere in a compilation without being called.</summary>
    public static bool Contains(Compilation compilation, string name, CancellationToken cancellation) =>
        All(NamedIn, compilation, static one => one._names, cancellation).Contains(name);

    /// <summary>Whether what a call of that name gives is handed on anywhere in a compilation.</summary>
    public static bool ContainsCall(Compilation compilation, string name, CancellationToken cancellation) =>
        All(CalledIn, compilation, static one => one._called, cancellation).Contains(name);

    /// <summary>A method whose call gives what others run: a function, or a coroutine of Unity.</summary>
    public static bool MayGive(IMethodSymbol method) => method.ReturnType.TypeKind == TypeKind.Delegate || FrameCoroutine.MayBe(method);

    private static HashSet<string> All(
        ConditionalWeakTable<Compilation, HashSet<string>> known,
        Compilation compilation,
        Func<HandedNames, HashSet<string>> pick,
        CancellationToken cancellation)
    {
        if (known.TryGetValue(compilation, out var names)) return names;
        var all = new HashSet<string>(compilation.SyntaxTrees.SelectMany(tree => pick(Of(tree, cancellation))));
        return known.GetValue(compilation, _ => all);
    }

    /// <summary>Whether a declaration holds a local function whose name stands there without being called.</summary>
    public static bool HasLocalFunction(SyntaxReference declaration, CancellationToken cancellation)
    {
        var starts = Of(declaration.SyntaxTree, cancellation)._localFunctions;
        if (starts.Count == 0) return false;
        var index = starts.BinarySearch(declaration.Span.Start);
        if (index < 0) index = ~index;
        return index < starts.Count && starts[index] < declaration.Span.End;
    }

    private static HandedNames Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (Trees.TryGetValue(tree, out var known)) return known;
        var names = new HandedNames(tree.GetRoot(cancellation));
        return Trees.GetValue(tree, _ => names);
    }

    /// <summary>Whether a name stands where a value does. Only there is a function handed on.</summary>
    public static bool IsValue(SimpleNameSyntax name) => StandsAsValue(Whole(name));

    /// <summary>Whether a name is called where what the call gives is handed on.</summary>
    public static bool IsCalledForValue(SimpleNameSyntax name) =>
        Whole(name) is var whole && whole.Parent is InvocationExpressionSyntax call && call.Expression == whole && StandsAsValue(call);

    private static SyntaxNode Whole(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;

    private static bool StandsAsValue(SyntaxNode whole)
    {
        return whole.Parent switch
        {
            ArgumentSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax or ConditionalExpressionSyntax
                or BinaryExpressionSyntax or SwitchExpressionArmSyntax or ExpressionElementSyntax or InitializerExpressionSyntax
                or CastExpressionSyntax or ParenthesizedExpressionSyntax or AnonymousFunctionExpressionSyntax or YieldStatementSyntax
                or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } => true,
            AssignmentExpressionSyntax assignment => assignment.Right == whole,
            _ => false,
        };
    }
}
