using System.Runtime.CompilerServices;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>A scheduler's Run for tests: it fails by the test's name when main does not end.</summary>
internal static class LimitedRun
{
    internal static void Run(Func<GoTask> main, GoSchedulerOptions? options, [CallerMemberName] string test = "") =>
        Limited.Run(() => GoScheduler.Run(main, options), test);

    internal static void Run(GoScheduler scheduler, Func<GoTask> main, [CallerMemberName] string test = "") =>
        Limited.Run(() => scheduler.Run(main), test);
}
