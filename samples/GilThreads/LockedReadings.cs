namespace Meters;

/// <summary>The wrong program: one lock keeps the threads out of the driver, and out of each other's waits as well.</summary>
public static class LockedReadings
{
    public static long Of(Driver driver, IEnumerable<int> meters)
    {
        var gate = new Lock();
        var total = 0L;
        Parallel.ForEach(meters, meter =>
        {
            lock (gate) // wrong: QNT3001
            {
                var ticket = driver.Ask(meter);
                Driver.Await(); // wrong: QNT3003
                total += driver.Answer(ticket);
            }
        });
        return total;
    }
}
