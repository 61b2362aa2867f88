using Quintet.Node;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class TakesTurns
{
    private static long _end;

    public static void Begin()
    {
        _end = Environment.TickCount64 + 5000;
        NodeLoop.Current.SetImmediate(TurnAgain);
    }

    private static void TurnAgain()
    {
        if (Environment.TickCount64 < _end) NodeLoop.Current.SetImmediate(TurnAgain);
    }
}
