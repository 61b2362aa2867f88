namespace Quintet.Goroutines;

/// <summary>A goroutine whose body is a plain async method, and the synchronisation context that keeps it on its scheduler.</summary>
internal sealed class TaskBody : Goroutine
{
    private readonly GoScheduler _scheduler;
    private readonly Func<Task> _body;

    internal TaskBody(GoScheduler scheduler, Func<Task> body)
    {
        _scheduler = scheduler;
        _body = body;
        _scheduler.BeginExternal(); // what it awaits cannot be known
    }

    internal override void Step()
    {
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new GoSynchronizationContext(_scheduler));
        try
        {
            var task = _body();
            if (task.IsCompleted) End(task);
            else task.GetAwaiter().UnsafeOnCompleted(() => End(task)); // comes back through the context
        }
        catch (Exception error)
        {
            GoScheduler.Fail(this, error);
            _scheduler.EndExternal();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    private void End(Task task)
    {
        if (task.Exception is { } thrown) GoScheduler.Fail(this, thrown.InnerException ?? thrown);
        else GoScheduler.Finish(this);
        _scheduler.EndExternal();
    }

    internal override string Describe() => FrameNames.Of(_body);
}
