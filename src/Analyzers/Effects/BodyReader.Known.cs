using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Members that the catalogue or an attribute speaks of, and the conditions that turn their effect off at a call site.
internal sealed partial class BodyReader
{
    /// <summary>The author said what the member does; then its body is not asked.</summary>
    private bool Declares(IOperation site, IMethodSymbol target)
    {
        var declared = member.Annotations.Of(target);
        if (declared == Declared.None) return false;
        if ((declared & Declared.NonBlocking) != 0) return true;
        if ((declared & Declared.Blocking) != 0)
            _body.Add(KnownStep(site, StepKind.Blocks, target, null, BlockKind.Wait, "declared [Blocking]"));
        if ((declared & Declared.CpuBound) != 0)
            _body.Add(KnownStep(site, StepKind.Burns, target, null, BlockKind.None, "it is declared [CpuBound]"));
        return true;
    }

    /// <summary>Adds what the catalogue says about a member; true when it says anything, so that no body is sought.</summary>
    private bool Known(IOperation site, ISymbol target, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        var known = false;
        var definition = target is IMethodSymbol { ReducedFrom: { } reduced } ? reduced.OriginalDefinition : target.OriginalDefinition;
        var inSource = SourceModels.HasSource(definition) && !definition.IsAbstract;
        foreach (var entry in member.EntriesOf(target))
        {
            // An override whose body is here is asked itself; what its base does is another member's business.
            if (inSource && (entry.Via.Count > 0 || !IsAbout(entry, definition))) continue;
            switch (entry.Verb)
            {
                case ApiVerb.Quiet: return true;
                case ApiVerb.Blocks: AddBlocking(site, target, entry, receiver, arguments); known = true; break;
                case ApiVerb.Burns: AddBurning(site, target, entry, receiver, arguments); known = true; break;
                case ApiVerb.Sized: AddSized(site, target, entry); known = true; break;
            }

            // The line about the very member decides; those about its base or its type would only repeat it.
            if (entry.Verb == ApiVerb.Blocks && entry.When == ApiConditions.None) break;
        }

        return known;
    }

    private static bool IsAbout(ApiEntry entry, ISymbol definition) =>
        ApiCatalogue.IdOf(definition) is { } id && (entry.Id == id || entry.Id == ApiCatalogue.WithoutParameters(id));

