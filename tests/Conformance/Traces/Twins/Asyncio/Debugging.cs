using System.Text.RegularExpressions;
using Quintet.Loops;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static partial class Debugging
{
    [Twin("asyncio/24-debug-slow-callback")]
    internal static void SlowCallbacks(Transcript t)
    {
        EventLoop.Run(Main(), Virtual with { Debug = true });

        static async Coroutine Hog(double seconds) => Spin(Seconds(seconds));

        async Coroutine Main()
        {
            var loop = EventLoop.Current;
            loop.Log = message => t.Print("LOG", "WARNING", SlowMessage().IsMatch(message));
            loop.SlowCallbackDuration = Seconds(.1);
            t.Print(loop.Debug, loop.SlowCallbackDuration.TotalSeconds);
            await Aio.CreateTask(Hog(0));
            t.Print("0 ms: nothing");
            await Aio.CreateTask(Hog(.15));
            t.Print("150 ms: logged");
            loop.SlowCallbackDuration = Seconds(.01);
            await Aio.CreateTask(Hog(.03));
            t.Print("threshold 10 ms: logged");
            loop.SlowCallbackDuration = Seconds(5);
            var other = new Thread(() => Expect<EventLoopException>(() => loop.CallSoon(() => { }), e => t.Print(e.Message)));
            other.Start();
            other.Join();
            var warnings = new List<string>();
            Action<LoopReport> collect = report =>
            {
                // Other twins run beside this one.
                if (report.RuleId == "QNT4006" && report.Callback == "never") warnings.Add(report.Message);
            };
            LoopDetectors.Reported += collect;
            Forget();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            LoopDetectors.Reported -= collect;
            t.Print($"[\"{string.Join("\", \"", warnings)}\"]");
        }

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Forget() => _ = never();

        // Named as in the recording, which prints the name.
        static async Coroutine never() { }
    }

    [GeneratedRegex(@"^Executing <.*> took 0\.\d{3} seconds")]
    private static partial Regex SlowMessage();
}
