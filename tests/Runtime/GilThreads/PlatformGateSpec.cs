using Quintet.Core;

namespace Quintet.Tests.Runtime.GilThreads;

public sealed class PlatformGateSpec : GateSpec
{
    private protected override ThreadGate Create() => ThreadGate.Create();

    [Fact]
    public void The_kernel_is_given_nanoseconds()
    {
        var half = FutexGate.Duration(TimeSpan.FromMilliseconds(0.5));
        Assert.Equal((0, 500_000), ((int)half.Seconds, (int)half.Nanoseconds));
        var more = FutexGate.Duration(TimeSpan.FromSeconds(2.25));
        Assert.Equal((2, 250_000_000), ((int)more.Seconds, (int)more.Nanoseconds));
    }
}