    private void AddBlocking(
        IOperation site, ISymbol target, ApiEntry entry, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        if (!WhenHolds(entry, receiver, arguments) || IsOverTable(entry, receiver)
            || !HoldsCaller(target, entry, receiver, arguments) || IsWholeAnswer(site) || IsIntoLog(target, entry)
            || IsGiven(entry, arguments, out var given) == false) return;
        var conditions = _body.Conditions().AddRange(given).AddRange(AskedOfParameters(entry, site, receiver, arguments));
        var cold = _body.HoldsPerhaps || entry.Kind == BlockKind.File && FailureReports.IsWrittenHere(_body.Method, target, arguments);
        (string? source, IOperation? waited) = (null, null);
        var pieces = MovesContent(entry, site, receiver, arguments);
        var hedge = HedgeOf(target, entry, site, arguments, pieces);
        if ((entry.Unless & ApiConditions.Completed) != 0)
        {
            // Task.WaitAll(tasks) and the like wait for their arguments, everything else for its receiver.
            var task = entry.Via.Count > 0 ? arguments.FirstOrDefault(static argument => IsTaskLike(argument.Value.Type))?.Value
                : receiver ?? (arguments.Length > 0 ? arguments[0].Value : null);
            if (IsComplete(task) || InContinuationOf(task) || IsReadFromMemory(site, task, ref conditions)) return;
            var parameter = _body.OwnParameter(task);
            if (parameter >= 0) conditions = conditions.Add(new Condition(ConditionKind.NotCompleted, parameter, false));
            (source, waited) = (TaskSource(task), task);
            cold |= IsCaptured(task);
            if (IsPromisedComplete(task) || IsKept(task)) hedge = "unless it is complete already";
        }

        var unknownStream = false;
        if ((entry.Unless & ApiConditions.InMemory) != 0)
        {
            if (IsOverMemory(site, receiver, arguments, out var ofParameter, out unknownStream)) return;
            conditions = conditions.AddRange(ofParameter);
        }

        _body.Add(new Step
        {
            Kind = StepKind.Blocks,
            Span = SpanOf(site),
            Name = PathOf(target, entry),
            Entry = entry,
            BlockKind = entry.Kind,
            Brief = entry.Brief && !pieces && !IsWalk(site) || IsUnsure(entry, arguments) || hedge == IntoLog
                || IsShort(entry, site, arguments) || IsOpenQuery(entry, receiver, arguments),
            Cold = cold,
            Exceptional = _body.InHandler,
            Conditional = _body.Conditional,
            Once = IsOnceFor(entry) || hedge is not null,
            Hedge = hedge,
            Little = IsLittle(site, arguments),
            UnknownStream = unknownStream,
            Marshals = (entry.Unless & ApiConditions.OnLoop) != 0,
            Conditions = conditions,
            Locks = _body.Locks,
            TaskSource = source,
            TaskParameter = source is null ? FunctionAsked(waited) : -1,
            PoolFunction = source is null ? RunMeanwhile(waited ?? receiver, arguments, entry) : null,
            IsOfLoop = IsPosted(waited),
            Arguments = ArgumentsOf(source is null ? null : waited),
            Loops = CpuCost.Around(site),
        });
    }

    private IEnumerable<Condition> AskedOfParameters(
        ApiEntry entry, IOperation site, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        if (entry.Kind == BlockKind.File && WrittenParameter(site, arguments) is >= 0 and var written)
            yield return new Condition(ConditionKind.NotOfRecord, written, false);
        if (QueryParameter(entry, receiver, arguments) is >= 0 and var queried)
            yield return new Condition(ConditionKind.NotInMemory, queried, false);
        if ((entry.Unless & ApiConditions.Zero) == 0) yield break;
        foreach (var time in TimesFromParameters(arguments, entry)) yield return time;
    }

    private const string IntoLog = "into a log";

    /// <summary>Why the wait is sure where it is written and open where it is only reached, in words; null where it is sure.</summary>
    private string? HedgeOf(ISymbol target, ApiEntry entry, IOperation site, ImmutableArray<IArgumentOperation> arguments, bool pieces) =>
        entry is { Via.Count: > 0, Kind: BlockKind.File } && LogNames.IsLogging(target.Name) ? IntoLog
        : TakesTurns(target, arguments) ? "as threads take turns"
        : entry.OnlyWritten ? "mostly brief" : pieces ? Pieces
        : entry.Kind == BlockKind.File && (IsOfRecord(site, arguments) || IsShipped(site, arguments)) ? "a small file"
        : IsNamedDocument(site, arguments) ? "a small file as a rule" : null;

    /// <summary>What is kept as a document of XML under a name is mostly settings.</summary>
    private static bool IsNamedDocument(IOperation site, ImmutableArray<IArgumentOperation> arguments) =>
        site is IInvocationOperation { TargetMethod.ContainingType.Name: "XDocument" or "XElement" or "XmlDocument" }
        && arguments.Any(IsFileName);

    private static bool IsFileName(IArgumentOperation argument) =>
        argument.Parameter is { Type.SpecialType: SpecialType.System_String } named && FileNames.Contains(named.Name);

    /// <summary>What the coroutine was given whose task is waited for: it decides whether anybody waits at all.</summary>
    private ImmutableArray<ArgumentFact> ArgumentsOf(IOperation? task) => MadeBy(task) is IInvocationOperation started
        ? Arguments(started.TargetMethod, started.Arguments, started)
        : ImmutableArray<ArgumentFact>.Empty;

