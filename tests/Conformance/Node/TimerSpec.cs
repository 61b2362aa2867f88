using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Timers: when they run, in which order, and what holds the loop. Rules from test-timers*.</summary>
public sealed partial class TimerSpec : NodeSpec
{
    [Fact, Pins("test-timers-ordering")]
    public void A_timer_never_runs_before_one_that_is_due_earlier()
    {
        var order = Trace(log =>
        {
            foreach (var d in Enumerable.Range(1, 20).Reverse()) After(d, () => log(d.ToString()));
        });
        Assert.Equal(string.Join(' ', Enumerable.Range(1, 20)), order);
    }

    [Fact, Pins("test-timers-nested")]
    public void A_timer_of_a_timer_runs_after_the_ticks_even_if_it_is_overdue() => Assert.Equal("A tick B", Trace(
        log => After(2, () =>
        {
            log("A");
            After(2, () => log("B"));
            Spin(5);
            Tick(() => log("tick"));
        })));

    [Fact, Pins("test-timers-next-tick")]
    public void A_tick_of_a_timer_may_clear_the_next_ones_of_its_list() => Assert.Equal("1 4 i1 i4", Trace(log =>
    {
        NodeTimeout? t2 = null, t3 = null;
        NodeImmediate? i2 = null, i3 = null;
        After(1, () =>
        {
            log("1");
            Tick(() =>
            {
                t2!.Close();
                t3!.Close();
            });
        });
        t2 = After(1, () => log("2"));
        t3 = After(1, () => log("3"));
        After(1, () => log("4"));
        Spin(5);
        After(30, () =>
        {
            Immediate(() =>
            {
                log("i1");
                Tick(() =>
                {
                    Loop.ClearImmediate(i2);
                    Loop.ClearImmediate(i3);
                });
            });
            i2 = Immediate(() => log("i2"));
            i3 = Immediate(() => log("i3"));
            Immediate(() => log("i4"));
        });
    }));

    [Fact, Pins("test-timers-same-timeout-wrong-list-deleted")]
    public void A_list_that_was_emptied_in_its_own_callback_does_not_lose_the_timers_made_there() => Assert.Equal("1 inner", Trace(log =>
    {
        NodeTimeout? first = null;
        first = After(100, () =>
        {
            log("1");
            first!.Close();
            var second = After(100, () => log("never"));
            After(1, () =>
            {
                log("inner");
                second.Close();
            });
        });
    }));

    [Fact, Pins("test-timers-immediate-queue")]
    public void An_immediate_made_by_an_immediate_waits_for_the_timers() => Assert.Equal("run run run timer", Trace(
        log =>
        {
            var ticked = false;
            var hit = 0;
            void Run()
            {
                if (hit++ == 0)
                {
                    After(1, () =>
                    {
                        ticked = true;
                        log("timer");
                    });
                    Spin(5);
                }

                if (ticked) return;
                log("run");
                Immediate(Run);
            }

            for (var i = 0; i < 3; i++) Immediate(Run);
        }));

    [Fact, Pins("test-timers-immediate-queue-throw")]
    public void An_immediate_that_throws_does_not_stop_the_queue_and_its_ticks_come_after_the_next_one() => Assert.Equal(
        "0 0 caught 1 tick-at-1 1 2 2",
        Trace(log =>
        {
            var stage = 0;
            Loop.Process.UncaughtException += _ => log("caught");
            void Run(int n)
            {
                stage = n;
                log(n.ToString());
            }

            Immediate(() =>
            {
                Run(0);
                Immediate(() => Run(2));
            });
            Immediate(() =>
            {
                Run(0);
                Immediate(() => Run(2));
            });
            Immediate(() =>
            {
                Tick(() => log("tick-at-" + stage));
                throw Bad();
            });
            Immediate(() => Run(1));
            Immediate(() => Run(1));
        }));

    [Fact, Pins("test-timers-immediate")]
    public void An_immediate_runs_once_and_a_cleared_one_not_at_all() => Assert.Equal("a c", Trace(log =>
    {
        Immediate(() => log("a"));
        Loop.ClearImmediate(Immediate(() => log("b")));
        Immediate(() => log("c"));
    }));

