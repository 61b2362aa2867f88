using Quintet.GilThreads;

namespace Quintet.Tests.Conformance.GilThreads;

/// <summary>CPython's Lib/test/test_sys.py, test_switchinterval.</summary>
public sealed class SwitchIntervalSpec
{
    // "orig = sys.getswitchinterval(); self.assertTrue(orig < 0.5, orig)".
    [Fact]
    public void It_begins_at_five_milliseconds() => Assert.Equal(TimeSpan.FromMilliseconds(5), new GlobalInterpreterLock().SwitchInterval);

    // "for n in 0.00001, 0.05, 3.0, orig: sys.setswitchinterval(n); self.assertAlmostEqual(sys.getswitchinterval(), n)".
    [Theory]
    [InlineData(0.00001)]
    [InlineData(0.05)]
    [InlineData(3.0)]
    public void What_was_set_is_what_is_read(double seconds)
    {
        using var gil = new GlobalInterpreterLock { SwitchInterval = TimeSpan.FromSeconds(seconds) };
        Assert.Equal(seconds, gil.SwitchInterval.TotalSeconds, tolerance: 1e-9);
    }

    // "Negative values are not allowed: assertRaises(ValueError, sys.setswitchinterval, -1.0)"; the same for zero.
    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    public void Zero_and_less_are_refused(double seconds)
    {
        using var gil = new GlobalInterpreterLock();
        Assert.Throws<ArgumentOutOfRangeException>(() => gil.SwitchInterval = TimeSpan.FromSeconds(seconds));
        var options = new GilOptions { SwitchInterval = TimeSpan.FromSeconds(seconds) };
        Assert.Throws<ArgumentOutOfRangeException>(() => new GlobalInterpreterLock(options));
    }
}
