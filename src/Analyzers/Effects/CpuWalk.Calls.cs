using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

internal sealed partial class CpuWalk
{
    private CpuValue VisitCall(IOperation operation)
    {
        if (operation is not IInvocationOperation call)
        {
            var (arguments, initializer) = operation is IObjectCreationOperation creation
                ? (VisitArguments(creation.Arguments, out _), creation.Initializer)
                : default;
            return arguments | Visit(initializer);
        }

        var receiver = Visit(call.Instance);
        if (!_looking && LambdaLoop(call) is var (source, lambda))
        {
            var value = receiver | VisitBeside(call, lambda);
            VisitLambdaLoop(call, source, lambda);
            return value.AsLoose();
        }

        var given = _looking || _visible == 0 ? null : new List<LoopArgument>();
        Choose(given, CpuValue.This, receiver);
        var passed = VisitArguments(call.Arguments, out var all, given);
        if (given is { Count: > 0 }) Passed[call] = given;
        NoteCall(call, receiver | all);
        if (!_looking && call.Arguments.Any(static argument => IsMethodGroup(argument.Value)) && WalkedBy(call) is { } walked)
            VisitMethodLoop(call, walked);
        if (IsMath(call.TargetMethod) || IsFormula(call.TargetMethod))
        {
            Compute(call, all, call.TargetMethod.Name is "Min" or "Max" or "Abs" ? 1 : 2);
            return passed;
        }

        // What a method finds at a place is an element; what else a method makes of its arguments cannot be told.
        return IsGetter(call.TargetMethod.Name)
            ? new CpuValue(0, receiver.Element, receiver.Loose, receiver.Given) | all.AsElement()
            : (receiver | all).AsLoose();
    }

    /// <param name="arguments">The arguments of a call.</param>
    /// <param name="all">What they depend on together.</param>
    /// <param name="given">Takes what loops over input choose.</param>
    private CpuValue VisitArguments(IEnumerable<IArgumentOperation> arguments, out CpuValue all, List<LoopArgument>? given = null)
    {
        all = default;
        var list = arguments as IReadOnlyCollection<IArgumentOperation> ?? [.. arguments];
        foreach (var argument in list)
        {
            var value = Visit(argument.Value);
            if (argument.Parameter is { Ordinal: < CpuValue.This } parameter) Choose(given, parameter.Ordinal, value);
            all |= value;
        }

        foreach (var argument in list)
        {
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out) Write(argument.Value, all.AsLoose());
        }

        return all;
    }

    private void Choose(List<LoopArgument>? given, int parameter, CpuValue value)
    {
        // The last places are taken by the object that a method belongs to.
        if (parameter > CpuValue.This) return;
        if ((value.All & _visible) != 0) given?.Add(new LoopArgument(parameter, value.All & _visible, value.Element & _visible));
    }

    private void NoteCall(IInvocationOperation call, CpuValue value)
    {
        if (_looking || _loop is null) return;
        _loop.HasWork = true;
        if (_loop.Region == _region && MayEndLoop(call.TargetMethod)) _loop.Throws = true;
        // A list that is filled from a loop variable is as long as the variable says.
        if (IsFilling(call.TargetMethod.Name) && CpuWrites.VariableOf(call.Instance) is { } filled) Set(filled, value.AsLoose());
        var searched = value.All & _searching;
        if (searched == 0) return;
        if (IsHash(call.TargetMethod))
        {
            foreach (var loop in _open) loop.SearchesByHash |= (loop.Bit & searched) != 0;
        }

        // The counter is written into the buffer that is hashed.
        foreach (var argument in call.Arguments)
        {
            if (Unconverted(argument.Value) is ILocalReferenceOperation local && IsBuffer(local.Type))
                Set(local.Local, new CpuValue(0, 0, searched));
        }
    }

    private CpuValue VisitBeside(IInvocationOperation call, IAnonymousFunctionOperation lambda)
    {
        var value = default(CpuValue);
        foreach (var argument in call.Arguments)
        {
            if (LambdaOf(argument.Value) != lambda) value |= Visit(argument.Value);
        }

        return value;
    }

    /// <summary>The source and the lambda of a call that runs the lambda for each element of the source.</summary>
    private static (IOperation Source, IAnonymousFunctionOperation Lambda)? LambdaLoop(IInvocationOperation call)
    {
        if (WalkedBy(call) is not { } source) return null;
        IAnonymousFunctionOperation? found = null;
        foreach (var argument in call.Arguments)
        {
            if (LambdaOf(argument.Value) is { Symbol.IsAsync: false } lambda) found ??= lambda;
        }

        return found is null ? null : (source, found);
    }

    /// <summary>The source for each element of which a call runs what it is given.</summary>
    private static IOperation? WalkedBy(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var source = method.ContainingType?.Name switch
        {
            "Enumerable" when method.IsExtensionMethod && call.Arguments.Length > 1 && !IsSearch(method.Name) => call.Arguments[0].Value,
            "List" when method.Name == "ForEach" => call.Instance,
            _ => null,
        };
        return source is null || method.IsExtensionMethod && !BodyReader.IsEnumeratedHere(call) ? null : source;
    }

    private static bool IsMethodGroup(IOperation argument) =>
        Unconverted(argument) is IDelegateCreationOperation { Target: IMethodReferenceOperation };

    // They look for one element, as a rule by comparing.
    private static bool IsSearch(string method) =>
        method is "Any" or "All" or "Contains" || method.StartsWith("First", StringComparison.Ordinal)
        || method.StartsWith("Last", StringComparison.Ordinal) || method.StartsWith("Single", StringComparison.Ordinal);

    private static IAnonymousFunctionOperation? LambdaOf(IOperation argument) =>
        Unconverted(argument) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } ? lambda : null;

    private static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation conversion) operation = conversion.Operand;
        return operation;
    }

    private static bool IsMath(IMethodSymbol method) =>
        method.ContainingType
            is { Name: "Math" or "MathF" or "BitOperations" }
                or { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double }
        && method.IsStatic && method.Name is not ("Parse" or "TryParse" or "Compare");

    /// <summary><c>static int Mix(int a, int b) => a * 31 + b;</c>: one expression that computes on the numbers that it is given.</summary>
    private static bool IsFormula(IMethodSymbol method) =>
        method is { IsStatic: true, ReturnType.SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double }
        && method.Parameters.All(static parameter =>
            parameter.Type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double)
        && method.OriginalDefinition.DeclaringSyntaxReferences is { Length: 1 } declared
        && Told.IsFormula(declared[0].GetSyntax());

    private static bool IsGetter(string method) =>
        method.StartsWith("Get", StringComparison.Ordinal) || method is "At" or "ElementAt" or "Read" or "Sample";

    private static bool IsFilling(string method) =>
        method.StartsWith("Add", StringComparison.Ordinal) || method.StartsWith("Insert", StringComparison.Ordinal)
        || method is "Push" or "Enqueue" or "UnionWith";

    /// <summary>One value in, one hash out. Hashes that are fed block by block belong to a stream.</summary>
    private static bool IsHash(IMethodSymbol method) =>
        method.Name is "ComputeHash" or "TryComputeHash" or "HashData" or "TryHashData"
        && method.ContainingType?.ContainingNamespace is { Name: "Cryptography", ContainingNamespace.Name: "Security" };

    private static bool IsBuffer(ITypeSymbol? type) => type is IArrayTypeSymbol or { Name: "Span" or "Memory" };
}