    /// <summary>Whether the bytes are in memory for sure; if not, what must hold of the parameter that they come from.</summary>
    private bool IsOverMemory(
        IOperation site, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments, out ImmutableArray<Condition> ofParameter,
            out bool isUnknown)
    {
        (ofParameter, isUnknown) = (ImmutableArray<Condition>.Empty, false);
        // A stream that calls its own base is asked at those who use it.
        if (receiver is IInstanceReferenceOperation) return true;
        var origin = StreamOrigin(receiver, arguments, site);
        if (origin.Knowledge == ArgumentKnowledge.Parameter)
            ofParameter = ImmutableArray.Create(new Condition(ConditionKind.NotInMemory, origin.Parameter, false));
        isUnknown = origin.Knowledge == ArgumentKnowledge.Unknown;
        if (isUnknown && IsDecorator())
            ofParameter = ImmutableArray.Create(new Condition(ConditionKind.NotInMemory, _body.Method!.Parameters.Length, false));
        return origin.Knowledge == ArgumentKnowledge.InMemory;
    }

    /// <summary>As through a call of what is called logging in source: a logger, or a console that is logged to.</summary>
    private static bool IsIntoLog(ISymbol target, ApiEntry entry) => entry.Via.Count > 0
        && (LogNames.IsLogger(target.ContainingType.Name) || entry.Kind == BlockKind.Console && LogNames.IsLogging(target.Name));

    /// <summary>Whether the overload and the arguments at hand are such that the call waits at all.</summary>
    private bool HoldsCaller(ISymbol target, ApiEntry entry, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        // A line names all overloads; the one that gives a task does not hold its caller.
        if (target is IMethodSymbol { ReturnType: var returned, Name: not "GetResult" } && IsTaskLike(returned)) return false;
        if ((entry.Unless & ApiConditions.Zero) != 0
            && (arguments.Any(argument => IsZero(argument, entry)) || IsSetEvent(target, receiver))) return false;
        if ((entry.Unless & ApiConditions.FireAndForget) != 0
            && arguments.Any(static argument => NamesFireAndForget(argument.Value.Syntax))) return false;
        if ((entry.Unless & ApiConditions.NonBlocking) != 0 && IsNonBlocking(receiver) || IsNeverFull(target, receiver)) return false;
        return (entry.Unless & ApiConditions.OnLoop) == 0
            || ExpressionKeys.Strip(receiver)
                is not IPropertyReferenceOperation { Property: { Name: "CurrentDispatcher", IsStatic: true } };
    }

    private void AddBurning(
        IOperation site, ISymbol target, ApiEntry entry, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        if (!WhenHolds(entry, receiver, arguments)) return;
        if ((entry.Unless & ApiConditions.InMemory) != 0 && StreamOrigin(receiver, arguments, site).Knowledge == ArgumentKnowledge.InMemory)
            return;
        if (IsGiven(entry, arguments, out _) == false) return;
        var cause = entry.Via.Count > 0 ? entry.Via[entry.Via.Count - 1] : DisplayName(target);
        var isPossible = IsUnsure(entry, arguments) || IsLight(target, receiver, arguments) || IsIcon(site, target)
            // A picture that is drawn the first time.
            || _body.IsOnce && IsOfPictures(target.ContainingNamespace);
        var kind = isPossible ? StepKind.Sized : StepKind.Burns;
        var step = KnownStep(site, kind, target, entry, BlockKind.None, $"{cause} is heavy by nature");
        var level = LevelOfCaller(entry, arguments);
        _body.Add(level < 0 ? step : step with
        {
            Conditions = step.Conditions.Add(new Condition(
                ConditionKind.AtLeast, level, true, Least: SmallestSize, Power: int.MaxValue)),
        });
    }

    /// <summary>The value of <c>CompressionLevel.SmallestSize</c>, the greatest; however often it is asked for, it is no greater.</summary>
    private const int SmallestSize = 3;

