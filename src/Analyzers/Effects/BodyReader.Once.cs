using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What happens only while something is missing: a field that is filled on first use, a file that is written when there is none.
// Whoever writes that in a coroutine is told; whoever merely reaches it pays once at most, so there it is only possible.
internal sealed partial class BodyReader
{
    private void VisitLazily(IOperation tested, IOperation target, IOperation made, bool assigned = false)
    {
        Visit(target);
        var before = _body.Facts;
        var conditional = _body.Conditional;
        if (OwnState(tested) is { } key) _body.Facts = before.And(new PathFact(PathFactKind.Missing, key));
        else if (_body.OwnParameter(tested) >= 0)
        {
            // `given ?? new Settings("")`: a branch for those who give nothing.
            _body.Conditional = true;
            _body.Facts = before.And(new PathFact(
                PathFactKind.Passed, ExpressionKeys.Of(tested)!, new ValueTest(ValueRelation.IsMissing, 0).Key));
        }

        Visit(made);
        if (assigned && target is IPropertyReferenceOperation { Property.SetMethod: { } setter } property) CallAccessor(property, setter);
        _body.Facts = before.Meet(_body.Facts);
        _body.Conditional = conditional;
    }

    private const string AnyFile = "file";

    /// <summary>A pause while a file is not there is what happens until it is, and not once.</summary>
    private bool IsOnceFor(ApiEntry entry) => _body.IsOnce && (entry.Kind is not (BlockKind.Sleep or BlockKind.Task or BlockKind.Wait)
        || _body.Facts.All.Any(static fact => fact is { Kind: PathFactKind.Missing, Expression: not AnyFile }));

