using Quintet.Node;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class StarvesALoop
{
    private static long _end;

    public static void Begin()
    {
        _end = Environment.TickCount64 + 4000;
        NodeLoop.Current.NextTick(TickAgain);
    }

    private static void TickAgain()
    {
        if (Environment.TickCount64 > _end) throw new TimeoutException("Nothing else ends it.");
        NodeLoop.Current.NextTick(TickAgain); // QNT5004
    }
}
