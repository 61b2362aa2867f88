using Quintet.Loops;

namespace Quintet.Tests.Runtime.Loops;

public sealed class SelectPollerSpec : PollerSpec
{
    private protected override Poller Create() => new SelectPoller();
}
