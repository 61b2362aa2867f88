using Quintet.Node;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class SleepsInATimer
{
    public static void Begin() => StartNap();

    private static void StartNap() => NodeLoop.Current.SetTimeout(() =>
    {
        Thread.Sleep(4000); // QNT5001
    });
}
