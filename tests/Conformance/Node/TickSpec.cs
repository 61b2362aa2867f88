using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Ticks and microtasks. Rules from test-next-tick*, test-microtask* and test-process-next-tick.</summary>
public sealed class TickSpec : NodeSpec
{
    [Fact, Pins("test-next-tick-ordering")]
    public void A_tick_runs_before_every_timer() => Assert.Equal("main tick 1 2", Trace(log =>
    {
        Tick(() => log("tick"));
        After(1, () => log("1"));
        After(2, () => log("2"));
        log("main");
    }));

    [Fact, Pins("test-next-tick-ordering2", "test-next-tick")]
    public void A_tick_of_a_tick_runs_before_the_timer_that_was_made_first() => Assert.Equal("a tick timer", Trace(log => Tick(() =>
    {
        log("a");
        After(0, () => log("timer"));
        Tick(() => log("tick"));
    })));

    [Fact, Pins("test-next-tick-errors")]
    public void A_tick_that_throws_does_not_lose_the_ticks_after_it() => Assert.Equal("A B C", Trace(log =>
    {
        Loop.Process.UncaughtException += _ => log("B");
        Tick(() =>
        {
            log("A");
            throw Bad();
        });
        Tick(() => log("C"));
        Assert.Throws<ArgumentNullException>(() => Loop.NextTick(null!));
    }));

    [Fact, Pins("test-process-next-tick")]
    public void Every_tick_that_throws_is_told() => Assert.Equal("1 2", Trace(log =>
    {
        Loop.Process.UncaughtException += e => log(e.Message);
        Tick(() => throw Bad("1"));
        Tick(() => throw Bad("2"));
    }));

    [Fact, Pins("test-next-tick-intentional-starvation")]
    public void Ticks_that_make_ticks_starve_the_timers() => Assert.Equal("starved timer", Trace(log =>
    {
        var turns = 0;
        var timerRan = false;
        void Again()
        {
            Assert.False(timerRan);
            if (++turns < 1000)
            {
                if (turns == 500) Spin(10);
                Tick(Again);
            }
            else log("starved");
        }

        After(2, () =>
        {
            timerRan = true;
            log("timer");
        });
        Again();
    }));

    [Fact, Pins("test-next-tick-when-exiting")]
    public void While_the_loop_exits_no_tick_is_taken() => Assert.Equal("exit True", Trace(log =>
    {
        Loop.Process.Exit += _ =>
        {
            log("exit");
            log(Loop.Process.IsExiting.ToString());
            Tick(() => log("never"));
        };
        Loop.Exit(0);
    }));

    [Fact, Pins("test-next-tick-doesnt-hang")]
    public void A_tick_alone_does_not_hold_the_loop() => Assert.Equal("tick", Trace(log => Tick(() => log("tick"))));

    [Fact, Pins("test-next-tick-fixed-queue-regression")]
    public void Ticks_made_by_a_microtask_all_run_before_the_check_phase() => Assert.Equal("2048", Trace(log =>
    {
        var count = 0;
        Tick(() => Micro(() =>
        {
            for (var i = 0; i < 2047; i++) Tick(() => count++);
            var immediate = Immediate(() => log("never"));
            Tick(() =>
            {
                count++;
                Loop.ClearImmediate(immediate);
                log(count.ToString());
            });
        }));
    }));

    [Fact, Pins("test-microtask-queue-integration")]
    public void A_tick_of_a_microtask_runs_before_its_timer() => Assert.Equal("tick timer", Trace(log => Promise.Resolve().Then(() =>
    {
        After(0, () => log("timer"));
        Tick(() => log("tick"));
    })));

    [Fact, Pins("test-microtask-queue-run")]
    public void Microtasks_and_their_ticks_run_between_two_timers() => Assert.Equal("t1 m1 t2 m2 tick t3", Trace(log =>
    {
        After(1, () =>
        {
            log("t1");
            Micro(() => log("m1"));
        });
        After(1, () =>
        {
            log("t2");
            Micro(() =>
            {
                log("m2");
                Tick(() => log("tick"));
            });
        });
        After(1, () => log("t3"));
    }));

    [Fact, Pins("test-microtask-queue-run-immediate")]
    public void Microtasks_and_their_ticks_run_between_two_immediates() => Assert.Equal("i1 m1 tick i2 i3", Trace(log =>
    {
        Immediate(() =>
        {
            log("i1");
            Micro(() =>
            {
                log("m1");
                Tick(() => log("tick"));
            });
        });
        Immediate(() =>
        {
            log("i2");
            Immediate(() => log("i3"));
        });
    }));

    [Fact, Pins("test-queue-microtask-uncaught-asynchooks", "test-queue-microtask")]
    public void A_microtask_that_throws_is_told_and_the_next_one_runs_at_once() => Assert.Equal("caught next tick", Trace(log =>
    {
        Loop.Process.UncaughtException += _ => log("caught");
        Micro(() =>
        {
            Tick(() => log("tick"));
            throw Bad();
        });
        Micro(() => log("next"));
        Assert.Throws<ArgumentNullException>(() => Loop.QueueMicrotask(null!));
    }));
}