    [Fact, Pins("test-timers-clearImmediate", "test-timers-setimmediate-infinite-loop")]
    public void An_immediate_may_clear_those_after_it_and_itself() => Assert.Equal("1 4", Trace(log =>
    {
        NodeImmediate? self = null, second = null, third = null;
        self = Immediate(() =>
        {
            log("1");
            Loop.ClearImmediate(second);
            Loop.ClearImmediate(third);
            Loop.ClearImmediate(self);
        });
        second = Immediate(() => log("2"));
        third = Immediate(() => log("3"));
        Immediate(() => log("4"));
    }));

    [Fact, Pins("test-timers-immediate-unref", "test-timers-immediate-unref-simple", "test-timers-immediate-unref-nested-once")]
    public void An_immediate_without_a_ref_runs_only_if_something_else_holds_the_loop() => Assert.Equal(
        "True False held unheld",
        Trace(log =>
    {
        var im = Immediate(() => log("held"));
        log(im.HasRef.ToString());
        log(im.Unref().HasRef.ToString());
        im.Ref().Unref().Ref();
        Immediate(() =>
        {
            log("unheld");
            Immediate(() => log("never")).Unref();
        }).Unref();
    }));

    [Fact, Pins("test-timers-interval-throw")]
    public void An_interval_that_throws_goes_on_until_it_is_cleared() => Assert.Equal("1 2", Trace(log =>
    {
        var count = 0;
        NodeTimeout? interval = null;
        Loop.Process.UncaughtException += _ =>
        {
            log((++count).ToString());
            if (count == 2) interval!.Close();
        };
        interval = Loop.SetInterval(() => throw Bad(), 1);
    }));

    [Fact, Pins("test-timers-uncaught-exception")]
    public void A_timer_that_throws_does_not_keep_the_next_one_from_running() => Assert.Equal("caught next", Trace(log =>
    {
        Loop.Process.UncaughtException += _ => log("caught");
        After(1, () => throw Bad());
        After(1, () => log("next"));
    }));

    [Fact, Pins("test-timers-non-integer-delay", "test-timers-timeout-with-non-integer")]
    public void Parts_of_a_millisecond_do_not_count() => Assert.Equal("1 2 3 4 5", Trace(log =>
    {
        After(1, () => log("1"));
        After(1.8, () => log("2"));
        After(1.1, () => log("3"));
        After(1, () => log("4"));
        After(2, () => log("5"));
    }));

    [Fact, Pins("test-timers-zero-timeout", "test-timers")]
    public void Zero_negative_and_no_number_mean_one_millisecond() => Assert.Equal("0 -1 NaN 1 2", Trace(log =>
    {
        After(2, () => log("2"));
        After(0, () => log("0"));
        After(-1, () => log("-1"));
        After(double.NaN, () => log("NaN"));
        After(1, () => log("1"));
    }));

    [Fact, Pins("test-timers-max-duration-warning")]
    public void A_duration_that_does_not_fit_is_a_warning_and_one_millisecond() => Assert.Equal(
        "TimeoutOverflowWarning max-fits overflow",
        Trace(log =>
        {
            Loop.Process.Warning += w => log(w.Name);
            After(int.MaxValue, () => log("never")).Unref();
            After(1, () => log("max-fits"));
            After(2147483648, () => log("overflow"));
        }));

    [Fact, Pins("test-timers-refresh-in-callback")]
    public void A_timer_refreshed_in_its_callback_runs_again_and_then_holds_nothing() => Assert.Equal("x x exit", Trace(log =>
    {
        var did = false;
        NodeTimeout? timer = null;
        timer = After(1, () =>
        {
            log("x");
            if (did) return;
            did = true;
            timer!.Refresh();
        });
        // It would keep the loop alive for ever if refreshing had counted the timer twice.
        Loop.SetInterval(() => { }, 50).Unref();
        Loop.Process.Exit += _ => log("exit");
    }));

    [Fact, Pins("test-timers-refresh")]
    public void Refreshing_puts_a_timer_behind_those_of_its_list() => Assert.Equal("second first True", Trace(log =>
    {
        var first = After(1, () => log("first"));
        After(1, () => log("second"));
        Assert.Same(first, first.Refresh());
        After(20, () =>
        {
            NodeTimeout? late = null;
            late = After(1, () => Tick(() => log(late!.HasRef.ToString())));
        });
    }));

