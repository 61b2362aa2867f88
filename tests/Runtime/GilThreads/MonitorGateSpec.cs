using Quintet.Core;

namespace Quintet.Tests.Runtime.GilThreads;

public sealed class MonitorGateSpec : GateSpec
{
    private protected override ThreadGate Create() => new MonitorGate();
}
