using Quintet.GilThreads;

namespace Meters;

/// <summary>
/// The moved program: threads under a global interpreter lock. One of them at a time is in the driver, as before; while it waits for its
/// meter, the others are.
/// </summary>
public static class GilReadings
{
    public static long Of(Driver driver, IEnumerable<int> meters)
    {
        using var gil = new GlobalInterpreterLock();
        var total = 0L;
        void Read(int meter)
        {
            var ticket = driver.Ask(meter);
            gil.AllowThreads(Driver.Await);
            // No lock and no Interlocked: nobody else runs between two points at which the lock is given up.
            total += driver.Answer(ticket);
        }

        GilThread[] threads = [.. meters.Select(meter => gil.StartThread(() => Read(meter)))];
        foreach (var thread in threads) thread.Join();
        return total;
    }
}