    [Fact, Pins("test-timers-unref", "test-timers-unrefd-interval-still-fires", "test-timers-unrefed-in-beforeexit")]
    public void A_timer_without_a_ref_fires_while_something_else_holds_the_loop() => Assert.Equal("False fires kept before", Trace(log =>
    {
        log(After(1000, () => log("never")).Unref().HasRef.ToString());
        var fires = Loop.SetInterval(() => { }, 10);
        fires.Unref().Ref().Unref();
        NodeTimeout? once = null;
        once = Loop.SetInterval(
            () =>
            {
                log("fires");
                once!.Close();
            },
            5);
        once.Unref();
        After(30, () => log("kept"));
        Loop.Process.BeforeExit += _ =>
        {
            log("before");
            After(1, () => log("never")).Unref();
        };
    }));

    [Fact, Pins("test-timers-unrefed-in-callback", "test-timers-unenroll-unref-interval")]
    public void An_interval_may_give_up_its_ref_or_itself_in_its_callback() => Assert.Equal("a a b end", Trace(log =>
    {
        var n = 0;
        NodeTimeout? a = null, b = null;
        a = Loop.SetInterval(
            () =>
            {
                log("a");
                if (++n == 2) a!.Unref();
            },
            4);
        b = Loop.SetInterval(
            () =>
            {
                log("b");
                b!.Close();
            },
            9);
        After(10, () => log("end"));
    }));

    [Fact, Pins("test-timers-unref-throw-then-ref")]
    public void A_ref_taken_in_a_callback_that_throws_does_not_bring_the_timer_back() => Assert.Equal("once caught next", Trace(log =>
    {
        Loop.Process.UncaughtException += _ => log("caught");
        NodeTimeout? t = null;
        t = After(1, () =>
        {
            log("once");
            t!.Ref();
            throw Bad();
        }).Unref();
        After(1, () => log("next"));
    }));

    [Fact, Pins("test-timers-clear-timeout-interval-equivalent", "test-timers-clear-null-does-not-throw-error")]
    public void Both_ways_of_clearing_take_both_kinds_and_nothing() => Assert.Equal("end", Trace(log =>
    {
        Loop.ClearTimeout(Loop.SetInterval(() => log("never"), 1));
        Loop.ClearInterval(After(1, () => log("never")));
        Loop.ClearTimeout(null);
        Loop.ClearInterval(null);
        Loop.ClearImmediate(null);
        After(5, () => log("end"));
    }));

    [Fact, Pins("test-timers-throw-when-cb-not-function")]
    public void Without_a_callback_nothing_is_started() => Trace(_ =>
    {
        Assert.Throws<ArgumentNullException>(() => Loop.SetTimeout(null!, 1));
        Assert.Throws<ArgumentNullException>(() => Loop.SetInterval(null!, 1));
        Assert.Throws<ArgumentNullException>(() => Loop.SetImmediate(null!));
    });

    [Fact, Pins("test-timers-dispose", "test-timers-destroyed")]
    public void Disposing_clears() => Assert.Equal("end", Trace(log =>
    {
        using (After(1, () => log("never"))) { }
        using (Loop.SetInterval(() => log("never"), 1)) { }
        using (Immediate(() => log("never"))) { }
        After(5, () => log("end"));
    }));

    [Fact, Pins("test-timers-block-eventloop", "test-timers-set-interval-excludes-callback-duration")]
    public void A_slow_interval_does_not_keep_immediates_from_running() => Assert.Equal(
        "fast immediate",
        Trace(log =>
    {
        NodeTimeout? fast = null, slow = null;
        fast = Loop.SetInterval(
            () =>
            {
                log("fast");
                Immediate(() =>
                {
                    log("immediate");
                    fast!.Close();
                    slow!.Close();
                });
            },
            10);
        slow = Loop.SetInterval(() => Spin(20), 10);
    }));

    [Fact, Pins("test-timers-clearImmediate-als")]
    public void A_running_immediate_may_clear_itself_through_a_store() => Assert.Equal("1 2", Trace(log =>
    {
        var storage = new AsyncLocalStorage<List<NodeImmediate>>();
        for (var i = 1; i <= 2; i++)
        {
            var n = i;
            storage.Run([], () => storage.GetStore()!.Add(Immediate(() =>
            {
                log(n.ToString());
                Loop.ClearImmediate(storage.GetStore()![0]);
            })));
        }
    }));
}
