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

    private static void Interrupt(Runner runner)
    {
        var main = Aio.CurrentTask!;
        new Thread(() => runner.Interrupt(main)).Start();
    }
}
