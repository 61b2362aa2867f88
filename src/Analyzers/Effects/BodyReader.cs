using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;

namespace Quintet.Analyzers.Effects;

// How a body is read
// ------------------
// One walk over the operations, in the order in which they run, with what is known on the path in hand (PathFacts): which
// tasks are complete, which bool parameter has which value, which locks are held. Every place that matters becomes a Step.
// Nothing is decided here about callees: a call becomes a step with what the call site knows about its arguments, and
// EffectInference puts the two together.
//
//   BodyReader.cs            the walk: statements, branches, loops
//   BodyReader.Calls.cs      invocations, constructions, properties, operators, Dispose, enumerators
//   BodyReader.Functions.cs  lambdas, local functions, method groups
//   BodyReader.Patterns.cs   what patterns, deconstructions, indices from the end and subscriptions call
//   BodyReader.Sequences.cs  where a sequence is walked through that runs only then
//   BodyReader.Text.cs       what is turned into text
//   BodyReader.Tasks.cs      what is known of tasks and streams
//   BodyReader.Locks.cs      which locks are held where
//   BodyReader.Wrappers.cs   which locks other members take for the body
//   BodyReader.Once.cs       what happens only while something is missing
//   BodyReader.Gil.cs        where a global interpreter lock is held

/// <summary>Turns one member's operations into the summaries of its bodies.</summary>
internal sealed partial class BodyReader(
    MemberReader member, BodyBuilder first, string ownerKey, int ownerStart, CancellationToken cancellation)
{
    private static readonly ImmutableArray<IArgumentOperation> NoArguments = ImmutableArray<IArgumentOperation>.Empty;

    private readonly List<BodySummary> _summaries = [];
    private readonly HashSet<ILocalSymbol> _following = new(SymbolEqualityComparer.Default);
    private BodyBuilder _body = first;

    public IReadOnlyList<BodySummary> Summaries => _summaries;

    /// <summary>Reads a method, and for a constructor what runs before its body.</summary>
    public IOperation? ReadMethod(IMethodSymbol method, SyntaxNode syntax)
    {
        if (method is { MethodKind: MethodKind.Constructor, IsStatic: false }) ReadBeforeConstructor(method, syntax);
        var body = member.Models.BodyOf(syntax, cancellation);
        if (body is null) return null;
        Visit(body);
        return body;
    }

    /// <summary>Closes the body being read.</summary>
    public void Finish(CpuShape cpu)
    {
        foreach (var evidence in cpu.Evidence) _body.Add(CpuStep(evidence));
        _summaries.Add(_body.Build(cpu));
    }

    private Step CpuStep(CpuEvidence evidence) => new()
    {
        Kind = evidence.Certain && !_body.IsDoubted(evidence.Start) ? StepKind.Burns : StepKind.Sized,
        Span = new Microsoft.CodeAnalysis.Text.TextSpan(evidence.Start, evidence.Length),
        Name = evidence.Evidence,
        Evidence = evidence.Evidence,
        HasCheckpoint = evidence.HasCheckpoint,
        Forever = evidence.Forever,
        Conditions = evidence switch
        {
            { Grows: var (parameter, least) } =>
                ImmutableArray.Create(new Condition(ConditionKind.NotBelow, parameter, true, Least: least)),
            { Sides: var (first, second, least) } => ImmutableArray.Create(
                new Condition(ConditionKind.NotBelow, first, true, Least: least),
                new Condition(ConditionKind.NotBelow, second, true, Least: least)),
            { Given: var (parameter, least, power) } =>
                ImmutableArray.Create(new Condition(ConditionKind.AtLeast, parameter, true, Least: least, Power: power)),
            { Chosen: var (parameters, both) } => ImmutableArray.Create(Condition.OnLoops(parameters, both)),
            _ => ImmutableArray<Condition>.Empty,
        },
        Locks = _body.HeldAt(evidence.Start),
    };

    private void Visit(IOperation? operation)
    {
        if (operation is null) return;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        cancellation.ThrowIfCancellationRequested();
        Part(operation);
        switch (operation)
        {
            case INameOfOperation or ITypeOfOperation or ISizeOfOperation: return;
            case IBlockOperation block: VisitStatements(block.Operations); return;
            case IConditionalOperation conditional: VisitConditional(conditional); return;
            case IBinaryOperation binary: VisitBinary(binary); return;
            case ITupleBinaryOperation pairs: VisitChildren(pairs); CallOperators(pairs, pairs.LeftOperand.Type); return;
            case ILoopOperation loop: VisitLoop(loop); return;
            case ISwitchOperation choice: VisitSwitch(choice); return;
            case ISwitchExpressionOperation choice: VisitSwitchExpression(choice); return;
            case ITryOperation attempt: VisitTry(attempt); return;
            case ILockOperation held: VisitLock(held); return;
            case IUsingOperation scope: VisitScope(scope); return;
            case IUsingDeclarationOperation scope: VisitUsing(scope); return;
            case IAwaitOperation await: VisitAwait(await); return;
            case IThrowOperation raise: VisitCold(raise); return;
            case IReturnOperation returned: VisitReturn(returned); return;
            case ISimpleAssignmentOperation assignment: VisitAssignment(assignment); return;
            case IVariableDeclaratorOperation declarator: VisitDeclarator(declarator); return;
            case ILabeledOperation labelled: _body.Facts = PathFacts.None; Visit(labelled.Operation); return;
            case IInvocationOperation invocation: VisitInvocation(invocation); VisitText(invocation); VisitStepByHand(invocation); return;
            case ILocalReferenceOperation or IParameterReferenceOperation: VisitSequence(operation); return;
            case IArgumentOperation argument: Visit(argument.Value); EnumerateOwn(argument.Value); return;
            case { Kind: Collection.Spread } spread: VisitSpread(spread); return;
            case { Kind: Collection.Expression } collection: VisitCollection(collection); return;
            case IRecursivePatternOperation or IListPatternOperation or ISlicePatternOperation: VisitPattern(operation); return;
            case IImplicitIndexerReferenceOperation indexer: VisitImplicitIndexer(indexer); return;
            case IDeconstructionAssignmentOperation taken: VisitDeconstruction(taken); return;
            case IEventAssignmentOperation subscription: VisitSubscription(subscription); return;
            case IInterpolatedStringHandlerCreationOperation text: VisitHandler(text); return;
            case IObjectCreationOperation creation: VisitCreation(creation); return;
            case IPropertyReferenceOperation property: VisitProperty(property, write: false, read: true); return;
            case IFieldReferenceOperation field: VisitField(field, writes: false); return;
            case IAnonymousFunctionOperation function: VisitFunction(function); return;
            case ILocalFunctionOperation function: VisitLocalFunction(function); return;
            case IMethodReferenceOperation reference: VisitMethodReference(reference); return;
            case IConditionalAccessOperation access: VisitConditionalAccess(access); return;
            case ICoalesceAssignmentOperation lazily: VisitLazily(lazily.Target, lazily.Target, lazily.Value, assigned: true); return;
            case ICoalesceOperation lazily: VisitLazily(lazily.Value, lazily.Value, lazily.WhenNull); return;
            case ICompoundAssignmentOperation compound: VisitUpdate(compound, compound.Target, compound.OperatorMethod); return;
            case IIncrementOrDecrementOperation step: VisitUpdate(step, step.Target, step.OperatorMethod); return;
            case IConversionOperation { OperatorMethod: { } method } conversion:
                VisitChildren(conversion);
                Call(conversion, method, null, NoArguments);
                return;
            case IUnaryOperation { OperatorMethod: { } method } unary: VisitChildren(unary); Call(unary, method, null, NoArguments); return;
            case IInterpolationOperation interpolation:
                VisitChildren(interpolation);
                if (!IsTextToBe(interpolation)) CallToString(interpolation.Expression, true);
                return;
            case IWithOperation copy: VisitCopy(copy); return;
            default: VisitChildren(operation); return;
        }
    }

    private void VisitChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations) Visit(child);
    }

    private void VisitStatements(ImmutableArray<IOperation> statements)
    {
        var coldFrom = FirstColdStatement(statements);
        var (cold, locks, failed, parted) = (_body.Cold, _body.Locks, _body.InHandler, new List<TurnedOff>());
        for (var i = 0; i < statements.Length; i++)
        {
            if (i == coldFrom) _body.Cold = true;
            Visit(statements[i]);
            if (_turnedOff is { } left && statements[i] is IConditionalOperation) parted.Add(left);
            _turnedOff = null;
            // try { return Load(); } catch (IOException) { } Thread.Sleep(10): who comes this far has failed.
            _body.InHandler |= statements[i] is ITryOperation { Catches.IsEmpty: false } attempt && !Completes(attempt.Body);
            // Behind it only functions are declared, and what somebody jumps to.
            if (!Completes(statements[i])) i = NextReached(statements, i);
        }

        JoinParted(parted);
        (_body.Cold, _body.InHandler) = (cold, failed);
        LeaveBlock(locks, completes: statements.IsEmpty || Completes(statements[statements.Length - 1]));
    }

    /// <summary>
    /// Where the statements that can only end in a throw begin. Statements before the last one that may leave otherwise
    /// (a return inside a retry loop) are not among them.
    /// </summary>
    private static int FirstColdStatement(ImmutableArray<IOperation> statements)
    {
        if (statements.IsEmpty || !Throws(statements[statements.Length - 1])) return int.MaxValue;
        var first = statements.Length - 1;
        while (first > 0 && !MayLeave(statements[first - 1].Syntax)) first--;
        return first;
    }

    private static bool Throws(IOperation statement) => statement switch
    {
        IThrowOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IExpressionStatementOperation { Operation: IInvocationOperation call } => NeverReturns(call.TargetMethod),
        IBlockOperation { Operations: { IsEmpty: false } inner } => Throws(inner[inner.Length - 1]),
        _ => false,
    };

    private static bool NeverReturns(IMethodSymbol method) =>
        method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute");

    private static bool MayLeave(SyntaxNode statement)
    {
        foreach (var node in statement.DescendantNodesAndSelf(
            static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax or BreakStatementSyntax
                or ContinueStatementSyntax) return true;
        }

        return false;
    }

    /// <summary>The statement before the next one that can be reached although this one does not go on.</summary>
    private static int NextReached(ImmutableArray<IOperation> statements, int from)
    {
        while (from + 1 < statements.Length && statements[from + 1] is not (ILabeledOperation or ILocalFunctionOperation)) from++;
        return from;
    }

    /// <summary>Whether control can go on behind the statement.</summary>
    public static bool Completes(IOperation? statement) => statement switch
    {
        IReturnOperation { Kind: not OperationKind.YieldReturn } or IThrowOperation or IBranchOperation => false,
        IBlockOperation block => block.Operations.IsEmpty || Completes(block.Operations[block.Operations.Length - 1]),
        IConditionalOperation { WhenFalse: { } other } choice => Completes(choice.WhenTrue) || Completes(other),
        IUsingOperation scope => Completes(scope.Body),
        ILockOperation held => Completes(held.Body),
        IWhileLoopOperation { ConditionIsTop: true, Condition.ConstantValue: { HasValue: true, Value: true } } loop => IsLeft(loop),
        IForLoopOperation { Condition: null } loop => IsLeft(loop),
        IExpressionStatementOperation { Operation: IThrowOperation } => false,
        IExpressionStatementOperation { Operation: IInvocationOperation call } => !NeverReturns(call.TargetMethod),
        _ => true,
    };

    /// <summary>Somebody leaves the loop for what stands behind it, or jumps.</summary>
    private static bool IsLeft(ILoopOperation loop) => loop.Body.Descendants().OfType<IBranchOperation>().Any(branch =>
        branch.BranchKind == BranchKind.GoTo || SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel));

    private void VisitConditional(IConditionalOperation conditional)
    {
        var (locks, straight) = (_body.Locks, _body.StraightLength);
        Visit(conditional.Condition);
        if (_body.Locks.Length > locks.Length)
        {
            VisitTryTaken(conditional, locks);
            return;
        }

        if (Always(conditional.Condition) is { } constant)
        {
            Visit(constant ? conditional.WhenTrue : conditional.WhenFalse);
            return;
        }

        var (before, conditionalBefore) = (_body.Facts, _body.Conditional);
        var implied = Implied(conditional.Condition, true).ToList();
        Part(conditional, implied, straight);
        var isOrdinary = IsOrdinary(conditional.Condition) || IsRefusal(conditional.WhenFalse);
        if (!isOrdinary) implied = AsAsked(implied).ToList();
        _body.Conditional |= !isOrdinary && !IsDecided(implied);
        _body.Facts = before.And(implied);
        var (start, arm, conditions) = (_body.Count, _body.Conditions(), ConditionsAt(before));
        Visit(conditional.WhenTrue);
        var (afterTrue, middle, first) = (_body.Facts, _body.Count, _body.FirstWait(start, arm));
        implied = Implied(conditional.Condition, false).ToList();
        _body.Conditional = conditionalBefore || !IsDecided(implied) && !IsRefusal(conditional.WhenTrue);
        _body.Facts = before.And(implied);
        arm = _body.Conditions();
        Visit(conditional.WhenFalse);
        var second = _body.FirstWait(middle, arm);
        _body.Conditional = conditionalBefore;
        if (first >= 0 && second >= 0) _body.Join([first, second], conditions);
        var trueCompletes = Completes(conditional.WhenTrue);
        _turnedOff = first >= 0 && !trueCompletes && conditional.WhenFalse is null
            ? new TurnedOff(first, _body.Count, arm, conditions)
            : null;
        if (conditional.WhenFalse is not null && !Completes(conditional.WhenFalse)) _body.Facts = afterTrue;
        else if (trueCompletes) _body.Facts = afterTrue.Meet(_body.Facts);
    }

    private void VisitBinary(IBinaryOperation binary)
    {
        // Long concatenations nest to the left: walked in a loop so that a generated one does not exhaust the stack.
        var pending = new Stack<IBinaryOperation>();
        IOperation current = binary;
        while (current is IBinaryOperation nested)
        {
            pending.Push(nested);
            current = nested.LeftOperand;
        }

        Visit(current);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            var before = _body.Facts;
            var shortCircuits = operation.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr;
            var conditional = _body.Conditional;
            if (shortCircuits)
            {
                var isAnd = operation.OperatorKind == BinaryOperatorKind.ConditionalAnd;
                var implied = Implied(operation.LeftOperand, isAnd).ToList();
                // `File.Exists(path) && Load(path)`: as an if would ask.
                var isOrdinary = isAnd && IsOrdinary(operation.LeftOperand);
                if (isAnd && !isOrdinary) implied = AsAsked(implied).ToList();
                _body.Facts = before.And(implied);
                _body.Conditional |= !isAnd || !isOrdinary && !IsDecided(implied);
            }

            Visit(operation.RightOperand);
            _body.Conditional = conditional;
            if (shortCircuits) _body.Facts = before.Meet(_body.Facts);
            if (operation.OperatorMethod is { } method) CallOperator(operation, method);
            else if (operation is { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String })
            {
                CallToString(operation.LeftOperand);
                CallToString(operation.RightOperand);
            }
        }
    }

    private void VisitLoop(ILoopOperation loop)
    {
        var before = _body.Facts;
        if (_body.HoldsPerhaps) _body.Doubt(loop.Syntax.Span);
        if (IsOverInput(loop)) _body.Loop(loop.Syntax.Span);
        if (!before.IsEmpty)
        {
            // Going through a collection ends: what it fills was missing when it began, however often it is put anew.
            var missing = loop is IForEachLoopOperation ? before.All.Where(static fact => fact.Kind == PathFactKind.Missing).ToList() : [];
            before = _body.Facts = before.ForgetNames(BodyBuilder.AssignedNames(loop.Syntax)).And(missing);
        }

        switch (loop)
        {
            case IForEachLoopOperation each:
                VisitEnumeration(each);
                VisitElementParts(each);
                ElementFacts(each);
                Visit(each.Body);
                break;
            case IWhileLoopOperation { ConditionIsTop: true, Condition.ConstantValue: { HasValue: true, Value: false } }:
                break;
            case IWhileLoopOperation { ConditionIsTop: true } top:
                Visit(top.Condition);
                // A loop that polls for something is no making of it.
                _body.Facts = _body.Facts.And(Implied(top.Condition, true).Where(static fact => fact.Kind != PathFactKind.Missing));
                Visit(top.Body);
                break;
            default:
                VisitChildren(loop);
                break;
        }

        _body.Facts = loop is IWhileLoopOperation { Condition: { } condition } && !HasBreak(loop.Syntax)
            ? before.And(Implied(condition, false).Where(static fact => fact.Kind != PathFactKind.Missing))
            : loop is IForEachLoopOperation walked && !HasBreak(loop.Syntax) ? before.And(AwaitedOneByOne(walked))
            : loop is IForLoopOperation counted && !HasBreak(loop.Syntax) ? before.And(AwaitedByIndex(counted))
            : before;
    }

    private static bool HasBreak(SyntaxNode loop) =>
        loop.DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax)
            .Any(static node => node is BreakStatementSyntax or GotoStatementSyntax);

    private void VisitTry(ITryOperation attempt)
    {
        var before = _body.Facts;
        Visit(attempt.Body);
        // A task that was awaited is complete even if the await threw, so what the body learnt holds behind its handlers too.
        var after = _body.Facts;
        var inHandler = _body.InHandler;
        var failed = before.And(FailedIn(attempt.Body));
        foreach (var handler in attempt.Catches)
        {
            _body.Facts = failed;
            _body.InHandler = true;
            Visit(handler);
        }

        _body.InHandler = inHandler;
        _body.Facts = before;
        Visit(attempt.Finally);
        // What was known before, the body may have undone.
        _body.Facts = after.And(_body.Facts.All.Where(fact => !before.Contains(fact)));
    }

    private void VisitCold(IOperation operation)
    {
        var cold = _body.Cold;
        _body.Cold = true;
        VisitChildren(operation);
        _body.Cold = cold;
    }

    private void VisitReturn(IReturnOperation returned)
    {
        Visit(returned.ReturnedValue);
        if (returned is { Kind: OperationKind.Return, ReturnedValue: { } query }) VisitQueryGivenOn(returned, query);
        if (_body.Method is { IsAsync: false } method && returned.ReturnedValue is { } value && ReturnsTask(method))
            _body.Return(IsComplete(value), TaskSource(value));
    }
}
