using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Quintet.Tests;

/// <summary>
/// Runs what might wait for ever on a thread of its own: the test fails by name when it does, and the others go on.
/// </summary>
internal static class Limited
{
    private static readonly TimeSpan Limit = Stress.IsOn ? TimeSpan.FromHours(12) : TimeSpan.FromMinutes(4);

    internal static void Run(Action body, [CallerMemberName] string test = "")
    {
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception error)
            {
                thrown = ExceptionDispatchInfo.Capture(error);
            }
        }) { IsBackground = true, Name = test };
        thread.Start();
        Assert.True(thread.Join(Limit), $"{test} has not ended within {Limit.TotalMinutes} minutes: somebody waits for ever.");
        thrown?.Throw();
    }
}