    /// <summary>What is missing when the condition came out with the given value.</summary>
    private IEnumerable<PathFact> MissingWhen(IOperation condition, bool value)
    {
        switch (condition)
        {
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } match
                when value && OwnState(match.Value) is { } key:
                return [new PathFact(PathFactKind.Missing, key)];
            case IIsPatternOperation
            {
                Pattern: INegatedPatternOperation
                {
                    Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } }
                }
            } match
                when !value && OwnState(match.Value) is { } key:
                return [new PathFact(PathFactKind.Missing, key)];
            case IInvocationOperation { TargetMethod: { Name: "Exists", ContainingType.Name: "File" or "Directory" } } when !value:
                return [new PathFact(PathFactKind.Missing, AnyFile)];
            case IPropertyReferenceOperation { Property: { Name: "Exists", ContainingType.Name: "FileInfo" or "DirectoryInfo"
                or "FileSystemInfo" } } when !value:
                return [new PathFact(PathFactKind.Missing, AnyFile)];
            case IPropertyReferenceOperation { Property.Name: "IsEmpty" or "IsDefault" or "IsDefaultOrEmpty" } empty
                when value && OwnState(empty.Instance) is { } key:
                return [new PathFact(PathFactKind.Missing, key)];
            case IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" }, Arguments: { Length: 1 } text }
                when value && OwnState(text[0].Value) is { } key:
                return [new PathFact(PathFactKind.Missing, key)];
            // `if (!again && _text != null) return _text;`: only who asks for it has it made twice.
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when !value && IsNotAsked(both.LeftOperand):
                return MissingOn(both.RightOperand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when !value && IsNotAsked(both.RightOperand):
                return Implied(both.LeftOperand, false).Where(static fact => fact.Kind == PathFactKind.Missing);
            case IFieldReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } flag
                when !value && IsRaisedHere(flag) && OwnState(flag) is { } key:
                return [new PathFact(PathFactKind.Missing, key)];
            case IInvocationOperation { TargetMethod.Name: "TryGetValue" or "ContainsKey" or "TryGet" } lookup
                when !value && ReceiverOf(lookup) is { } known && IsMap(known) && OwnState(known) is { } key
                    && IsFilledHere(lookup, known):
                return [new PathFact(PathFactKind.Missing, key)];
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } match
                when value && FoundIn(match.Value) is { } cache:
                return [new PathFact(PathFactKind.Missing, cache)];
            case IIsPatternOperation
            {
                Pattern: INegatedPatternOperation or IDeclarationPatternOperation or IRecursivePatternOperation,
            } match
                when !value && FoundIn(match.Value) is { } cache:
                return [new PathFact(PathFactKind.Missing, cache)];
            default:
                return [];
        }
    }

    /// <summary>
    /// <c>get { if (_ready != null) { _ready.WaitOne(); _ready = null; } return _data; }</c>: whoever asks first waits until there is
    /// something to give, and nobody after.
    /// </summary>
    private static bool IsLastWaitFor(IOperation state) =>
        ExpressionKeys.Strip(state) is { Type: { } type }
        && (type.Name.EndsWith("Event", StringComparison.Ordinal) || type.Name is "ManualResetEventSlim" or "WaitHandle" or "Task"
            or "EventWaitHandle")
        && LastName.Of((ExpressionSyntax)state.Syntax) is { } name
        && state.Syntax.FirstAncestorOrSelf<IfStatementSyntax>() is { Statement: BlockSyntax block }
        && block.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
        {
            PropertyDeclarationSyntax => true,
            MethodDeclarationSyntax method => !TellsOfSuccess(method.ReturnType),
            _ => false,
        }
        && block.Statements.Any(statement => statement is ExpressionStatementSyntax
        {
            Expression: AssignmentExpressionSyntax { Right.RawKind: (int)SyntaxKind.NullLiteralExpression, Left: var cleared },
        } && LastName.Of(cleared) == name);

    /// <summary>A member that gives nothing, a number or a task is asked to do something, and not for something.</summary>
    private static bool TellsOfSuccess(TypeSyntax given) =>
        given is PredefinedTypeSyntax { Keyword.RawKind: not (int)SyntaxKind.StringKeyword }
        || LastName.Of(given) is "Task" or "ValueTask" || given is GenericNameSyntax { Identifier.ValueText: "Task" or "ValueTask" };

    /// <summary>
    /// <c>if (_known.TryGetValue(key, out var found)) return found; … _known[key] = made;</c>: the entry that is missing is made by the
    /// same member, once for a key.
    /// </summary>
    private static bool IsFilledHere(IOperation lookup, IOperation receiver) =>
        receiver.Syntax is ExpressionSyntax known && LastName.Of(known) is { } name
        && lookup.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantNodes().Any(node => node switch
        {
            AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax entry } => LastName.Of(entry.Expression) == name,
            InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "Add" or "TryAdd" or "GetOrAdd" or "AddOrUpdate" or "Set" or "Put" or "Insert" or "Store",
                } call,
            } => LastName.Of(call.Expression) == name,
            _ => false,
        });

    /// <summary>
    /// <c>var found = _cache.Get(key); if (found is null) { …; _cache.Set(key, made); }</c>: the cache in which a local was looked up.
    /// </summary>
    private string? FoundIn(IOperation? found) =>
        ExpressionKeys.Strip(found) is ILocalReferenceOperation { Local: var local }
        && ExpressionKeys.Strip(SingleValue(local)) is IInvocationOperation lookup
        && ReceiverOf(lookup) is { } known && IsMap(known) && IsFilledHere(lookup, known)
            ? OwnState(known)
            : null;

    private static IOperation? ReceiverOf(IInvocationOperation call) =>
        ExpressionKeys.Strip(
            call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0] : null));

    /// <summary>A dictionary, or what its author calls a cache.</summary>
    private static bool IsMap(IOperation receiver) => receiver.Type is { } type
        && (type.ContainingNamespace?.Name is "Generic" or "Concurrent" or "Immutable" or "Frozen"
            || type.Name.IndexOf("Cache", StringComparison.Ordinal) >= 0);

    /// <summary>Not a parameter that is false unless the caller says otherwise.</summary>
    private static bool IsNotAsked(IOperation operand) =>
        operand is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var asked } && IsAsked(asked);

    /// <summary>A parameter with which a caller asks for the work although it was done: false by default, or a force by its name.</summary>
    private static bool IsAsked(IOperation operand) =>
        operand is IParameterReferenceOperation { Parameter: { Type.SpecialType: SpecialType.System_Boolean } parameter }
        && (parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: false }
            || parameter.Name.StartsWith("force", StringComparison.OrdinalIgnoreCase));

    private IEnumerable<PathFact> MissingOn(IOperation present) =>
        present is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, RightOperand.ConstantValue: { HasValue: true,
            Value: null } } test
        && OwnState(test.LeftOperand) is { } key
            ? [new PathFact(PathFactKind.Missing, key)]
            : MissingWhen(present, false);

    /// <summary>
    /// The dictionary of this object or of a type for which a delegate makes what is missing, each entry once, or the field that it fills
    /// through <c>LazyInitializer</c>; null for any other delegate.
    /// </summary>
    private static string? MakesEntryOf(IOperation function) => HandedTo.Call(function) switch
    {
        { TargetMethod: { Name: "GetOrAdd", ContainingType.Name: "ConcurrentDictionary" } } call => OwnState(call.Instance),
        { TargetMethod: { Name: "EnsureInitialized", ContainingType.Name: "LazyInitializer" }, Arguments: { Length: > 0 } given } =>
            OwnState(given[0].Value),
        _ => null,
    };

    /// <summary>
    /// <c>async Task&lt;T&gt; LoadAsync() { if (_kept is not null) return _kept; … }</c>: the task of such a method is complete
    /// whenever it is asked for, but for the first time.
    /// </summary>
    private bool IsKept(IOperation? task) => MadeBy(task) is IInvocationOperation { TargetMethod: { IsVirtual: false } maker }
        && DeclarationOf(maker) is MethodDeclarationSyntax method && Told.Keeps(method) is { } name
        && maker.ContainingType.GetMembers(name).Any(static state => state is IFieldSymbol or IPropertySymbol);

    /// <summary>
    /// The key of a field or property of this object or of a type; null for anything else, whose absence says nothing about tomorrow.
    /// </summary>
    private static string? OwnState(IOperation? operation) => ExpressionKeys.Strip(operation) switch
    {
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => ExpressionKeys.Of(field),
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property =>
            ExpressionKeys.Of(property),
        // What the caller keeps.
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.Ref } kept } => ExpressionKeys.Of(kept),
        IMemberReferenceOperation { Instance: { } holder } kept when IsHeld(holder) && IsGivenWhenThere(kept) => ExpressionKeys.Of(kept),
        _ => null,
    };

    private static bool IsHeld(IOperation holder) => ExpressionKeys.Strip(holder)
        is IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member.Kind: SymbolKind.Field or SymbolKind.Property }
        or IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } };

    /// <summary><c>if (_loader.Current is not null) return _loader.Current;</c>: another object keeps for this one what was made.</summary>
    private static bool IsGivenWhenThere(IOperation kept) => kept.Syntax.FirstAncestorOrSelf<IfStatementSyntax>() is { } choice
        && choice.Condition.Span.Contains(kept.Syntax.Span)
        && (choice.Statement is BlockSyntax { Statements: { Count: > 0 } all } ? all.Last() : choice.Statement)
            is ReturnStatementSyntax { Expression: { } given } && given.ToString() == kept.Syntax.ToString();

    /// <summary><c>if (_last == value) return; … _last = value;</c>: what follows happens once for a value, which is remembered.</summary>
    private static string? RememberedFrom(IBinaryOperation comparison) =>
        OwnState(comparison.LeftOperand) is { } key
        && ExpressionKeys.Strip(comparison.RightOperand) is IParameterReferenceOperation { Parameter.Name: var value }
        && comparison.LeftOperand.Syntax is ExpressionSyntax state && LastName.Of(state) is { } name
        && state.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment =>
            LastName.Of(assignment.Left) == name && assignment.Right is IdentifierNameSyntax kept && kept.Identifier.ValueText == value)
            ? key
            : null;

    /// <summary>
    /// <c>if (_loaded) return; … _loaded = true;</c>: the flag that is tested is raised by the same member, and nobody takes it back.
    /// </summary>
    private bool IsRaisedHere(IFieldReferenceOperation flag) => IsRaised(flag, inDispose: false)
        && !flag.Field.ContainingType.DeclaringSyntaxReferences
            .Any(part => Told.LoweredBy(part.GetSyntax(cancellation)).Contains(flag.Field.Name));

    /// <summary>The same when an object is disposed of, which is done for each object, so that somebody waits each time.</summary>
    private static bool TellsOfDisposal(IOperation? asked) =>
        ExpressionKeys.Strip(asked) is IFieldReferenceOperation flag && IsRaised(flag, inDispose: true);

    private static bool IsRaised(IFieldReferenceOperation flag, bool inDispose) =>
        flag.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && inDispose == member is MethodDeclarationSyntax
        {
            Identifier.ValueText: "Dispose" or "DisposeAsync" or "DisposeAsyncCore" or "Close",
        }
        && member.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment =>
            assignment.Right.IsKind(SyntaxKind.TrueLiteralExpression) && LastName.Of(assignment.Left) == flag.Field.Name);
}
