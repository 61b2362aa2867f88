namespace Quintet.Loops;

/// <summary>
/// Waits for sockets to be ready, level-triggered, and for a wake-up from another thread.
/// </summary>
/// <remarks><see cref="Wake"/> may be called from any thread, everything else belongs to the loop's.</remarks>
internal abstract class Poller : IDisposable
{
    /// <summary>How many sockets are watched.</summary>
    internal int Count { get; private protected set; }

    internal static Poller Create() => OperatingSystem.IsLinux() ? new EpollPoller() : new SelectPoller();

    /// <summary>Watches <paramref name="target"/> for <paramref name="interest"/> from now on; none ends it.</summary>
    internal void Watch(PollTarget target, PollEvents interest)
    {
        if (target.Interest == interest) return;
        if (target.Interest == PollEvents.None) Count++;
        if (interest == PollEvents.None) Count--;
        Change(target, interest);
        target.Interest = interest;
    }

    /// <summary>Waits at most <paramref name="milliseconds"/> (-1: as long as it takes) for targets to be ready.</summary>
    internal abstract void Wait(int milliseconds);

    /// <summary>Gives what the last wait has found to <paramref name="host"/>. Not a part of the wait, because what the host does with it
    /// may be the program's.</summary>
    /// <returns>How many targets were ready.</returns>
    internal abstract int Tell(ILoopHost host);

    internal abstract void Wake();

    public abstract void Dispose();

    private protected abstract void Change(PollTarget target, PollEvents interest);
}
