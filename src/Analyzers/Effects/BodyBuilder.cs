using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>A body while it is being read: what becomes its <see cref="BodySummary"/>, and the state of the walk.</summary>
internal sealed partial class BodyBuilder(string key, string name, IMethodSymbol? method, SyntaxNode syntax, RunContext contexts)
{
    private readonly ImmutableArray<Step>.Builder _steps = ImmutableArray.CreateBuilder<Step>();
    private readonly ImmutableArray<LockRegion>.Builder _regions = ImmutableArray.CreateBuilder<LockRegion>();
    private readonly Dictionary<(string Field, bool Writes, string Locks), FieldUse> _fields = [];
    private readonly List<TextSpan> _doubted = [];
    private readonly HashSet<string> _once = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _parallel = new(StringComparer.Ordinal);
    private readonly List<(TextSpan Span, GilHold Hold)> _gil = [];
    private bool _hasLoop;
    private bool _seenSuspension;
    private (bool OnCapturedContext, TextSpan Span)? _atEnd;
    private ImmutableArray<Guard> _suspendsIf = ImmutableArray<Guard>.Empty;
    private string? _taskBehind;
    private bool _returnsOther;
    private bool _returnsCompleted;

    public string Key { get; } = key;

    public IMethodSymbol? Method { get; } = method;

    public RunContext Contexts { get; } = contexts;

    /// <summary>True on every path to the place being read.</summary>
    public PathFacts Facts { get; set; } = PathFacts.None;

    private readonly Lazy<HashSet<string>> _assigned = new(() => AssignedNames(syntax));

    /// <summary>Whether something in the body gives a parameter of that name another value.</summary>
    public bool Assigns(string parameter) => _assigned.Value.Contains(parameter);

