using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

public sealed partial class TimerSpec
{
    [Fact, Pins("test-timers-timeout-promisified", "test-timers-promises-scheduler")]
    public void A_delay_gives_its_value_and_can_be_aborted() => Assert.Equal("7 AbortError AbortError end", TraceAsync(async log =>
    {
        log((await Loop.DelayValue(5, 7)).ToString());
        var controller = new AbortController();
        Tick(() => controller.Abort());
        await Fails<AbortError>(() => Loop.Delay(1000, controller.Signal));
        log("AbortError");
        await Fails<AbortError>(() => Loop.Delay(1000, AbortSignal.Aborted()));
        log("AbortError");
        _ = Loop.Delay(1000, holdsLoop: false).Then(_ => log("never"));
        log("end");
    }));

    [Fact, Pins("test-timers-immediate-promisified")]
    public void A_yield_ends_in_the_check_phase_and_can_be_aborted() => Assert.Equal("immediate yielded AbortError", TraceAsync(async log =>
    {
        Immediate(() => log("immediate"));
        await Loop.Yield();
        log("yielded");
        var controller = new AbortController();
        var late = Loop.Yield(controller.Signal);
        controller.Abort();
        await Fails<AbortError>(() => late);
        log("AbortError");
    }));

    [Fact, Pins("test-timers-interval-promisified")]
    public void Intervals_that_pass_while_the_body_is_busy_are_not_lost() => Assert.Equal("1 2 3 AbortError", TraceRealAsync(async log =>
    {
        await foreach (var n in Loop.Intervals(10))
        {
            log(n.ToString());
            if (n == 1) await Loop.Delay(25);
            if (n == 3) break;
        }

        var controller = new AbortController();
        After(12, () => controller.Abort());
        await Fails<AbortError>(async () =>
        {
            await foreach (var n in Loop.Intervals(10, controller.Signal)) Assert.NotEqual(0, n);
        });
        log("AbortError");
    }));

    // Awaited by way of the base library's iterators and tasks, a timer of the loop is still its own: its time jumps.
    [Fact]
    public void Virtual_time_goes_on_while_foreign_code_waits_for_the_loop()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal("1 2 3 task done", TraceAsync(async log =>
        {
            await foreach (var n in Loop.Intervals(3_600_000))
            {
                log(n.ToString());
                if (n == 3) break;
            }

            await Twice();
            log("task");
            await Nested();
            log("done");
        }));
        // Hours of the loop's time.
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1));

        static async Task Twice()
        {
            await Loop.Delay(3_600_000);
            await Loop.Delay(3_600_000);
        }

        static async Task Nested()
        {
            await Twice();
            await Twice();
        }
    }

    // The near miss: what comes from outside the loop holds its time.
    [Fact]
    public void Virtual_time_stands_still_while_something_outside_is_awaited() => Assert.Equal("outside timer", TraceAsync(async log =>
    {
        After(10, () => log("timer"));
        await Task.Run(static () => Thread.Yield());
        log("outside");
    }));
}
