namespace Quintet.Goroutines;

/// <summary>A goroutine that waits.</summary>
/// <param name="Goroutine">The method that it runs, or "a blocked thread".</param>
/// <param name="WaitsFor">What it is parked on, for example <c>receive from Chan&lt;Int32&gt; #3 (capacity 0)</c>.</param>
/// <param name="Since">For how long, exact to about ten milliseconds.</param>
public sealed record ParkedGoroutine(string Goroutine, string WaitsFor, TimeSpan Since)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"  {Goroutine}: {WaitsFor}, for {Since.TotalMilliseconds:F0} ms";
}
