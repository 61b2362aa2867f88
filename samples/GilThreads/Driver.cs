namespace Meters;

/// <summary>
/// A driver as old libraries have it: it keeps its state without any lock, so no two threads may be in it, and it waits for its devices.
/// </summary>
public sealed class Driver
{
    private readonly Dictionary<int, int> _asked = [];
    private int _tickets;

    /// <summary>Asks a meter; touches the driver's state.</summary>
    public int Ask(int meter)
    {
        _asked.Add(++_tickets, meter);
        return _tickets;
    }

    /// <summary>Waits for the meter's answer; touches nothing, as a call to the system does.</summary>
    public static void Await() => Thread.Sleep(10);

    /// <summary>Takes the answer; touches the driver's state.</summary>
    public int Answer(int ticket)
    {
        _asked.Remove(ticket, out var meter);
        return meter * 31 % 97;
    }
}
