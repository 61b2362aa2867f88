namespace Quintet.Tests.Conformance.Goroutines;

public sealed class SingleSlotChannelSpec() : ChannelSpec(capacity: 1);
