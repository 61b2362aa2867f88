namespace Quintet.Node;

public sealed partial class NodeLoop
{
    /// <summary>How long the loop has waited and worked since it began (Node: <c>performance.eventLoopUtilization</c>); what lies between
    /// two of them tells <see cref="LoopUtilization.Since"/>. From any thread; the values are then those of a moment ago.</summary>
    public LoopUtilization EventLoopUtilization()
    {
        var (idle, active) = Core.Metrics.Split();
        return new LoopUtilization(idle, active);
    }

    /// <summary>A monitor of the loop's delay, not yet enabled (Node: <c>monitorEventLoopDelay</c>).</summary>
    /// <param name="resolution">Milliseconds between two samples; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is below 1.</exception>
    public LoopDelayMonitor MonitorEventLoopDelay(double resolution = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 1);
        return new LoopDelayMonitor(this, resolution);
    }
}
