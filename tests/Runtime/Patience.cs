using Quintet.Multiprocessing;

namespace Quintet.Tests;

/// <summary>How long a test waits for other processes and threads before it says that they do not come.</summary>
internal static class Patience
{
    /// <summary>For a test as a whole, in milliseconds: the slowest takes seconds, and a busy machine makes minutes of them.</summary>
    internal const int OfATest = 240_000;

    /// <summary>For one wait that holds its thread, so that the time of the test cannot end it.</summary>
    internal static readonly TimeSpan OfAWait = TimeSpan.FromMinutes(3);

    /// <summary>Ends a pool; kills it, and says so, if it does not.</summary>
    internal static async ValueTask EndAsync(ProcessPool pool)
    {
        try
        {
            await pool.DisposeAsync().AsTask().WaitAsync(OfAWait);
        }
        catch (TimeoutException)
        {
            await pool.TerminateAsync().WaitAsync(OfAWait);
            throw new TimeoutException("The pool did not end by itself: a task or a worker never answered.");
        }
    }
}
