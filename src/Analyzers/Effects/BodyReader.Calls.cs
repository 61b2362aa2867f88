using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Everything that transfers control to a member: invocations and their quiet relatives.
internal sealed partial class BodyReader
{
    private void VisitInvocation(IInvocationOperation invocation)
    {
        var target = invocation.TargetMethod;
        if (_body.HoldsPerhaps) _body.Doubt(invocation.Syntax.Span);
        Visit(invocation.Instance);
        var facts = _body.Facts;
        foreach (var argument in invocation.Arguments)
        {
            if (IsWhenElementsComplete(invocation)) PrepareElementLambda(argument.Value);
            Visit(argument);
        }

        _body.Facts = facts;
        foreach (var argument in invocation.Arguments)
            if (argument.Parameter is { RefKind: RefKind.Ref or RefKind.Out }) Replaced(argument.Value);
        if (target.MethodKind == MethodKind.DelegateInvoke) CallDelegate(invocation);
        else if (target.MethodKind == MethodKind.LocalFunction) CallNested(invocation, target, invocation.Arguments);
        else CallUnder(invocation, RunUnder(invocation));
        VisitFilled(target, invocation.Arguments);
        TrackLock(invocation);
        TrackGil(invocation);
        if (IsLoopInDisguise(target)) _body.Loop(invocation.Syntax.Span);
        LearnSet(invocation);
        LearnSetBy(invocation);
        if (target.Name == "Reset" && IsEvent(target.ContainingType) && ExpressionKeys.Of(invocation.Instance) is { } reset)
            _body.Facts = _body.Facts.Forget(reset);
        if (target.Name == "Add" && invocation is { Instance: ILocalReferenceOperation { Local: var list }, Arguments: { Length: 1 } added }
            && IsTaskLike(added[0].Value.Type)) _body.AddTo(list, added[0].Value);
        if (target is { Name: "Wait" or "WaitAll", ContainingType.Name: "Task" })
            Learn(target.Name == "Wait" && invocation.Instance is { } task ? task : invocation);
        // Behind Debug.Assert(task.IsCompleted) the author knows it.
        if (target is { Name: "Assert", IsStatic: true } && invocation.Arguments.Length > 0)
            _body.Facts = _body.Facts.And(
                Implied(invocation.Arguments[0].Value, true).Where(static fact => fact.Kind == PathFactKind.Completed));
    }

    private void VisitCreation(IObjectCreationOperation creation)
    {
        foreach (var argument in creation.Arguments) Visit(argument);
        if (creation.Constructor is { } constructor)
        {
            Call(creation, constructor, null, creation.Arguments);
            TrackWrapped(creation, constructor, null, creation.Arguments);
            VisitFilled(constructor, creation.Arguments);
        }

        Visit(creation.Initializer);
    }

    private void VisitProperty(IPropertyReferenceOperation property, bool write, bool read)
    {
        Visit(property.Instance);
        foreach (var argument in property.Arguments) Visit(argument);
        if (IsOwnState(property.Instance, property.Property) && member.KeyOf(property.Property) is { } key
            && IsAutoProperty(property.Property))
            _body.Touch(key, write, property.Syntax.SpanStart);
        if (read && property.Property.GetMethod is { } getter)
        {
            CallAccessor(property, getter);
            TrackWrapped(property, getter, property.Instance, property.Arguments);
        }

        if (write && property.Property.SetMethod is { } setter) CallAccessor(property, setter);
    }

    private void CallAccessor(IPropertyReferenceOperation property, IMethodSymbol accessor)
    {
        if (member.Annotations.HasKeys && Declares(property, accessor)) return;
        // The catalogue speaks of properties, source and compiled bodies of accessors; an auto-property does nothing.
        if (Known(property, property.Property, property.Instance, property.Arguments)
            || Known(property, accessor, property.Instance, property.Arguments)) return;
        if (LazyFieldOf(property) is { } lazy)
        {
            member.Remember(lazy, ((IFieldReferenceOperation)property.Instance!).Field.OriginalDefinition);
            AddCall(property, property.Property.Name, BodyKey.Field + lazy, Dispatch.Once, null, NoArguments);
            return;
        }

        if (IsLazyValue(property) && property.Instance is ILocalReferenceOperation && MadeBy(property.Instance)
            is IObjectCreationOperation { Arguments: { IsEmpty: false } made } && FunctionKey(made[0].Value) is { } factory)
        {
            AddCall(property, property.Property.Name, factory, Dispatch.Direct, null, NoArguments);
            return;
        }

        if (IsAutoProperty(property.Property)) { TouchStatics(property, property.Property); return; }
        Call(property, accessor, property.Instance, property.Arguments, isVirtual: property.Property.IsVirtual
            || property.Property.IsAbstract || property.Property.IsOverride);
    }

