using Quintet.Node;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class ComputesInATimer
{
    internal static int Sum;

    public static void Begin() => StartSum();

    private static void StartSum() => NodeLoop.Current.SetTimeout(() =>
    {
        for (var i = 0; i < 6000; i++) // QNT5002
        {
            for (var k = 0; k < 1_000_000; k++) Sum += i ^ k;
        }
    });
}
