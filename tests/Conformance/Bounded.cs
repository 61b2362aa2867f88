using System.Runtime.ExceptionServices;

namespace Quintet.Tests.Conformance;

/// <summary>A loop that does not end fails its test, and holds no other.</summary>
internal static class Bounded
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    /// <summary>Runs <paramref name="body"/> on a thread of its own.</summary>
    internal static void Run(Action body)
    {
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception thrown)
            {
                error = ExceptionDispatchInfo.Capture(thrown);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        Assert.True(thread.Join(Most), $"The test did not end within {Most.TotalMinutes} minutes.");
        error?.Throw();
    }
}
