using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Quintet.Analyzers.Catalogue;
using Quintet.BuildTasks.Caching;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks.Inference;

/// <summary>Effects as lines of the catalogue's format, so that the analyzers read them as they read a user's own.</summary>
internal static class EffectLines
{
    /// <summary>A thing that may happen so many calls away is nobody's reason to change a call; a log's entry may wait for its
    /// queue.</summary>
    private const int LongestPossiblePath = 4;

    /// <summary>Begins the part of an assembly's lines that only its friends need, and names them.</summary>
    private const string FriendsMark = "# for ";

    private static readonly ConcurrentDictionary<RunContext, string> Contexts = [];

    /// <summary>
    /// The lines about public members, then those about internal ones. A member that the catalogue speaks of has been judged by hand; then
    /// nothing is added.
    /// </summary>
    public static IEnumerable<string> Of(AssemblyFacts assembly, Knowledge knowledge)
    {
        var lines = Told(assembly, knowledge).ToLookup(static line => line.IsPublic, static line => line.Text);
        if (assembly.Friends.Count == 0 || !lines[false].Any()) return lines[true];
        return [.. lines[true], FriendsMark + string.Join(",", assembly.Friends.Where(IsWord)), .. lines[false]];
    }

    /// <summary>
    /// How much of what was written of an assembly tells of members which the assembly <paramref name="reader"/> sees: it begins with what
    /// all see, in so many lines, and goes on with what friends see.
    /// </summary>
    public static IEnumerable<(int Start, int End, int Lines)> SeenBy(string? reader, byte[] text)
    {
        var (begin, lines) = (0, 0);
        for (var start = 0; start < text.Length;)
        {
            var end = EffectText.EndOfLine(text, start);
            if (text[start] != FriendsMark[0]) lines++;
            else
            {
                yield return (begin, start, lines);
                (begin, lines) = (end + 1, 0);
                var friends = EffectText.Line(text, start + FriendsMark.Length, end).Split(',');
                if (reader is null || !friends.Contains(reader, StringComparer.OrdinalIgnoreCase)) yield break;
            }

            start = end + 1;
        }

        if (lines > 0) yield return (begin, text.Length, lines);
    }

    private static IEnumerable<(bool IsPublic, string Text)> Told(AssemblyFacts assembly, Knowledge knowledge)
    {
        foreach (var (method, effect) in EffectInference.Of(assembly, knowledge, IsWorthALine))
            if (!IsJudged(method, knowledge))
                yield return (method.IsVisible, Line(assembly, method, effect));
        foreach (var method in Complete(assembly))
            if (!IsJudged(method, knowledge))
                yield return (method.IsVisible, $"complete  {method.Id}  via=Task  -- as {Word(assembly.Name)} is compiled");
        foreach (var (method, parameter, where) in DelegateInference.Of(assembly, knowledge))
            if (!IsJudged(method, knowledge))
                yield return (method.IsVisible,
                    $"runs  {method.Id}  where={Words(where)}  arg={Word(method.ParameterNames[parameter])}"
                        + $"  via={Word(method.ParameterNames[parameter])}  -- as {Word(assembly.Name)} is compiled");
    }

    /// <summary>
    /// Those whose task is complete when they give it, in the order of ids; of what may be overridden elsewhere nothing is known.
    /// </summary>
    private static IEnumerable<MethodFacts> Complete(AssemblyFacts assembly) => assembly.Methods.Where(static method =>
        (method.IsVisible || method.IsForFriends) && !method.IsAbstract && !(method.IsVirtual && method.IsOpen) && method.GivesComplete)
        .OrderBy(static method => method.Id, StringComparer.Ordinal);

    /// <summary>
    /// Nobody changes a call because it looks at a file now and then, takes a lock that is held for a moment, or formats onto a writer that
    /// somebody passed.
    /// </summary>
    private static bool IsWorthALine(Effect effect)
    {
        if (effect.IsPossible) return !effect.IsBrief && effect.Path.Count <= LongestPossiblePath;
        return !effect.IsBrief || effect.Unless == ApiConditions.None && effect.Kind != BlockKind.Wait;
    }

    /// <summary>Obfuscators give names that no source can write, and no line either.</summary>
    [MethodImpl(Speed.Hot)]
    private static bool IsWord(string name)
    {
        foreach (var letter in name)
            if (char.IsWhiteSpace(letter) || char.IsControl(letter)) return false;
        return true;
    }

    private static string Word(string name) => IsWord(name) ? name
        : string.Concat(name.Select(static letter => char.IsWhiteSpace(letter) || char.IsControl(letter) ? '_' : letter));

    /// <summary>What is said of a base's member holds for those that override it.</summary>
    private static bool IsJudged(MethodFacts method, Knowledge knowledge) =>
        !IsWord(method.Id) || knowledge.About(method.Id).Any() || method.Implements.Any(slot => knowledge.About(slot).Any());

    private static string Words(RunContext where) => Contexts.GetOrAdd(where, static where => string.Join(",",
        Enum.GetValues(typeof(RunContext)).Cast<RunContext>()
            .Where(one => one != RunContext.Unknown && (where & one) != 0)
            .Select(static one => string.Concat(one.ToString().Select(static (letter, at) =>
                char.IsUpper(letter) && at > 0 ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString())))));

    private static string WithoutParameters(string id)
    {
        var open = id.IndexOf('(');
        var plain = open < 0 ? id : id.Substring(0, open);
        var arity = plain.IndexOf("``", StringComparison.Ordinal);
        return arity < 0 ? plain : plain.Substring(0, arity);
    }

    private static string Line(AssemblyFacts assembly, MethodFacts method, Effect effect)
    {
        var twin = method.HasTwin ? WithoutParameters(method.Id) + "Async" : "none";
        var words = new List<string> { effect.Verb == ApiVerb.Blocks ? "blocks" : "burns", IdOf(method) };
        if (effect.Verb == ApiVerb.Blocks) words.AddRange(["kind=" + effect.Kind.ToString().ToLowerInvariant(), "twin=" + twin]);
        if (effect.IsBrief) words.Add("weight=brief");
        // A call site is only asked for a truth value, and by name.
        var given = effect.Given is { } found && method.ParameterTypes[found.Parameter] == "System.Boolean"
            && method.ParameterNames[found.Parameter].Length > 0 ? effect.Given : null;
        if (effect.IsPossible || given != effect.Given) words.Add("certainty=possible");
        if (effect.Unless != ApiConditions.None)
            words.Add(effect.Unless switch
            {
                ApiConditions.Completed when effect.Time >= 0 => "unless=zero,completed",
                ApiConditions.Completed => "unless=completed",
                ApiConditions.Zero => "unless=zero",
                _ => "unless=in-memory",
            });
        if (given is { } asked) words.Add("given=" + new ApiGiven(Word(method.ParameterNames[asked.Parameter]), asked.Value));
        words.Add("via=" + Word(string.Join(">", effect.Path)));
        var meanwhile = effect.Lock is { } held ? $", holds {Word(LockInference.Display(held))} meanwhile" : "";
        return $"{string.Join("  ", words)}  -- as {Word(assembly.Name)} is compiled{meanwhile}";
    }

    /// <summary>
    /// Bodies are those of accessors, and a line about a property holds for both of them: it is written where there is only a getter.
    /// </summary>
    private static string IdOf(MethodFacts method)
    {
        var plain = WithoutParameters(method.Id);
        var at = plain.IndexOf(".get_", StringComparison.Ordinal);
        return at < 0 || method.HasSetter ? method.Id
            : $"P:{method.Id.Substring(2, at - 1)}{method.Id.Substring(at + 5)}";
    }
}
