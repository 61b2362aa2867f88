using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

// What may leave a lock
// ---------------------
// A lock guards whatever its holders agree on, and the agreement is nowhere written down. So nothing that can change and that
// others can see may be touched by code that leaves a lock: no field that is not both read-only and of a type that never
// changes, no object that came in from outside except to look at it, no foreign code whose body is not known. What remains
// works on its arguments and on what it has made itself.

/// <summary>Decides whether code touches nothing that a lock could guard, so that it may as well run without the lock.</summary>
/// <param name="models">Models of the compilation.</param>
/// <param name="own">Parameters whose objects belong to this run alone, such as the element of a parallel loop.</param>
/// <param name="cancellation">Stops the search.</param>
/// <param name="accumulator">What the code is known to add to and do nothing else with, if there is such a thing.</param>
internal sealed class Unguarded(
    SourceModels models, IReadOnlyCollection<IParameterSymbol> own, CancellationToken cancellation, ISymbol? accumulator = null)
{
    private const int Deepest = 6;

    private readonly Dictionary<(ISymbol, bool, bool), bool> _followed = [];
    private readonly LocalValues _values = new(models, cancellation);
    private readonly LocalObjects _objects = new(models, cancellation);

    /// <summary>Whether all that a statement or expression does, and all that it calls, is free of guarded state.</summary>
    public bool Is(SyntaxNode code) =>
        _values.OperationOf(code) is { } operation && All(operation, new Frame(code, ThisIs.Shared, false, 0));

    /// <summary>A parameter or local whose object others than a lock's own code may know and change.</summary>
    public bool MayBeShared(ISymbol symbol, SyntaxNode held) => symbol switch
    {
        IParameterSymbol parameter => !Unchanging.Is(parameter.Type) && !own.Contains(parameter, SymbolEqualityComparer.Default),
        ILocalSymbol local => !Unchanging.Is(local.Type)
            && !(_objects.IsOurs(local, held)
                && _values.Hold(local, value => IsMadeHere(value, new Frame(held, ThisIs.Shared, false, 0)))),
        _ => false,
    };

    private bool All(IOperation code, Frame frame) => code.DescendantsAndSelf().All(operation => Allows(operation, frame));

    private bool Allows(IOperation operation, Frame frame)
    {
        cancellation.ThrowIfCancellationRequested();
        // What a callee reads of it is what other rounds have left there.
        if (frame.Depth == 0 && IsAccumulator(operation)) return true;
        return operation switch
        {
            IInvalidOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation
                or IAddressOfOperation or IEventReferenceOperation or ILockOperation => false,
            IAwaitOperation => frame.Depth > 0,
            IReturnOperation result => result.Kind == OperationKind.Return,
            IInstanceReferenceOperation self => self.ReferenceKind == InstanceReferenceKind.ImplicitReceiver || IsReceiver(self),
            IParameterReferenceOperation { Parameter: var parameter } => AllowsParameter(parameter, frame),
            IInvocationOperation { Instance: { } collection } when frame.Depth == 0 && IsAccumulator(LocalValues.Strip(collection)) => true,
            ILocalReferenceOperation local => AllowsLocal(local.Local, frame),
            IFieldReferenceOperation field => AllowsField(field, frame),
            IPropertyReferenceOperation property => AllowsProperty(property, frame),
            IArrayElementReferenceOperation element => !LocalValues.IsWritten(element) || IsMadeHere(element.ArrayReference, frame),
            IInvocationOperation call => AllowsCall(call.TargetMethod, call.Instance, call.Arguments, call.IsVirtual, frame),
            IMethodReferenceOperation group => AllowsCall(group.Method, group.Instance, [], group.IsVirtual, frame),
            IObjectCreationOperation { Constructor: { } constructor } =>
                !HasSource(constructor) || Follows(constructor, frame, ThisIs.New, false),
            IBinaryOperation { OperatorMethod: { } binary } => !HasSource(binary) || Follows(binary, frame, ThisIs.Shared, false),
            IConversionOperation { OperatorMethod: { } conversion } =>
                !HasSource(conversion) || Follows(conversion, frame, ThisIs.Shared, false),
            IForEachLoopOperation { Collection: { } collection } =>
                LocalValues.Strip(collection).Type is not INamedTypeSymbol type || !HasSource(type),
            IInterpolationOperation { Expression.Type: { } shown } => !HasSource(shown) || shown.TypeKind == TypeKind.Enum,
            _ => true,
        };
    }

    /// <summary>A local has to be set before the lock is taken, and its object must not be an alias of guarded state.</summary>
    private bool AllowsLocal(ILocalSymbol local, Frame frame)
    {
        if (local.RefKind != RefKind.None) return false;
        if (LocalValues.IsDeclaredIn(local, frame.Code)) return true;
        if (_values.ChangesElsewhere(local, Functions.Body(frame.Code) ?? frame.Code)) return false;
        if (Unchanging.Is(local.Type)) return true;
        // Code on other threads may know what a captured local holds: the lock may be there for that.
        if (!_objects.IsOurs(local, frame.Code) && !IsJudgedByMembers(local.Type) && !_objects.IsOnlyLookedAt(local, frame.Code))
            return false;
        return Once((local, false, false), () =>
            _values.Of(local) is { } values && values.All(value => Is(value) || _values.IsCopy(value)));
    }

    private bool AllowsParameter(IParameterSymbol parameter, Frame frame)
    {
        if (LocalValues.IsDeclaredIn(parameter, frame.Code)) return true;
        if (parameter.RefKind != RefKind.None || _values.ChangesElsewhere(parameter, Functions.Body(frame.Code) ?? frame.Code))
            return false;
        return Unchanging.Is(parameter.Type) || own.Contains(parameter, SymbolEqualityComparer.Default)
            || IsJudgedByMembers(parameter.Type) || IsOfFunctionAround(parameter, frame.Code)
            || _objects.IsOnlyLookedAt(parameter, frame.Code);
    }

    private bool IsOfFunctionAround(IParameterSymbol parameter, SyntaxNode code) =>
        Functions.Around(code) is { } function && parameter.DeclaringSyntaxReferences.FirstOrDefault() is { } place
        && Functions.Around(place.GetSyntax(cancellation)) == function;

    /// <summary>A type of our own: what its members touch is seen wherever one is used.</summary>
    private static bool IsJudgedByMembers(ITypeSymbol type) => HasSource(type) && type.TypeKind == TypeKind.Class
        && type.BaseType?.SpecialType == SpecialType.System_Object;

    private bool AllowsField(IFieldReferenceOperation reference, Frame frame)
    {
        var field = reference.Field;
        if (field.IsConst) return true;
        if (reference.Instance is IInstanceReferenceOperation self
            && (frame.This == ThisIs.New || self.ReferenceKind == InstanceReferenceKind.ImplicitReceiver)) return true;
        var writes = LocalValues.IsWritten(reference);
        if (reference.Instance is { } holder && (writes ? IsMadeHere(holder, frame) : IsOwn(holder, frame))) return true;
        if (field.ContainingType.IsTupleType)
            return !writes || reference.Instance is ILocalReferenceOperation { Local: var tuple } && _objects.IsOurs(tuple, frame.Code);
        return !writes && field.IsReadOnly && Unchanging.Is(field.Type);
    }

    private bool AllowsProperty(IPropertyReferenceOperation reference, Frame frame)
    {
        var property = reference.Property;
        var writes = LocalValues.IsWritten(reference);
        if (reference.Instance is IInstanceReferenceOperation self
            && (frame.This == ThisIs.New || self.ReferenceKind == InstanceReferenceKind.ImplicitReceiver)) return true;
        if (reference.Instance is { } holder && (writes ? IsMadeHere(holder, frame) : IsOwn(holder, frame))) return true;
        // The length of a string, the count of a list that was handed in; never what a framework object of our own says about itself.
        if (!HasSource(property)) return !writes && reference.Instance is not IInstanceReferenceOperation;
        if (writes || property.IsVirtual || property.IsAbstract || property.IsOverride || property.GetMethod is not { } getter)
            return false;
        return property.IsReadOnly && LocalValues.IsAutomatic(property, cancellation)
            ? Unchanging.Is(property.Type)
            : Follows(getter, frame, ThisIs.Shared, false);
    }

    private bool AllowsCall(
        IMethodSymbol method, IOperation? receiver, IReadOnlyCollection<IArgumentOperation> arguments, bool isVirtual, Frame frame)
    {
        if (method.MethodKind is MethodKind.DelegateInvoke or MethodKind.FunctionPointerSignature) return false;
        if (HasSource(method))
        {
            var ownThis = receiver is not null && IsOwn(receiver, frame) ? ThisIs.Own : ThisIs.Shared;
            var ownArguments =
                arguments.All(argument => argument.Value.Type is { } type && Unchanging.Is(type) || IsOwn(argument.Value, frame));
            return !isVirtual && Follows(method, frame, ownThis, ownArguments);
        }

        if (receiver is null)
            return KnownCalls.IsQuiet(method)
                && (!KnownCalls.MayWriteArguments(method)
                    || arguments.All(
                        argument => argument.Value.Type is { } type && Unchanging.Is(type) || IsMadeHere(argument.Value, frame)));
        if (receiver is IInstanceReferenceOperation) return method.Name == nameof(GetType);
        return receiver.Type is { } known && Unchanging.Is(known) && KnownCalls.IsQuiet(method) || KnownCalls.OnlyLooks(method)
            || IsMadeHere(receiver, frame);
    }

    private bool Follows(IMethodSymbol method, Frame frame, ThisIs self, bool ownArguments)
    {
        return frame.Depth < Deepest && !method.IsAbstract && !method.IsExtern
            && Once((method.OriginalDefinition, ownArguments, self != ThisIs.Shared), () => IsFree(method, frame, self, ownArguments));
    }

    /// <summary>Judges each callee once; recursion is what the rest of it is.</summary>
    private bool Once((ISymbol, bool, bool) key, Func<bool> judge)
    {
        if (_followed.TryGetValue(key, out var known)) return known;
        _followed[key] = true;
        return _followed[key] = judge();
    }

    private bool IsFree(IMethodSymbol method, Frame frame, ThisIs self, bool ownArguments)
    {
        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellation);
            // A type's own parameter list, as records have: the parameters become its state.
            if (declaration is TypeDeclarationSyntax) continue;
            if (models.BodyOf(declaration, cancellation) is not { } body
                || !All(body, new Frame(declaration, self, ownArguments, frame.Depth + 1))) return false;
        }

        return true;
    }

    /// <summary>An object that this code has made, or that was made for it alone.</summary>
    private bool IsMadeHere(IOperation value, Frame frame) => LocalValues.Strip(value) switch
    {
        IObjectCreationOperation or IArrayCreationOperation => true,
        // What a call gives is new if the call was given nothing that others hold.
        IInvocationOperation { Syntax: ExpressionSyntax call } made => _values.IsCopy(call)
            || (made.Instance is null or IInstanceReferenceOperation || IsOwn(made.Instance, frame))
                && made.Arguments.All(argument => argument.Value.Type is not { } type || Unchanging.Is(type)
                    || argument.Value is IDelegateCreationOperation || IsOwn(argument.Value, frame)),
        ILocalReferenceOperation local => _objects.IsOurs(local.Local, frame.Code)
            && _values.Hold(local.Local, inner => IsMadeHere(inner, frame)),
        IPropertyReferenceOperation { Instance: { } outer } => IsMadeHere(outer, frame),
        _ => false,
    };

    /// <summary>An object of which nobody else knows while this code runs, so that it may be read.</summary>
    private bool IsOwn(IOperation value, Frame frame) => LocalValues.Strip(value) switch
    {
        IParameterReferenceOperation parameter => frame.OwnArguments || own.Contains(parameter.Parameter, SymbolEqualityComparer.Default),
        IInstanceReferenceOperation => frame.This != ThisIs.Shared,
        IFieldReferenceOperation { Instance: { } outer } => IsOwn(outer, frame),
        IPropertyReferenceOperation { Instance: { } outer } element => IsOwn(outer, frame)
            || element.Property.IsIndexer && element.Arguments.Length == 1 && IsOfOwnRound(outer, element.Arguments[0].Value, frame),
        IArrayElementReferenceOperation element => IsOwn(element.ArrayReference, frame)
            || element.Indices.Length == 1 && IsOfOwnRound(element.ArrayReference, element.Indices[0], frame),
        ILocalReferenceOperation local => _objects.IsOurs(local.Local, frame.Code)
            && _values.Hold(local.Local, inner => IsOwn(inner, frame)),
        _ => IsMadeHere(value, frame),
    };

    /// <summary>The element at the number of a round of <c>Parallel.For</c>, in what the rounds only look at: no other round's.</summary>
    private bool IsOfOwnRound(IOperation collection, IOperation index, Frame frame) =>
        frame.Depth == 0 && LocalValues.Strip(index) is IParameterReferenceOperation { Parameter: { Type.SpecialType:
            SpecialType.System_Int32 or SpecialType.System_Int64 } number }
        && own.Contains(number, SymbolEqualityComparer.Default) && !_values.IsEverWritten(number)
        && LocalValues.Strip(collection) switch
        {
            ILocalReferenceOperation local => IsSequence(local.Type) && _objects.IsOnlyLookedAt(local.Local, frame.Code),
            IParameterReferenceOperation given => IsSequence(given.Type) && _objects.IsOnlyLookedAt(given.Parameter, frame.Code),
            _ => false,
        };

    private static bool IsSequence(ITypeSymbol? type) => type is IArrayTypeSymbol || type is INamedTypeSymbol
    {
        Name: "List" or "IList" or "IReadOnlyList" or "ImmutableArray" or "ImmutableList",
        ContainingNamespace: { ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } },
    };

    private bool IsAccumulator(IOperation operation) => accumulator is not null && operation switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, accumulator),
        IFieldReferenceOperation field => SymbolEqualityComparer.Default.Equals(field.Field, accumulator),
        IInstanceReferenceOperation self => self.Parent is { } parent && parent is IFieldReferenceOperation && IsAccumulator(parent),
        _ => false,
    };

    private static bool IsReceiver(IInstanceReferenceOperation self) => self.Parent switch
    {
        IMemberReferenceOperation member => member.Instance == self,
        IInvocationOperation call => call.Instance == self,
        _ => false,
    };

    private static bool HasSource(ISymbol symbol) => SourceModels.HasSource(symbol);

    /// <summary>Whose the object is whose member is followed.</summary>
    private enum ThisIs
    {
        /// <summary>Anybody's.</summary>
        Shared,

        /// <summary>Only this run's, to be read.</summary>
        Own,

        /// <summary>Under construction.</summary>
        New,
    }

    /// <param name="Code">What is judged: the code itself, or the declaration that a call leads to.</param>
    /// <param name="This">Whose <c>this</c> is.</param>
    /// <param name="OwnArguments">The parameters hold nothing that others could change meanwhile.</param>
    /// <param name="Depth">Calls between the code and here.</param>
    private readonly record struct Frame(SyntaxNode Code, ThisIs This, bool OwnArguments, int Depth);
}
