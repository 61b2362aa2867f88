using Quintet.Loops;

namespace Quintet.Tests.Runtime.Loops;

public sealed class PlatformPollerSpec : PollerSpec
{
    private protected override Poller Create() => Poller.Create();
}
