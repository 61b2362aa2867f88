using Quintet.GilThreads;

namespace Quintet.Tests.Runtime.GilThreads;

public sealed class MonitorGateSpec : GateSpec
{
    private protected override GilGate Create() => new MonitorGate();
}
