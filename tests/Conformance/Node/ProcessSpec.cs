using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>A loop's life: before its end, its end, exceptions that nobody caught, warnings. Rules from test-process-*.</summary>
public sealed class ProcessSpec : NodeSpec
{
    [Fact, Pins("test-process-beforeexit")]
    public void Before_its_end_a_listener_may_revive_the_loop_again_and_again() => Assert.Equal(
        "immediate timer server tick over",
        TraceReal(log =>
    {
        var steps = new Queue<Action>(
        [
            () => Immediate(() => log("immediate")),
            () => After(1, () => log("timer")),
            () =>
            {
                NetServer? server = null;
                server = new NetServer().Listen(0, "127.0.0.1", () =>
                {
                    log("server");
                    server!.Close();
                });
            },
            () => Tick(() => Immediate(() => log("tick"))),
            () => Tick(() => log("over")),
        ]);
        Loop.Process.BeforeExit += _ =>
        {
            if (steps.TryDequeue(out var step)) step();
        };
    }));

    [Fact, Pins("test-process-beforeexit-throw-exit")]
    public void Throwing_before_the_end_still_leads_through_the_exit_listeners()
    {
        var loop = new NodeLoop(Virtual);
        var exits = 0;
        var thrown = Assert.Throws<InvalidOperationException>(() => loop.Start(() =>
        {
            loop.Process.BeforeExit += _ => throw Bad("banana");
            loop.Process.Exit += code => exits += code;
        }));
        Assert.Equal(("banana", 1), (thrown.Message, exits));
    }

    [Fact, Pins("test-process-exit", "test-process-exit-recursive")]
    public void Exiting_in_an_exit_listener_does_not_call_the_listeners_again_and_its_code_counts()
    {
        var loop = new NodeLoop(Virtual);
        var codes = new List<int>();
        var result = loop.Start(() =>
        {
            loop.Process.Exit += code =>
            {
                codes.Add(code);
                loop.Exit(0);
            };
            loop.Exit(1);
        });
        Assert.Equal([1], codes);
        Assert.Equal(0, result);
    }

    [Fact, Pins("test-process-exit-from-before-exit", "test-process-exit-handler")]
    public void After_an_exit_nothing_that_was_started_runs() => Assert.Equal("before exit", Trace(log =>
    {
        Loop.Process.BeforeExit += _ =>
        {
            log("before");
            After(5, () => log("never"));
            Loop.Exit(0);
        };
        Loop.Process.Exit += _ =>
        {
            log("exit");
            After(0, () => log("never"));
            Immediate(() => log("never"));
        };
    }));

    [Fact, Pins("test-process-exit-code")]
    public void The_exit_code_is_what_was_set_last_also_by_the_exit_listeners()
    {
        Assert.Equal(0, NodeLoop.Run(() => { }));
        Assert.Equal(42, NodeLoop.Run(() => NodeLoop.Current.Process.ExitCode = 42));
        Assert.Equal(43, NodeLoop.Run(() =>
        {
            NodeLoop.Current.Process.ExitCode = 42;
            NodeLoop.Current.Process.Exit += code =>
            {
                Assert.Equal(42, code);
                NodeLoop.Current.Process.ExitCode = 43;
            };
        }));
        Assert.Equal(98, NodeLoop.Run(() =>
        {
            NodeLoop.Current.Process.ExitCode = 42;
            NodeLoop.Current.Exit(98);
        }));
    }

    [Fact, Pins("test-process-uncaught-exception-monitor")]
    public void The_monitor_sees_an_exception_first_and_takes_nothing()
    {
        Assert.Equal("monitored:UncaughtException:bad taken", Trace(log =>
        {
            Loop.Process.UncaughtExceptionMonitor += (e, origin) => log($"monitored:{origin}:{e.Message}");
            Loop.Process.UncaughtException += _ => log("taken");
            Immediate(() => throw Bad());
        }));
        // The near miss: nobody but the monitor listens.
        Assert.Throws<InvalidOperationException>(() => Trace(log =>
        {
            Loop.Process.UncaughtExceptionMonitor += (_, _) => log("monitored");
            Immediate(() => throw Bad());
        }));
    }