    private bool IsAutoProperty(IPropertySymbol property) => (member.ShapeOf(property) & SymbolShape.AutoProperty) != 0;

    private static bool IsLazyValue(IPropertyReferenceOperation property) =>
        property.Property is { Name: "Value", ContainingType: { Name: "Lazy", Arity: 1 } };

    /// <summary>The key of the field whose lazy value is asked for: its factory runs here, or has run before.</summary>
    private string? LazyFieldOf(IPropertyReferenceOperation property) =>
        IsLazyValue(property) && property.Instance is IFieldReferenceOperation { Field: var field }
        && field.DeclaredAccessibility == Accessibility.Private && SourceModels.HasSource(field)
            ? member.KeyOf(field)
            : null;

    private void VisitField(IFieldReferenceOperation field, bool writes)
    {
        Visit(field.Instance);
        if (field.Field.IsConst) return;
        if (IsOwnState(field.Instance, field.Field) && member.KeyOf(field.Field) is { } key)
            _body.Touch(key, writes || IsMutated(field), field.Syntax.SpanStart);
        TouchStatics(field, field.Field);
    }

    private static bool IsOwnState(IOperation? instance, ISymbol member) =>
        instance is null or IInstanceReferenceOperation && SourceModels.HasSource(member);

    /// <summary>The field's object is changed through one of the members that collections have for it.</summary>
    private static bool IsMutated(IFieldReferenceOperation field) => field.Parent switch
    {
        IInvocationOperation { TargetMethod.Name: { } name } call when call.Instance == field =>
            name is "Add" or "AddRange" or "Remove" or "RemoveAt" or "RemoveAll" or "Clear" or "Insert" or "Enqueue" or "Dequeue" or "Push"
                or "Pop" or "TryAdd" or "Append",
        IPropertyReferenceOperation { Parent: IAssignmentOperation assignment } indexer => assignment.Target == indexer,
        IArrayElementReferenceOperation { Parent: IAssignmentOperation assignment } element => assignment.Target == element,
        IAssignmentOperation or IIncrementOrDecrementOperation => true,
        _ => false,
    };

    private void VisitUpdate(IOperation update, IOperation target, IMethodSymbol? operatorMethod)
    {
        if (target is IPropertyReferenceOperation property) VisitProperty(property, write: true, read: true);
        else if (target is IFieldReferenceOperation field) VisitField(field, writes: true);
        else Visit(target);
        if (update is ICompoundAssignmentOperation compound)
        {
            Visit(compound.Value);
            if (compound is { OperatorMethod: null, Type.SpecialType: SpecialType.System_String }) CallToString(compound.Value);
        }

        if (operatorMethod is not null) Call(update, operatorMethod, null, NoArguments);
        if (ExpressionKeys.Of(target) is { } key) _body.Facts = _body.Facts.Forget(key);
    }

    private void VisitEnumeration(IForEachLoopOperation each)
    {
        Visit(each.Collection);
        if (each.IsAsynchronous)
        {
            _body.Suspend(!HasConfigureAwaitFalse(each.Collection), each.Collection.Syntax.Span, null);
            return;
        }

        if (each.Syntax is not CommonForEachStatementSyntax syntax || member.Models.Of(syntax.SyntaxTree) is not { } model) return;
        var info = model.GetForEachStatementInfo(syntax);
        if (info.GetEnumeratorMethod is not { } getEnumerator || each.Collection.Type is IArrayTypeSymbol) return;
        if (IsQueryable(Queried(each.Collection)) && member.Catalogue.Find(getEnumerator, ApiVerb.Blocks) is null)
        {
            AddEnumeratedQuery(each.Collection);
            return;
        }

        Call(each.Collection, getEnumerator, each.Collection, NoArguments, isVirtual: getEnumerator.IsAbstract, enumerates: true);
        CallSteps(each.Collection, getEnumerator);
        if (info.MoveNextMethod is { } moveNext && SourceModels.HasSource(moveNext)) Call(each.Collection, moveNext, null, NoArguments);
        if (info.CurrentProperty?.GetMethod is { } current && SourceModels.HasSource(current) && !IsAutoProperty(info.CurrentProperty))
            Call(each.Collection, current, null, NoArguments);
        if (DisposalOf(getEnumerator.ReturnType, info) is { } dispose && SourceModels.HasSource(dispose))
            Call(each.Collection, dispose, null, NoArguments);
        VisitElementConversion(each, info);
    }

    /// <param name="value">What is turned into text.</param>
    /// <param name="formats">Who can be asked for a format is asked with one, given or not.</param>
    private void CallToString(IOperation? value, bool formats = false)
    {
        var operation = ExpressionKeys.Strip(value);
        CallToString(operation, operation?.Type, formats);
    }

