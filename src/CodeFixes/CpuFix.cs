using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes;

/// <summary>The fix of a rule about CPU-bound work: the moves of the guidance in its order, a checkpoint at the end.</summary>
public abstract class CpuFix : Fix
{
    private protected CpuFix(string id)
        : base(id, OffloadMove.Goroutine, ProcessMove.Instance, OffloadMove.ToThread, OffloadMove.QueueWork, OffloadMove.TaskRun,
            CallbackMove.Node, CallbackMove.Asyncio, new CheckpointMove())
    {
    }

    /// <summary>The guidance of the finding decides: a request has a core already, and only a process relieves it.</summary>
    private protected override IEnumerable<Move> Ordered(Site site) => ModelMove.Ordered(site, Moves);
}
