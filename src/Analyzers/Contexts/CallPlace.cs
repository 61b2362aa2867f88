using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Contexts;

/// <summary>From a place in the text to the bodies that run it: outwards through lambdas, then the member around.</summary>
internal sealed class CallPlace(EntryPoints entryPoints)
{
    /// <summary>The callers that a place stands for: one, or each constructor of the type for an initialiser.</summary>
    public IEnumerable<Caller> Of(SyntaxNode place, SemanticModel model, CancellationToken cancellation)
    {
        var (own, detached, called) = (RunContext.Unknown, false, false);
        var local = default(IMethodSymbol);
        var operation = OperationAt(place, model, cancellation);
        for (var current = operation; current is not null && local is null; current = current.Parent)
        {
            if (current is ILocalFunctionOperation function) local = function.Symbol;
            // A reference further out is one whose receiver is computed here, and that is computed at once.
            var handsOn = current is IMethodReferenceOperation && current == operation;
            if (!handsOn && current is not IAnonymousFunctionOperation) continue;
            var contexts = entryPoints.OfDelegate(current);
            // That the method handed on is async is the method's affair, not that of its caller.
            if (handsOn) contexts &= ~RunContext.Coroutine;
            var atOnce = (contexts & RunContext.Caller) != 0;
            called |= handsOn && atOnce;
            // The innermost function that is not run where it is written decides; what is further out only started it.
            if (own == RunContext.Unknown && !detached) own = contexts & ~(RunContext.Caller | RunContext.Later);
            if (IsWaitedFor(current)) continue;
            detached |= !atOnce || (contexts & ~(RunContext.Caller | RunContext.Coroutine)) != 0;
        }

        detached |= operation is IInvocationOperation call && StartsLoop(call, cancellation);
        // Who is run at once is run for somebody who may have given the lock up before; what it reaches is told there.
        if (called) own &= ~RunContext.GilThread;
        var (handedOn, ofResult) = (operation is IMethodReferenceOperation, RunContext.Unknown);
        if (MayBeRunElsewhere(operation) && entryPoints.OfValue(operation!) is var where and not RunContext.Unknown)
        {
            // A coroutine of Unity runs where it is continued, a method that is named where it is called by that name; who only makes
            // a function runs here.
            if (operation is IInvocationOperation { Type.TypeKind: TypeKind.Delegate }) ofResult = where;
            else (own, detached, handedOn) = (where, true, true);
        }

        if (local is not null) return [new Caller(own, detached, handedOn, local, ofResult)];
        return BodiesAround(place, model, cancellation).Select(body => new Caller(own, detached, handedOn, body, ofResult));
    }

    /// <summary>Whether <c>nameof</c> stands where a method is called by its name.</summary>
    public bool Names(SyntaxNode name, SemanticModel model, CancellationToken cancellation) =>
        model.GetOperation(name, cancellation) is INameOfOperation named && FrameCoroutine.IsCalledByName(named)
        && entryPoints.OfValue(named) != RunContext.Unknown;

    /// <summary>A call that gives what others run, or a name that others call.</summary>
    private static bool MayBeRunElsewhere(IOperation? operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var called, Type: { } given } =>
            given.TypeKind == TypeKind.Delegate || FrameCoroutine.MayBe(called),
        INameOfOperation named => FrameCoroutine.IsCalledByName(named),
        _ => false,
    };

    /// <summary><c>Task.Run(async () => …).Wait()</c>: run elsewhere, but whoever started it is still there when it ends.</summary>
    private static bool IsWaitedFor(IOperation function)
    {
        var parent = function.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation or IArgumentOperation) parent = parent.Parent;
        if (parent
            is not IInvocationOperation { TargetMethod: { Name: "Run" or "StartNew", ContainingType.Name: "Task"
                or "TaskFactory" } } started) return false;
        var taken = started.Parent;
        while (taken is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "Unwrap" } or IArgumentOperation)
            taken = taken.Parent;
        return taken
            is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "Wait" or "GetResult" }
                or IPropertyReferenceOperation { Property.Name: "Result" };
    }

    /// <summary>
    /// <c>_loop = RunAsync(token);</c>: nobody waits for the loop there, so that it outlives who started it.
    /// </summary>
    private static bool StartsLoop(IInvocationOperation call, CancellationToken cancellation)
    {
        if (!call.TargetMethod.IsAsync || call.TargetMethod.OriginalDefinition.DeclaringSyntaxReferences is not { Length: 1 } declared)
            return false;
        var isLeft = call.Parent is IExpressionStatementOperation
            || call.Parent is ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation
                or IDiscardOperation } kept && kept.Value == call;
        return isLeft && declared[0].GetSyntax(cancellation).DescendantNodes().Any(static node => node
            is WhileStatementSyntax or ForStatementSyntax { Condition: null } or ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
            && node.DescendantNodesAndSelf().Any(static part => part is AwaitExpressionSyntax or ForEachStatementSyntax));
    }

    /// <summary>The nearest operation at or above a node: a name within a call has none of its own.</summary>
    private static IOperation? OperationAt(SyntaxNode place, SemanticModel model, CancellationToken cancellation)
    {
        for (var node = place; node is not (null or MemberDeclarationSyntax or AccessorDeclarationSyntax); node = node.Parent)
        {
            if (model.GetOperation(node, cancellation) is not { } operation) continue;
            // A name that is not called hands the method on; its operation may be the conversion around the reference.
            if (node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax) return operation;
            while (operation is IDelegateCreationOperation or IConversionOperation && operation.ChildOperations.Count == 1)
                operation = operation.ChildOperations.First();
            return operation;
        }

        return null;
    }

    /// <summary>The member that a place is written in: one, or each constructor of the type for an initialiser.</summary>
    public static IEnumerable<IMethodSymbol?> BodiesAround(SyntaxNode place, SemanticModel model, CancellationToken cancellation)
    {
        for (var node = place; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax:
                    return [model.GetDeclaredSymbol(node, cancellation) as IMethodSymbol];
                case BasePropertyDeclarationSyntax property when property is not PropertyDeclarationSyntax { Initializer: not null }:
                    return [(model.GetDeclaredSymbol(property, cancellation) as IPropertySymbol)?.GetMethod];
                case PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax }:
                    return Initialising(model.GetDeclaredSymbol(node, cancellation));
                case GlobalStatementSyntax:
                    return [model.GetEnclosingSymbol(node.SpanStart, cancellation) as IMethodSymbol];
                case TypeDeclarationSyntax type:
                    return [PrimaryConstructor(model.GetDeclaredSymbol(type, cancellation), type)];
            }
        }

        return [null];
    }

    /// <summary>Instance initialisers run in every constructor; a static one runs when the runtime pleases.</summary>
    private static IEnumerable<IMethodSymbol?> Initialising(ISymbol? member)
    {
        if (member?.ContainingType is not { } type) return [null];
        if (!member.IsStatic && !type.InstanceConstructors.IsEmpty) return type.InstanceConstructors;
        return [type.StaticConstructors.FirstOrDefault()];
    }

    private static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol? type, TypeDeclarationSyntax declaration) =>
        type?.InstanceConstructors.FirstOrDefault(one => one.DeclaringSyntaxReferences.Any(r => r.Span == declaration.Span));
}