    [Fact, Pins("test-unhandled-exception-rethrow-error")]
    public void A_listener_for_uncaught_exceptions_that_throws_ends_the_loop_with_7()
    {
        var loop = new NodeLoop(Virtual);
        Assert.Throws<InvalidOperationException>(() => loop.Start(() =>
        {
            loop.Process.UncaughtException += error => throw error;
            throw Bad();
        }));
        Assert.Equal(7, loop.Process.ExitCode);
    }

    [Fact, Pins("test-process-emitwarning", "test-process-warning")]
    public void A_warning_is_told_in_a_tick() => Assert.Equal("main Warning:one Custom:two", Trace(log =>
    {
        Loop.Process.Warning += w => log($"{w.Name}:{w.Message}");
        Loop.Process.EmitWarning("one");
        Loop.Process.EmitWarning("two", "Custom");
        log("main");
    }));

    [Fact, Pins("test-process-remove-all-signal-listeners")]
    public void A_signal_is_a_callback_of_the_loop_until_the_listener_is_taken_back() => Assert.Equal("signal end", TraceReal(log =>
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows sends no SIGCONT.");
            return;
        }

        IDisposable? registration = null;
        var hold = Loop.SetInterval(() => { }, 1000);
        registration = Loop.Process.OnSignal(System.Runtime.InteropServices.PosixSignal.SIGCONT, () =>
        {
            log("signal");
            registration!.Dispose();
            hold.Close();
            log("end");
        });
        using var kill = System.Diagnostics.Process.Start("kill", ["-CONT", Environment.ProcessId.ToString()]);
        kill.WaitForExit();
    }));

    [Fact, Pins("test-performance-eventlooputil")]
    public void Utilisation_counts_waiting_as_idle_and_work_as_active()
    {
        LoopUtilization start = default, middle = default, end = default;
        Trace(new NodeLoopOptions(), _ =>
        {
            start = Loop.EventLoopUtilization();
            Look();

            void Look() => After(10, () =>
            {
                middle = Loop.EventLoopUtilization();
                // A busy machine may set the loop aside until the timer is due, so that there is nothing to wait for.
                if (middle.Idle <= start.Idle)
                {
                    Look();
                    return;
                }

                Spin(40);
                end = Loop.EventLoopUtilization();
            });
        });
        Assert.True(middle.Idle > start.Idle);
        var work = end.Since(middle);
        Assert.Equal(1, work.Utilization);
        Assert.True(work.Active >= 40);
        Assert.InRange(middle.Utilization, 0, 1);
    }

    [Fact, Pins("test-performance-eventloopdelay")]
    public void The_delay_monitor_sees_a_callback_that_holds_the_loop_and_can_be_reset()
    {
        Trace(_ =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Loop.MonitorEventLoopDelay(0));
            var monitor = Loop.MonitorEventLoopDelay(1);
            Assert.Equal((0L, TimeSpan.Zero), (monitor.Count, monitor.Max));
            Assert.True(monitor.Enable());
            Assert.False(monitor.Enable());
            After(20, () => Spin(60));
            After(100, () =>
            {
                Assert.True(monitor.Disable());
                Assert.False(monitor.Disable());
                Assert.True(monitor.Count > 0 && monitor.Max >= TimeSpan.FromMilliseconds(55));
                Assert.True(monitor.Min <= monitor.Mean && monitor.Mean <= monitor.Max);
                Assert.Equal(monitor.Max, monitor.Percentile(100));
                Assert.True(monitor.Percentile(50) <= monitor.Percentile(99));
                monitor.Reset();
                Assert.Equal(0, monitor.Count);
            });
        });
    }
}
