using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>
/// The branches of a body on its own parameters, on lookups and on tasks being complete, and which calls stand behind them.
/// </summary>
internal sealed class PathTests(ControlFlow flow, Frame frame)
{
    /// <summary>Each costs a walk of the body; who tests more is generated.</summary>
    private const int MostTests = 24;

    private List<(Value Tested, int At, int WhenTrue, int WhenFalse)>? _tests;
    private List<int>? _switches;
    private Dictionary<(int From, int To), bool[]>? _without;

    /// <summary>
    /// A branch at <paramref name="at"/> that jumps to <paramref name="target"/> when the value is true, or when it is not.
    /// </summary>
    public void Add(Value tested, int at, int target, bool jumpsWhenTrue)
    {
        if (_tests?.Count == MostTests || target == at + 1) return;
        if (tested.Kind is not (ValueKind.Completion or ValueKind.Found) && !frame.IsTwofold(tested)) return;
        var (whenTrue, whenFalse) = jumpsWhenTrue != tested.Not ? (target, at + 1) : (at + 1, target);
        (_tests ??= []).Add((tested with { Not = false }, at, whenTrue, whenFalse));
    }

    /// <summary>A <c>switch</c>: what one of several cases does need not happen.</summary>
    public void AddSwitch(int at, int cases)
    {
        if (cases > 1 && (_switches ??= []).Count < MostTests) _switches.Add(at);
    }

    [MethodImpl(Speed.Hot)]
    public void Judge(CallFact call, int index, Lookups lookups)
    {
        call.IsGuarded |= _switches is not null && _switches.Exists(at =>
            at < index && !ReachedWithout((at, at))[index] && flow.IsConditional(index, at));
        var from = _tests is null ? 0 : JudgeBehindTests(call, index, _tests, lookups);
        call.IsConditional = !call.IsCold && flow.IsConditional(index, from);
    }

    /// <summary>Where the last branch leads that a call stands behind; the beginning for none.</summary>
    [MethodImpl(Speed.Hot)]
    private int JudgeBehindTests(
        CallFact call, int index, List<(Value Tested, int At, int WhenTrue, int WhenFalse)> tests, Lookups lookups)
    {
        var from = 0;
        foreach (var (tested, at, whenTrue, whenFalse) in tests)
        {
            for (var side = 0; side < 2; side++)
            {
                var value = side == 0;
                var to = value ? whenTrue : whenFalse;
                if (!IsBehind(index, (at, to))) continue;
                if (tested.Kind == ValueKind.Completion) call.IsOnComplete |= value && IsAbout(call, tested.Name);
                else if (tested.Kind == ValueKind.Found) call.IsGuarded |= !value && lookups.IsPut(tested.Name);
                else if (call.Given is null || frame.IsModeSwitch((int)tested.Number) && !frame.IsModeSwitch(call.Given.Value.Parameter))
                {
                    call.Given = new Given((int)tested.Number, value);
                    from = to;
                }
            }
        }

        return from;
    }

    private bool IsBehind(int index, (int From, int To) way) => !ReachedWithout(way)[index];

    private bool[] ReachedWithout((int From, int To) way)
    {
        if (!(_without ??= []).TryGetValue(way, out var reached)) _without.Add(way, reached = flow.ReachedWithout(way));
        return reached;
    }

    private static bool IsAbout(CallFact call, string task) =>
        call.Receiver.Key == task || call.Arguments.Any(argument => argument.Key == task);
}