    /// <summary>The names of all that is assigned or passed by reference within a part of a body.</summary>
    public static HashSet<string> AssignedNames(SyntaxNode part)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in part.DescendantNodes())
        {
            // (mode, n) = Read();
            if (node is AssignmentExpressionSyntax { Left: TupleExpressionSyntax several })
                names.UnionWith(several.DescendantNodes().OfType<IdentifierNameSyntax>().Select(static one => one.Identifier.ValueText));
            var target = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                ArgumentSyntax { RefOrOutKeyword.RawKind: not 0 } argument => argument.Expression,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression }
                    step => step.Operand,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
                    step => step.Operand,
                _ => null,
            };
            var name = target switch
            {
                IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
                MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
                _ => null,
            };
            if (name is not null) names.Add(name);
        }

        return names;
    }

    public ImmutableArray<string> Locks { get; set; } = ImmutableArray<string>.Empty;

    /// <summary>Held by who runs the body, wherever it is called from: its fields are guarded, and its steps are its caller's.</summary>
    public ImmutableArray<string> LocksAround { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The place being read lies only on paths that end in a throw.</summary>
    public bool Cold { get; set; }

    /// <summary>What is done here may hold nobody up: on a way to a throw, or where a coroutine has moved itself to the pool.</summary>
    public bool HoldsPerhaps => Cold || Facts.Knows(PathFactKind.OnPool);

    public bool InHandler { get; set; }

    /// <summary>The place being read runs when somebody goes through the sequence that the body gives.</summary>
    public bool Deferred { get; set; }

    /// <summary>The place being read lies in a branch that its body may not take.</summary>
    public bool Conditional { get; set; }

    /// <summary>The place being read runs only while something is missing that it makes.</summary>
    public bool IsOnce => Facts.Knows(PathFactKind.Missing);

    /// <summary>What each local was given; two entries or more when it is assigned again.</summary>
    public Dictionary<ILocalSymbol, List<IOperation>> Locals { get; } = new(SymbolEqualityComparer.Default);

    private readonly Dictionary<ILocalSymbol, List<IOperation>> _added = new(SymbolEqualityComparer.Default);

    /// <summary>A task is added to a list that a local holds.</summary>
    public void AddTo(ILocalSymbol list, IOperation task)
    {
        if (!_added.TryGetValue(list, out var tasks)) _added[list] = tasks = [];
        tasks.Add(task);
    }

    /// <summary>The tasks that were added to the list of a local so far.</summary>
    public IReadOnlyList<IOperation> AddedTo(ILocalSymbol list) => _added.TryGetValue(list, out var tasks) ? tasks : [];

    private readonly Dictionary<ILocalSymbol, bool> _complete = new(SymbolEqualityComparer.Default);

    /// <summary>A local of a task's type was given a task, complete at that time or not.</summary>
    public void Give(ILocalSymbol local, bool complete) =>
        _complete[local] = complete && (!_complete.TryGetValue(local, out var before) || before);

    /// <summary>Every task that the local was given so far was complete.</summary>
    public bool HoldsOnlyComplete(ILocalSymbol local) => _complete.TryGetValue(local, out var complete) && complete;

    public bool ResumesOnCapturedContext { get; private set; }

    public int Count => _steps.Count;

    /// <summary>Whichever branch is taken, somebody waits: of who is not known to take the one, it is as sure as of who does.</summary>
    /// <param name="waits">The first wait of each branch.</param>
    /// <param name="conditions">What holds before they part.</param>
    public void Join(IEnumerable<int> waits, ImmutableArray<Condition> conditions)
    {
        foreach (var place in waits)
        {
            var joined = _steps[place].Conditions.Select(one => conditions.Contains(one) ? one : one with { Joined = true });
            _steps[place] = _steps[place] with { Conditional = Conditional, Conditions = joined.ToImmutableArray() };
        }
    }

    /// <summary>The first wait of a branch that depends on nothing further; -1 for none.</summary>
    /// <param name="from">The first step of the branch.</param>
    /// <param name="conditions">What holds at its beginning.</param>
    public int FirstWait(int from, ImmutableArray<Condition> conditions)
    {
        for (var i = from; i < _steps.Count; i++)
            if (_steps[i] is { Kind: StepKind.Blocks, Brief: false, Cold: false, Once: false, Exceptional: false } wait
                && wait.Conditional == Conditional
                && wait.Conditions.Where(one => !one.Joined || conditions.Contains(one)).SequenceEqual(conditions)) return i;
        return -1;
    }

    /// <summary>So far into the body nothing has been a branch.</summary>
    public int StraightLength { get; set; } = int.MaxValue;

    /// <summary>Here the way parts: what stands behind need not happen.</summary>
    public void Part(int start) => StraightLength = Math.Min(StraightLength, start - syntax.SpanStart);

    /// <summary>So far into the body nobody has asked whether a file is there.</summary>
    public int UnaskedLength { get; private set; } = int.MaxValue;

    public void AskForFile(int start) => UnaskedLength = Math.Min(UnaskedLength, start - syntax.SpanStart);

    /// <summary>Nothing that matters has been read yet.</summary>
    public bool IsEmpty => _steps.Count == 0;

    public void Add(Step step) => _steps.Add(GilAt(step.Span.Start) is var gil and not GilHold.AsEntered ? step with { Gil = gil } : step);

    /// <summary>Inside of a span, a global interpreter lock is held or given up.</summary>
    public void Gil(TextSpan span, GilHold hold) => _gil.Add((span, hold));

    /// <summary>What the innermost span says.</summary>
    private GilHold GilAt(int start) => _gil.Count == 0 ? GilHold.AsEntered
        : _gil.Where(part => part.Span.Contains(start)).OrderBy(static part => part.Span.Length)
            .Select(static part => part.Hold).FirstOrDefault();

    /// <summary>Adds a step that makes sense once per body, such as a static initialiser.</summary>
    public void AddOnce(Step step)
    {
        if (_once.Add(step.Target!)) Add(step);
    }

    public void Add(LockRegion region) => _regions.Add(region);

    public void Touch(string field, bool writes, int start)
    {
        var locks = LocksAround.IsEmpty ? Locks : LocksAround.AddRange(Locks);
        var key = (field, writes, string.Join(",", locks));
        if (!_fields.ContainsKey(key)) _fields.Add(key, new FieldUse(field, writes, locks, start));
    }

    /// <summary>Remembers the first place where the body suspends: there it is decided where it resumes.</summary>
    /// <param name="onCapturedContext">It comes back to the context that it was on.</param>
    /// <param name="span">The place.</param>
    /// <param name="source">The body whose task is awaited, where that is seen.</param>
    public void Suspend(bool onCapturedContext, TextSpan span, string? source)
    {
        if (!_seenSuspension) (ResumesOnCapturedContext, _taskBehind) = (onCapturedContext, source);
        var guards = Guards();
        _suspendsIf = _seenSuspension ? _suspendsIf.Where(guards.Contains).ToImmutableArray() : guards;
        _seenSuspension = true;
        AwaitUnderLocks(span);
    }

    /// <summary>
    /// <c>await using var file = …;</c> suspends where its block ends, behind all that is awaited there.
    /// </summary>
    public void SuspendAtEnd(bool onCapturedContext, TextSpan span)
    {
        _atEnd ??= (onCapturedContext, span);
        AwaitUnderLocks(span);
    }

    private void AwaitUnderLocks(TextSpan span) =>
        ChangeHeld(span, region => region.Awaits is null ? region with { Awaits = span } : region);

    /// <summary>What is known here of the body's own switches and enumerations.</summary>
    private ImmutableArray<Guard> Guards()
    {
        if (Facts.IsEmpty || Method is null) return ImmutableArray<Guard>.Empty;
        var guards = ImmutableArray.CreateBuilder<Guard>();
        foreach (var parameter in Method.Parameters)
        {
            if (parameter.Type is not ({ SpecialType: SpecialType.System_Boolean } or { TypeKind: TypeKind.Enum })) continue;
            var expression = ExpressionKeys.Of(parameter);
            foreach (var fact in Facts.All)
            {
                if (fact.Kind is not (PathFactKind.True or PathFactKind.False)) continue;
                if (fact.Expression == expression) guards.Add(new Guard(parameter.Ordinal, 1, fact.Kind == PathFactKind.True));
                else if (PathFacts.ValueIn(fact.Expression, expression) is { } value)
                    guards.Add(new Guard(parameter.Ordinal, value, fact.Kind == PathFactKind.True));
            }
        }

        return guards.ToImmutable();
    }

    /// <summary>A loop over input stands here, and so in every lock that is held.</summary>
    public void Loop(TextSpan span)
    {
        _hasLoop = true;
        ChangeHeld(span, static region => region with { HasLoop = true });
    }

    /// <summary>What computes here may hold nobody up: see <see cref="HoldsPerhaps"/>.</summary>
    public void Doubt(TextSpan span) => _doubted.Add(span);

    public bool IsDoubted(int start) => _doubted.Any(span => span.Contains(start));

    /// <summary>A method is handed to somebody who runs it several times at once.</summary>
    public void RunParallel(string key) => _parallel.Add(key);

    /// <summary>The locks whose regions contain a place that was not met on the walk.</summary>
    public ImmutableArray<string> HeldAt(int start) =>
        _regions.Where(region => region.Span.Contains(start)).Select(static region => region.Lock).ToImmutableArray();

    private void ChangeHeld(TextSpan span, Func<LockRegion, LockRegion> change)
    {
        for (var i = 0; i < _regions.Count; i++)
            if (Locks.Contains(_regions[i].Lock) && _regions[i].Span.Contains(span)) _regions[i] = change(_regions[i]);
    }

    public void Return(bool completedTask, string? source)
    {
        _taskBehind = _returnsCompleted || _returnsOther ? null : source;
        if (completedTask) _returnsCompleted = true;
        else _returnsOther = true;
    }

    /// <summary>The body's own parameter that an expression is, or -1.</summary>
    public int OwnParameter(IOperation? operation) =>
        ExpressionKeys.Strip(operation) is IParameterReferenceOperation reference && IsOwn(reference.Parameter)
            ? reference.Parameter.Ordinal
            : -1;

    public bool IsOwn(IParameterSymbol parameter) =>
        Method is not null && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, Method);

    public BodySummary Build(CpuShape cpu)
    {
        if (!_seenSuspension && _atEnd is var (comesBack, span)) Suspend(comesBack, span, null);
        var steps = _steps.ToImmutable();
        return new BodySummary
        {
            Key = Key,
            Name = name,
            Tree = syntax.SyntaxTree,
            Span = syntax.Span,
            Contexts = Contexts,
            IsAsync = Method?.IsAsync == true,
            IsNested = Method?.MethodKind is MethodKind.AnonymousFunction or MethodKind.LocalFunction,
            Steps = steps,
            Locks = _regions.ToImmutable(),
            Cpu = cpu,
            ResumesOnCapturedContext = ResumesOnCapturedContext,
            ReturnsCompletedTask = _returnsCompleted && !_returnsOther,
            Suspends = _seenSuspension,
            SuspendsIf = _suspendsIf,
            TaskBehind = _taskBehind,
            IsWrapper = IsWrapper(steps),
            StraightLength = StraightLength,
            UnaskedLength = UnaskedLength,
            Fields = _fields.Values.ToImmutableArray(),
            HasLoop = _hasLoop,
            RunsInParallel = _parallel.ToImmutableArray(),
        };
    }

    /// <summary>One wait, on the body's own task parameter, and nothing else: <c>Await(task)</c> over <c>GetResult()</c>.</summary>
    private bool IsWrapper(ImmutableArray<Step> steps) =>
        Method is { IsAsync: false, Parameters.Length: > 0 } && steps.Length == 1
        && steps[0] is { Kind: StepKind.Blocks, BlockKind: BlockKind.Task }
        && steps[0].Conditions.Any(static condition => condition.Kind == ConditionKind.NotCompleted);

    /// <summary>The same of a property, where "sync" alone is as often what is synchronised.</summary>
    public static bool IsModeProperty(string name) => PascalWords.Of(name).Any(static word =>
        word is "Async" or "Asynchronous" or "Asynchronously" or "Synchronous" or "Synchronously");

    /// <summary>
    /// A parameter that selects between asynchronous and synchronous work: a bool by its name, an enumeration by having a value for each.
    /// </summary>
    public static bool IsModeSwitch(IParameterSymbol parameter) => parameter.Type.SpecialType == SpecialType.System_Boolean
        ? IsModeSwitch(parameter.Name)
        : IsMode(parameter.Type);

    /// <summary><c>enum IOBehavior { Synchronous, Asynchronous }</c></summary>
    public static bool IsMode(ITypeSymbol type) => type.TypeKind == TypeKind.Enum
        && type.GetMembers().Any(static value => value is IFieldSymbol && IsAsynchronous(value.Name))
        && type.GetMembers().Any(static value => value is IFieldSymbol && IsModeSwitch(value.Name) && !IsAsynchronous(value.Name));

    /// <summary>Whether the name of a switch, or of its value, speaks of work that is awaited.</summary>
    public static bool IsAsynchronous(string name) => name.IndexOf("async", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The name of a bool parameter that selects between asynchronous and synchronous work.</summary>
    public static bool IsModeSwitch(string name) =>
        name.IndexOf("async", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("sync", StringComparison.OrdinalIgnoreCase) >= 0;
}
