namespace Quintet.Asyncio;

/// <summary>The rest of an ordinary async method (or async iterator) that awaits something of the loop, on behalf of a task.</summary>
internal sealed class ForeignContinuation(EventLoop loop, LoopTask? task, Action rest)
{
    internal static readonly SendOrPostCallback Run = static state => ((ForeignContinuation)state!).Invoke();

    internal void Schedule() => loop.Schedule(Run, this);

    private void Invoke()
    {
        var outer = loop.RunningTask;
        loop.RunningTask = task;
        task?.ForeignGoesOn();
        try
        {
            rest();
        }
        finally
        {
            loop.RunningTask = outer;
            task?.UpdateHold();
        }
    }
}
