namespace Quintet.Tests.Conformance.Goroutines;

public sealed class UnbufferedChannelSpec() : ChannelSpec(capacity: 0);
