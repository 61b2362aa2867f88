namespace Quintet.BuildTasks.Reading;

/// <summary>
/// Semaphores that a body waits for and releases itself, as a lock is taken and given up: where it does nothing in between that is known
/// to wait or to compute, whoever waits for its turn hardly waits.
/// </summary>
internal sealed class BriefGates
{
    private List<(string Gate, int Index)>? _waits;
    private List<(string Gate, int Index)>? _releases;

    public void Call(Callee callee, Value receiver, int index)
    {
        const string Semaphore = "M:System.Threading.SemaphoreSlim.";
        if (receiver.Kind != ValueKind.Field || !callee.Id.StartsWith(Semaphore, StringComparison.Ordinal)) return;
        if (callee.Id.IndexOf("Wait(", Semaphore.Length, StringComparison.Ordinal) == Semaphore.Length || callee.Id == Semaphore + "Wait")
            (_waits ??= []).Add((receiver.Name, index));
        else if (callee.Id.IndexOf("Release", Semaphore.Length, StringComparison.Ordinal) == Semaphore.Length)
            (_releases ??= []).Add((receiver.Name, index));
    }

    /// <summary>Whether a call is such a wait.</summary>
    /// <param name="index">Where it stands.</param>
    /// <param name="works">Whether there is something between two places that may wait or compute.</param>
    public bool IsBrief(int index, Func<int, int, bool> works)
    {
        if (_waits is null || _releases is null) return false;
        foreach (var (gate, at) in _waits)
        {
            if (at != index) continue;
            var release = _releases.FindLastIndex(other => other.Gate == gate && other.Index > index);
            return release >= 0 && !works(index, _releases[release].Index);
        }

        return false;
    }
}
