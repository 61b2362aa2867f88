using Quintet.Asyncio;

namespace Quintet.Tests.Runtime.Asyncio;

/// <summary>
/// What a runner does at Ctrl-C. Called as the signal's handler calls it: the signal itself would end the test run with its first test.
/// </summary>
/// <remarks>Rules from CPython's test_runners (interrupt_wait, interrupt_cancelled_task, interrupt_call_soon).</remarks>
public sealed class InterruptTests
{
    private static readonly EventLoopOptions Options = new() { HandleInterrupt = false };

    // Ctrl-C cancels the main task, which may clean up; what comes out is the interrupt.
    [Fact]
    public void An_interrupt_cancels_the_main_task_and_waits_for_its_clean_up()
    {
        var cleaned = false;
        using var runner = new Runner(Options);
        Assert.Throws<KeyboardInterruptException>(() => runner.Run(Main()));
        Assert.True(cleaned);
        // The runner can go on: what was interrupted is over.
        Assert.Equal(3, runner.Run(Aio.Sleep(TimeSpan.Zero, 3)));

        async Coroutine Main()
        {
            Interrupt(runner);
            try
            {
                await Aio.Sleep(TimeSpan.FromMinutes(1));
            }
            finally
            {
                await Aio.Sleep(TimeSpan.FromMilliseconds(1));
                cleaned = true;
            }
        }
    }

    // A main that goes on after the interrupt and ends by itself has a result.
    [Fact]
    public void A_main_that_swallows_the_interrupt_has_its_result()
    {
        using var runner = new Runner(Options);
        Assert.Equal(7, runner.Run(Main()));

        async Coroutine<int> Main()
        {
            Interrupt(runner);
            try
            {
                await Aio.Sleep(TimeSpan.FromMinutes(1));
            }
            catch (CancelledError)
            {
                return 7;
            }

            return 0;
        }
    }

    // The near miss: cancelled by somebody else, it is a cancellation.
    [Fact]
    public void A_main_that_was_cancelled_otherwise_is_not_interrupted()
    {
        using var runner = new Runner(Options);
        Assert.Throws<CancelledError>(() => runner.Run(Main()));

        static async Coroutine Main()
        {
            Aio.CurrentTask!.Cancel();
            await Aio.Sleep(TimeSpan.FromMinutes(1));
        }
    }

    // A Ctrl-C that comes as main ends has nothing left to cancel, and is not lost for that. The near miss: nobody interrupts.
    [Fact]
    public void An_interrupt_that_comes_as_main_ends_is_an_interrupt()
    {
        using var runner = new Runner(Options);
        Assert.Throws<KeyboardInterruptException>(() => runner.Run(Main(interrupts: true)));
        Assert.Equal(5, runner.Run(Main(interrupts: false)));

        async Coroutine<int> Main(bool interrupts)
        {
            await Aio.Sleep(TimeSpan.Zero);
            if (interrupts) Interrupt(runner);
            return 5;
        }
    }

    // After the run it is not the runner's: the process ends as it would without one. And the next run is none the wiser.
    [Fact]
    public void An_interrupt_that_comes_after_the_run_is_not_taken()
    {
        using var runner = new Runner(Options);
        Assert.False(runner.Interrupt());
        Assert.Equal(5, runner.Run(Aio.Sleep(TimeSpan.Zero, 5)));
        Assert.False(runner.Interrupt());
        Assert.Equal(6, runner.Run(Aio.Sleep(TimeSpan.Zero, 6)));
    }

    // Taken after main's last step and before the run has ended, it comes out of this run and not of the next.
    [Fact]
    public void An_interrupt_that_comes_after_mains_last_step_is_this_runs()
    {
        using var runner = new Runner(Options);
        Assert.Throws<KeyboardInterruptException>(() => runner.Run(Main()));
        Assert.Equal(6, runner.Run(Aio.Sleep(TimeSpan.Zero, 6)));

        async Coroutine<int> Main()
        {
            await Aio.Sleep(TimeSpan.Zero);
            // Called in the loop's last turn, after what stops it.
            Aio.CurrentTask!.AddDoneCallback(_ => Interrupt(runner));
            return 5;
        }
    }

    // The second Ctrl-C does not wait for a main that does not end.
    [Fact]
    public void A_second_interrupt_leaves_at_once()
    {
        using var runner = new Runner(Options);
        Assert.Throws<KeyboardInterruptException>(() => runner.Run(Main()));

        async Coroutine Main()
        {
            Interrupt(runner);
            try
            {
                await Aio.Sleep(TimeSpan.FromMinutes(1));
            }
            catch (CancelledError)
            {
                Interrupt(runner);
                await Aio.Sleep(TimeSpan.FromMinutes(1));
            }
        }
    }

    // As the signal's handler does it, on a thread of its own.
    private static void Interrupt(Runner runner)
    {
        var handler = new Thread(() => Assert.True(runner.Interrupt()));
        handler.Start();
        handler.Join();
    }
}