    private void CallToString(IOperation? operation, ITypeSymbol? printed, bool formats)
    {
        if (operation is null
            || printed is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None } type) return;
        if (formats && Formatter(type) is { } formatter)
        {
            if (SourceModels.HasSource(formatter)) Call(operation, formatter, operation, NoArguments);
            return;
        }

        var isReadFromBodies = member.Catalogue.IsReadFromBody("ToString");
        for (INamedTypeSymbol? current = type; current is not null && (isReadFromBodies || SourceModels.HasSource(current));
            current = current.BaseType)
        {
            foreach (var candidate in current.GetMembers("ToString"))
            {
                if (candidate is not IMethodSymbol { Parameters.IsEmpty: true, IsOverride: true } toString) continue;
                if (toString.IsImplicitlyDeclared && SourceModels.HasSource(current)) CallPrinted(operation, current);
                else if (SourceModels.HasSource(toString)) Call(operation, toString, operation, NoArguments);
                else if (member.EntriesOf(toString).Any(static entry => entry.Via.Count > 0))
                    Known(operation, toString, operation, NoArguments);
                return;
            }
        }
    }

    /// <summary>A call of a member: known from the catalogue, annotated, or in source.</summary>
    private void Call(
        IOperation site, IMethodSymbol target, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments, bool isVirtual = false,
            bool enumerates = false)
    {
        if (IsLeftOut(site, target)) return;
        TouchStatics(site, target);
        if (isVirtual && AnswerOfNew(target, receiver) is { } answer) target = answer;
        if (Declares(site, target) || Known(site, target, receiver, arguments)) return;
        var definition = (target.ReducedFrom ?? target).OriginalDefinition;
        if (definition.PartialImplementationPart is { } implementation) definition = implementation;
        if (definition is { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true })
        {
            CallImplicitConstructor(site, definition);
            return;
        }
        if (isVirtual && MadeBy(receiver) is IObjectCreationOperation { Type: INamedTypeSymbol made }
            && Implementations.In(made, target) is { } exact) (definition, isVirtual) = (exact, false);
        if (!SourceModels.HasSource(definition))
        {
            CallInherited(site, definition, receiver, arguments);
            return;
        }

        if (member.KeyOf(definition) is not { } key) return;
        if (LogNames.IsLogger(definition.ContainingType.Name)) return;
        member.Remember(key, definition);
        var isIterator = (member.ShapeOf(definition) & SymbolShape.Iterator) != 0;
        var use = !IsSequence(definition.ReturnType) ? SequenceUse.None
            : !enumerates ? UseOf(site)
            : isIterator ? SequenceUse.None : SequenceUse.WalkedThroughLater;
        // An iterator runs when it is enumerated, not when it is called.
        if (isIterator && !enumerates && use == SequenceUse.None) return;
        var dispatched = isVirtual && IsDispatched(definition, receiver);
        AddCall(site, MemberReader.NameOf(definition), dispatched ? BodyKey.Dispatched(key, target) : key, dispatched
            ? Dispatch.Virtual
            : Dispatch.Direct, target, arguments, use, isDeferred: isIterator && use == SequenceUse.GivenOn);
    }

    /// <summary>
    /// What a new object answers to a call of another assembly's member, where its body was read or stands here: it answers for itself,
    /// whatever the type is by which it is called.
    /// </summary>
    private IMethodSymbol? AnswerOfNew(IMethodSymbol target, IOperation? receiver) =>
        (target.IsAbstract || target.IsVirtual) && member.Catalogue.IsReadFromBody(target.Name)
        && !SourceModels.HasSource(target.OriginalDefinition)
        && MadeBy(receiver) is IObjectCreationOperation { Type: INamedTypeSymbol made }
        && Implementations.In(made, target) is { } answer
        && (SourceModels.HasSource(answer) || member.EntriesOf(answer).Any(static entry => entry.Via.Count > 0)) ? answer : null;

    private static IMethodSymbol? Formatter(INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (contract is { Name: "IFormattable", ContainingNamespace.Name: "System" }
                && contract.GetMembers("ToString").FirstOrDefault() is { } member)
                return type.FindImplementationForInterfaceMember(member) as IMethodSymbol;
        }

        return null;
    }

    /// <summary><c>[Conditional("TRACE")]</c>, and nobody has defined the symbol: the compiler leaves the call out.</summary>
    private static bool IsLeftOut(IOperation site, IMethodSymbol target)
    {
        if (!target.ReturnsVoid || !SourceModels.HasSource(target.OriginalDefinition)) return false;
        var isConditional = false;
        foreach (var attribute in target.GetAttributes())
        {
            if (attribute.AttributeClass?.Name != "ConditionalAttribute" || attribute.ConstructorArguments.Length != 1) continue;
            if (IsDefined(attribute.ConstructorArguments[0].Value as string, site.Syntax.SyntaxTree)) return false;
            isConditional = true;
        }

        return isConditional;
    }

    private static bool IsDefined(string? symbol, SyntaxTree tree) =>
        TreeEdit.Defined(tree).LastOrDefault(one => one == symbol || one == TreeEdit.Without + symbol) is { } last
            ? last == symbol
            : tree.Options.PreprocessorSymbolNames.Contains(symbol);

    /// <summary>Another method may run than the one that is named.</summary>
    public static bool IsDispatched(IMethodSymbol definition, IOperation? receiver) =>
        !definition.IsSealed && !definition.ContainingType.IsSealed
        // Of a sealed class, what is bound is what runs.
        && receiver is not { Type: { TypeKind: TypeKind.Class, IsSealed: true } }
        && receiver is not IInstanceReferenceOperation { Syntax: BaseExpressionSyntax }
        && (definition.IsVirtual || definition.IsAbstract || definition.IsOverride);

    private void AddCall(
        IOperation site, string name, string key, Dispatch dispatch, IMethodSymbol? target, ImmutableArray<IArgumentOperation> arguments,
            SequenceUse sequence = SequenceUse.None, bool isDeferred = false)
    {
        var conditions = _body.Conditions();
        if (isDeferred) conditions = conditions.Add(new Condition(ConditionKind.WalkedThrough, 0, true));
        var loops = IsLast(site.Syntax) ? LoopNest.None : CpuCost.Around(site);
        _body.Add(new Step
        {
            Kind = StepKind.Calls,
            Span = SpanOf(site),
            Name = name,
            Target = key,
            Dispatch = dispatch,
            Cold = _body.HoldsPerhaps || target is not null && FailureReports.IsWrittenBy(target),
            Exceptional = _body.InHandler,
            Conditional = _body.Conditional,
            Once = _body.IsOnce,
            Conditions = conditions,
            Sequence = sequence,
            Arguments = Arguments(target, arguments, site),
            RunsSynchronously = RunsSynchronously(arguments),
            PassesMode = PassesMode(arguments),
            Logs = target is not null && LogNames.IsLogging(target.Name),
            TakesResult = TakesResult(site, target),
            Locks = _body.Locks,
            Loops = loops,
            CountsInLoops = CountsInLoops(site),
            // Most calls stand in no loop: what they are given is asked for only where it can tell something.
            PassesLoops = loops.InputDepth == 0 || CpuCost.PassesLoops(site),
            ChosenByLoops = loops.InputDepth == 0 ? ImmutableArray<LoopArgument>.Empty : CpuCost.ChosenByLoops(site),
        });
    }

    /// <summary>Found what was sought: behind the call the loop is left, so the call happens once.</summary>
    private static bool IsLast(SyntaxNode call)
    {
        if (call.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement) return false;
        return block.Statements.Any(other => other.SpanStart > statement.SpanStart
            && (other is ReturnStatementSyntax or BreakStatementSyntax or ThrowStatementSyntax));
    }

    /// <summary>
    /// All loops around the place count a number, as kernels do; a loop over objects says nothing about the objects' own size.
    /// </summary>
    private static bool CountsInLoops(IOperation site)
    {
        for (var parent = site.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
            if (parent is ILoopOperation and not IForLoopOperation) return false;
        return true;
    }

    /// <summary>A static member makes the type's static initialisers run, once, perhaps here.</summary>
    private void TouchStatics(IOperation site, ISymbol touched)
    {
        if (touched is not { IsStatic: true } and not IMethodSymbol { MethodKind: MethodKind.Constructor }) return;
        if (touched.ContainingType is not { } type || !SourceModels.HasSource(type)
            || SymbolEqualityComparer.Default.Equals(type, _body.Method?.ContainingType)) return;
        if ((member.ShapeOf(type) & SymbolShape.StaticInitialisers) == 0 || member.KeyOf(type.OriginalDefinition) is not { } key) return;
        _body.AddOnce(new Step
        {
            Kind = StepKind.Calls,
            Span = SpanOf(site),
            Name = $"static {type.Name}",
            Target = BodyKey.StaticInitialiser + key,
            Dispatch = Dispatch.Once,
            Cold = _body.HoldsPerhaps,
            Locks = _body.Locks,
        });
    }

    /// <summary>What a finding marks: the whole expression, but of a declarator only its name and value.</summary>
    private static TextSpan SpanOf(IOperation site) => site.Syntax switch
    {
        VariableDeclaratorSyntax declarator => declarator.Span,
        var syntax => syntax.Span,
    };
}
