using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>A place that uses what belongs to the thread of a loop.</summary>
/// <param name="Node">What is marked.</param>
/// <param name="Does">The use, in words.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Instead">What to write.</param>
internal sealed record AffineUse(SyntaxNode Node, string Does, string Owner, string Instead)
{
    /// <summary>Members of our loops that only their own thread may call, and what others call instead.</summary>
    private static readonly Dictionary<(string Type, string Member), string> OfLoops = new()
    {
        [("EventLoop", "CallSoon")] = "use CallSoonThreadSafe",
        [("EventLoop", "CallLater")] = "make the timer in CallSoonThreadSafe",
        [("EventLoop", "CallAt")] = "make the timer in CallSoonThreadSafe",
        [("EventLoop", "CreateTask")] = "use RunCoroutineThreadSafe",
        [("EventLoop", "Stop")] = "stop it in CallSoonThreadSafe",
        [("Future", "SetResult")] = "set it in CallSoonThreadSafe",
        [("Future", "SetException")] = "set it in CallSoonThreadSafe",
        [("Future", "Cancel")] = "cancel it in CallSoonThreadSafe",
        [("LoopTask", "Cancel")] = "cancel it in CallSoonThreadSafe",
        [("AsyncEvent", "Set")] = "set it in CallSoonThreadSafe",
        [("AsyncQueue", "PutNoWait")] = "put it in CallSoonThreadSafe",
        [("NodeLoop", "NextTick")] = "use Post",
        [("NodeLoop", "QueueMicrotask")] = "use Post",
        [("NodeLoop", "SetImmediate")] = "use Post",
        [("NodeLoop", "SetTimeout")] = "make the timer in Post",
        [("NodeLoop", "SetInterval")] = "make the timer in Post",
    };

    private static readonly HashSet<string> Names = [.. OfLoops.Keys.Select(static key => key.Member)];

    /// <summary>Members of elements that exist for other threads.</summary>
    private static readonly HashSet<string> ForOthers =
        ["Invoke", "BeginInvoke", "EndInvoke", "InvokeAsync", "CreateGraphics", "CheckAccess", "VerifyAccess", "Dispose",
         "BeginInvokeOnMainThread"];

    /// <summary>Words of a body that asks which thread it is on, goes over to the loop's, or has a loop of its own.</summary>
    private static readonly string[] Aware =
        ["InvokeRequired", "CheckAccess", "HasThreadAccess", "SwitchTo", "MainThread", "Dispatcher.Run", "Application.Run", "ShowDialog",
            "RunForever", "RunUntilComplete", "EventLoop.Run", "NodeLoop.Run", "FromCurrentSynchronizationContext"];

    public static bool KnowsItsThread(SyntaxNode body, SyntaxNode member) =>
        MemberText.Mentions(body, Aware) || MemberText.Mentions(member, ["SetApartmentState", "CheckForIllegalCrossThreadCalls"]);

    /// <param name="model">Of the tree.</param>
    /// <param name="node">Any node of the body.</param>
    /// <param name="body">What is made in it is its own.</param>
    /// <param name="desktop">Whether there are elements of a user interface.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static AffineUse? Of(SemanticModel model, SyntaxNode node, SyntaxNode body, bool desktop, CancellationToken cancellation) =>
        node switch
        {
            InvocationExpressionSyntax call => OfCall(model, call, body, desktop, cancellation),
            AssignmentExpressionSyntax { Left: var target } when desktop && node is not AssignmentExpressionSyntax
                { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } => OfSet(model, node, target, body, cancellation),
            PostfixUnaryExpressionSyntax { Operand: var target, RawKind: (int)SyntaxKind.PostIncrementExpression
                or (int)SyntaxKind.PostDecrementExpression } when desktop => OfSet(model, node, target, body, cancellation),
            _ => null,
        };

    private static AffineUse? OfCall(
        SemanticModel model, InvocationExpressionSyntax call, SyntaxNode body, bool desktop, CancellationToken cancellation)
    {
        if (MemberText.NameOf(call) is not { } name || ForOthers.Contains(name) || !desktop && !Names.Contains(name)) return null;
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { IsStatic: false } method) return null;
        // To ask for a repaint of the control itself is safe from every thread; its children are found through its handle.
        if (name == "Invalidate" && method.Parameters.All(static parameter => parameter.Type.SpecialType != SpecialType.System_Boolean))
            return null;
        var receiver = (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        if (IsOwn(model, receiver, body, cancellation)) return null;
        for (var type = method.ContainingType; type is not null && Names.Contains(name); type = type.BaseType)
        {
            if (OfLoops.TryGetValue((type.Name, name), out var instead)
                && (TypeShape.IsIn(type, "Quintet", "Asyncio") || TypeShape.IsIn(type, "Quintet", "Node")))
                return new AffineUse(call, $"calls '{type.Name}.{name}'", "the loop's thread", instead);
        }

        if (desktop && ElementsOf(model, receiver, method, cancellation) is { } list)
        {
            return new AffineUse(
                call, $"calls '{list.Name}.{name}'", "the thread of the user interface", Advice(ToolkitOf(list.ContainingType)!));
        }

        // What the application writes on its own windows may go over to their thread by itself.
        return !desktop || SourceModels.HasSource(method) || ToolkitOf(method.ContainingType) is not { } toolkit
            ? null
            : new AffineUse(call, $"calls '{method.ContainingType.Name}.{name}'", "the thread of the user interface", Advice(toolkit));
    }

