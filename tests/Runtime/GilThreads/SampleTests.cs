using Meters;
using Quintet.Tests.Runtime.Goroutines;

namespace Quintet.Tests.Runtime.GilThreads;

/// <summary>samples/GilThreads: the wrong program is found, the moved one is not, and both read the same.</summary>
public sealed class SampleTests
{
    [Fact]
    public void Both_programs_read_the_same()
    {
        int[] meters = [.. Enumerable.Range(1, 12)];
        var expected = meters.Sum(static meter => (long)meter * 31 % 97);
        Assert.Equal(expected, LockedReadings.Of(new Driver(), meters));
        Assert.Equal(expected, GilReadings.Of(new Driver(), meters));
    }

    [Theory]
    [InlineData(nameof(LockedReadings), 2)]
    [InlineData(nameof(GilReadings), 0)]
    [InlineData(nameof(Driver), 0)]
    public void The_analyzers_find_what_is_marked_and_nothing_else(string program, int marks)
    {
        string[] all = [nameof(LockedReadings), nameof(GilReadings), nameof(Driver)];
        Assert.Equal(marks, Findings.MarkedIn(program).Length);
        Assert.Equal(Findings.MarkedIn(program), Findings.Of(program, [.. all.Where(other => other != program)]));
    }
}