    /// <summary>The own parameter that says how small the result is to be, or -1: who asks for the smallest size has the work.</summary>
    private int LevelOfCaller(ApiEntry entry, ImmutableArray<IArgumentOperation> arguments) =>
        (entry.When & ApiConditions.SmallestSize) != 0
        && arguments.FirstOrDefault(static argument => argument.Parameter?.Type.Name == "CompressionLevel") is { } level
            ? _body.OwnParameter(level.Value)
            : -1;

    /// <summary>
    /// A task of the enclosing body, waited for in a lambda or local function: whether it is complete by the time that
    /// runs is decided elsewhere.
    /// </summary>
    private bool IsCaptured(IOperation? task) => _body.Method is { } method && ExpressionKeys.Strip(task) switch
    {
        ILocalReferenceOperation { Local: var local } =>
            !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, method) && method.MethodKind == MethodKind.LocalFunction,
        IParameterReferenceOperation { Parameter: var parameter } =>
            !_body.IsOwn(parameter) && method.MethodKind == MethodKind.LocalFunction,
        _ => false,
    };

    /// <summary>Size-dependent work counts only inside a loop over input, and then only as possible.</summary>
    private void AddSized(IOperation site, ISymbol target, ApiEntry entry)
    {
        var loops = CpuCost.Around(site);
        if (target.ContainingType.Name == "Regex" && !AsksAmbiguously(site)) return;
        var step = KnownStep(site, StepKind.Sized, target, entry, BlockKind.None,
            $"{DisplayName(target)} runs for every element of a loop over input");
        if (loops.InputDepth > 0) _body.Add(step);
        else if (ParametersIn(site) is > 0 and var given)
            _body.Add(step with { Conditions = step.Conditions.Add(Condition.OnLoops(given, both: false)) });
    }

    /// <summary>The parameters of the body that an operation names, a bit for each.</summary>
    private ulong ParametersIn(IOperation operation) => operation.DescendantsAndSelf().Aggregate(0UL, (bits, part) =>
        part is IParameterReferenceOperation { Parameter: { Ordinal: < CpuValue.This } parameter } && _body.IsOwn(parameter)
            ? bits | 1UL << parameter.Ordinal
            : bits);

    private Step KnownStep(IOperation site, StepKind kind, ISymbol target, ApiEntry? entry, BlockKind blockKind, string evidence) =>
        StepAt(site, kind, PathOf(target, entry)) with { Entry = entry, BlockKind = blockKind, Evidence = evidence, Once = _body.IsOnce };

    /// <summary>A step with what the walk knows of its place.</summary>
    private Step StepAt(IOperation site, StepKind kind, string name) => new()
    {
        Kind = kind,
        Span = SpanOf(site),
        Name = name,
        Cold = _body.HoldsPerhaps,
        Exceptional = _body.InHandler,
        Conditional = _body.Conditional,
        Conditions = _body.Conditions(),
        Locks = _body.Locks,
        Loops = CpuCost.Around(site),
    };

    private bool WhenHolds(ApiEntry entry, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        if ((entry.When & ApiConditions.SmallestSize) != 0 && !arguments.Any(static argument => IsSmallestSize(argument.Value))
            && LevelOfCaller(entry, arguments) < 0) return false;
        if ((entry.When & ApiConditions.StreamArgument) != 0 && !arguments.Any(static argument => CarriesBytes(argument.Value)))
            return false;
        if ((entry.When & ApiConditions.Recursive) != 0 && !arguments.Any(static argument => AsksForTheWholeTree(argument.Value)))
            return false;
        return (entry.When & ApiConditions.Queryable) == 0
            || IsQueryable(Queried(receiver ?? (arguments.Length > 0 ? arguments[0].Value : null)));
    }

    private bool IsZero(IArgumentOperation argument, ApiEntry entry) =>
        IsTime(argument, entry) && (NoTime.Is(argument.Value) || OfKept(argument.Value, NoTime.Is) == true
            || MadeBy(argument.Value) is { } given && NoTime.Is(given));

    /// <summary>A time-out; what was read from a body names none, and found one among its times and numbers.</summary>
    private static bool IsTime(IArgumentOperation argument, ApiEntry entry) => argument.Parameter is { } parameter
        && (parameter.Type.Name == "TimeSpan" || parameter.Name.IndexOf("time", StringComparison.OrdinalIgnoreCase) >= 0
            || entry.Via.Count > 0 && parameter.Type.SpecialType == SpecialType.System_Int32
            || parameter.Name.EndsWith("seconds", StringComparison.OrdinalIgnoreCase));

    /// <summary>A time-out that the body's own caller chooses: zero only looks.</summary>
    private IEnumerable<Condition> TimesFromParameters(ImmutableArray<IArgumentOperation> arguments, ApiEntry entry)
    {
        foreach (var argument in arguments)
        {
            if (!IsTime(argument, entry)) continue;
            var given = argument.Value;
            // `limit ?? TimeSpan.Zero`: who gives none only looks, too.
            var isNoneZero = false;
            if (ExpressionKeys.Strip(given) is ICoalesceOperation { Value: var asked, WhenNull: var otherwise })
                (given, isNoneZero) = (asked, NoTime.Is(otherwise));
            if (_body.OwnParameter(given) is not (>= 0 and var parameter)) continue;
            yield return new Condition(ConditionKind.NotZero, parameter, false);
            var type = _body.Method!.Parameters[parameter].Type;
            if (isNoneZero && TypeNames.IsNullable(type))
                yield return new Condition(
                    ConditionKind.ParameterIsOfType, parameter, false, Type: TypeNames.Of(type) ?? TypeNames.Nullable);
        }
    }

    private static bool NamesFireAndForget(SyntaxNode argument) =>
        argument.DescendantNodesAndSelf().Any(static node => node is IdentifierNameSyntax { Identifier.ValueText: "FireAndForget" });

    private static bool IsSmallestSize(IOperation argument) =>
        ExpressionKeys.Strip(argument)
            is IFieldReferenceOperation { Field: { Name: "SmallestSize", ContainingType.Name: "CompressionLevel" } };

    private static bool AsksForTheWholeTree(IOperation argument) => ExpressionKeys.Strip(argument) is { } value
        && (value is IFieldReferenceOperation { Field: { Name: "AllDirectories", ContainingType.Name: "SearchOption" } }
            || value.ConstantValue is { HasValue: true, Value: true }
            || value is IObjectCreationOperation { Type.Name: "EnumerationOptions", Initializer.Initializers: var set }
                && set.OfType<ISimpleAssignmentOperation>().Any(static one => one is
                {
                    Target: IPropertyReferenceOperation { Property.Name: "RecurseSubdirectories" },
                    Value.ConstantValue: { HasValue: true, Value: true },
                }));

    /// <summary>
    /// Monitor.Wait releases the lock that it waits on; under that lock it is how threads cooperate, and mostly somebody comes by soon.
    /// </summary>
    private bool TakesTurns(ISymbol target, ImmutableArray<IArgumentOperation> arguments) =>
        target is { Name: "Wait", ContainingType.Name: "Monitor" } && arguments.Length > 0
        && _body.Locks.Contains(LockIdentity(arguments[0].Value).Identity);

    private static bool IsRemote(INamedTypeSymbol contract) => contract.AllInterfaces.Any(static one =>
        one.Name is "IAddressable" or "IGrain" && one.ContainingNamespace?.Name is "Orleans" or "Runtime");

    /// <summary>The source method whose task is waited for, called here or assigned once to the local.</summary>
    private string? TaskSource(IOperation? task) => ExpressionKeys.Strip(task) switch
    {
        // Whoever calls a grain sends a message, whatever the grain does then.
        IInvocationOperation { TargetMethod.ContainingType: { TypeKind: TypeKind.Interface } contract } when IsRemote(contract) => null,
        IInvocationOperation { TargetMethod: var method, Instance: var receiver } when SourceModels.HasSource(method.OriginalDefinition) =>
            method.MethodKind == MethodKind.LocalFunction ? NestedKey(method)
                : IsDispatched(method.OriginalDefinition, receiver) ? BodyKey.Virtual + member.KeyOf(method) : member.KeyOf(method),
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: var function } => FunctionKey(function),
        // Who waits for all of them waits for the first.
        IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType.Name: "Task" }, Arguments: { Length: 1 } all } =>
            TaskSource(all[0].Value),
        ILocalReferenceOperation { Local: var local } when SingleValue(local) is { } value => Following(local, () => TaskSource(value)),
        IMemberReferenceOperation kept when GivenJustBefore(kept) is { } value => TaskSource(value),
        IPropertyReferenceOperation { Property: { GetMethod: { } getter } read, Instance: var receiver }
            when SourceModels.HasSource(read.OriginalDefinition) && !IsAutoProperty(read) =>
            IsDispatched(getter.OriginalDefinition, receiver) ? BodyKey.Virtual + member.KeyOf(getter) : member.KeyOf(getter),
        var tasks => ElementsOf(tasks) is { Count: > 0 } elements && IsTaskLike(ExpressionKeys.Strip(elements[0])?.Type)
            ? TaskSource(elements[0])
            : null,
    };

    /// <summary><c>void Run(Func&lt;Task&gt; work) => work().Wait();</c>: the own parameter whose task is waited for, or -1.</summary>
    private int FunctionAsked(IOperation? task) => MadeBy(task) switch
    {
        IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } inner } => FunctionAsked(inner),
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: var function } => _body.OwnParameter(function),
        _ => -1,
    };

    /// <summary>The stream that a member works on: its receiver, or the first argument that carries bytes.</summary>
    private ArgumentFact StreamOrigin(IOperation? receiver, ImmutableArray<IArgumentOperation> arguments, IOperation site)
    {
        if (receiver is not null && CarriesBytes(receiver))
        {
            var origin = Origin(receiver);
            // CopyTo waits for both ends.
            if (site is not IInvocationOperation { TargetMethod.Name: "CopyTo" or "WriteTo" }
                || origin.Knowledge is ArgumentKnowledge.Device or ArgumentKnowledge.Unknown) return origin;
            // Whoever is given one end waits for the other all the same, when that is a device.
            if (origin.Knowledge == ArgumentKnowledge.Parameter && arguments.Length > 0 && CarriesBytes(arguments[0].Value)
                && Origin(arguments[0].Value).Knowledge != ArgumentKnowledge.Device) return origin;
        }

        foreach (var argument in arguments)
            if (CarriesBytes(argument.Value)) return Origin(argument.Value);
        // document.Save(path): whoever names a file means one.
        if (arguments.Any(IsFileName)) return new ArgumentFact(ArgumentKnowledge.Device);
        return receiver is null ? default : Origin(receiver);
    }

    private static readonly HashSet<string> FileNames =
        new(StringComparer.OrdinalIgnoreCase) { "path", "fileName", "filename", "file", "uri", "inputUri", "url" };

    /// <summary>The member, and whom it calls in its own assembly, by name.</summary>
    private static string PathOf(ISymbol target, ApiEntry? entry) =>
        entry is { Via.Count: > 0 }
            ? $"{(target is IMethodSymbol method ? MemberReader.NameOf(method) : target.Name)} → {string.Join(" → ", entry.Via)}"
            : DisplayName(target);

    private static string DisplayName(ISymbol target) => target switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => $"new {target.ContainingType.Name}",
        IMethodSymbol { Name: "GetResult" } => "GetAwaiter().GetResult()",
        _ => $"{target.ContainingType?.Name}.{target.Name}",
    };
}