    private static AffineUse? OfSet(
        SemanticModel model, SyntaxNode node, ExpressionSyntax target, SyntaxNode body, CancellationToken cancellation)
    {
        if (target is not (MemberAccessExpressionSyntax or IdentifierNameSyntax)) return null;
        // `new Label { Text = "…" }`: what is being made is the body's own.
        if (node.Parent is InitializerExpressionSyntax) return null;
        if (model.GetSymbolInfo(target, cancellation).Symbol is not IPropertySymbol { IsStatic: false } property
            || SourceModels.HasSource(property) || property.Name == "Tag"
                || ToolkitOf(property.ContainingType) is not { } toolkit) return null;
        return IsOwn(model, (target as MemberAccessExpressionSyntax)?.Expression, body, cancellation)
            ? null
            : new AffineUse(node, $"sets '{property.ContainingType.Name}.{property.Name}'",
                    "the thread of the user interface", Advice(toolkit));
    }

    /// <summary>The property of an element whose list a call changes: <c>_names.Items.Add(name)</c>, <c>Controls.Clear()</c>.</summary>
    private static IPropertySymbol? ElementsOf(
        SemanticModel model, ExpressionSyntax? list, IMethodSymbol method, CancellationToken cancellation) =>
        list is MemberAccessExpressionSyntax or IdentifierNameSyntax
        && method.Name is "Add" or "AddRange" or "Clear" or "Insert" or "Remove" or "RemoveAt"
        && TypeShape.IsOfToolkit(method.ContainingType)
        && (method.ContainingType.Name.EndsWith("Collection", StringComparison.Ordinal) || method.ContainingType.Name == "AvaloniaList")
        && model.GetSymbolInfo(list, cancellation).Symbol is IPropertySymbol { IsStatic: false, Name: "Items" or "Controls" or "Children"
            or "Rows" or "Columns" or "Nodes" or "Inlines" } property
        && !SourceModels.HasSource(property) && ToolkitOf(property.ContainingType) is not null
            ? property
            : null;

    /// <summary>Made in the body or handed to it, or the loop that the thread itself runs.</summary>
    private static bool IsOwn(SemanticModel model, ExpressionSyntax? receiver, SyntaxNode body, CancellationToken cancellation)
    {
        while (true)
        {
            if (receiver is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Current" } current
                && model.GetSymbolInfo(current, cancellation).Symbol is IPropertySymbol { IsStatic: true }) return true;
            var next = receiver switch
            {
                MemberAccessExpressionSyntax access => access.Expression,
                ParenthesizedExpressionSyntax inner => inner.Expression,
                PostfixUnaryExpressionSyntax suppressed => suppressed.Operand,
                ElementAccessExpressionSyntax element => element.Expression,
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
                _ => null,
            };
            if (next is null) break;
            receiver = next;
        }

        if (receiver is BaseObjectCreationExpressionSyntax or CastExpressionSyntax) return true;
        return receiver is IdentifierNameSyntax name && model.GetSymbolInfo(name, cancellation).Symbol is { } symbol
            && symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol
            // The parameters of a primary constructor may stand in another file.
            && symbol.DeclaringSyntaxReferences.All(reference => reference.SyntaxTree == body.SyntaxTree
                && body.Span.Contains(reference.Span));
    }

    private static string Advice(string toolkit) => toolkit switch
    {
        "Forms" => "hand it over with Control.Invoke",
        "Avalonia" => "hand it over with Dispatcher.UIThread.Post",
        "WinUI" => "hand it over with DispatcherQueue.TryEnqueue",
        _ => "hand it over with Dispatcher.Invoke",
    };

    /// <summary>The toolkit whose visible element a type is. What may be frozen or is only data (brushes, images, items) is none.</summary>
    public static string? ToolkitOf(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            switch (type.Name)
            {
                case "Control" when TypeShape.IsIn(type, "System", "Windows", "Forms"): return "Forms";
                case "UIElement" when TypeShape.IsIn(type, "System", "Windows"): return "Wpf";
                case "Visual" when TypeShape.IsIn(type, "Avalonia"): return "Avalonia";
                case "UIElement" when TypeShape.IsIn(type, "Microsoft", "UI", "Xaml") || TypeShape.IsIn(type, "Windows", "UI", "Xaml"):
                    return "WinUI";
            }
        }

        return null;
    }
}
