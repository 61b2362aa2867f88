namespace Quintet.Tests.Conformance.Goroutines;

public sealed class BufferedChannelSpec() : ChannelSpec(capacity: 64);
