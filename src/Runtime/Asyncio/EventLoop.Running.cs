using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Quintet.Loops;

namespace Quintet.Asyncio;

public sealed partial class EventLoop
{
    private ExceptionDispatchInfo? _leaving;

    /// <summary>Runs until <see cref="Stop"/> is called. If it was called before, runs one turn without waiting.</summary>
    /// <exception cref="EventLoopException">The loop is closed or runs, or another loop runs on this thread.</exception>
    public void RunForever()
    {
        CheckOpen();
        if (IsRunning) throw new EventLoopException("This event loop is already running");
        if (_current is not null) throw new EventLoopException("Cannot run the event loop while another loop is running");
        var outerContext = SynchronizationContext.Current;
        var outerValues = AmbientContext.Capture();
        Core.OwnerThread = Environment.CurrentManagedThreadId;
        _current = this;
        // The watchdog's lock is taken while the detector of blocking waits is not yet, or no more, in place.
        LoopWatchdog.Start(Core, SlowCallbackDuration);
        SynchronizationContext.SetSynchronizationContext(Core.Context);
        Core.Metrics.Start();
        Ambient = outerValues;
        try
        {
            do RunTurn();
            while (!_stopping && _leaving is null);
        }
        finally
        {
            _stopping = false;
            Core.Metrics.Stop();
            Core.OwnerThread = 0;
            _current = null;
            SynchronizationContext.SetSynchronizationContext(outerContext);
            LoopWatchdog.Stop(Core);
            AmbientContext.Enter(outerValues);
            Ambient = AmbientContext.Empty;
        }

        var leaving = _leaving;
        _leaving = null;
        leaving?.Throw();
    }

    /// <summary>Runs until <paramref name="future"/> is done, and throws if it failed or was cancelled.</summary>
    /// <exception cref="EventLoopException">As <see cref="RunForever"/>; or the loop was stopped before.</exception>
    public void RunUntilComplete(Future future)
    {
        ArgumentNullException.ThrowIfNull(future);
        CheckOpen();
        if (IsRunning) throw new EventLoopException("This event loop is already running");
        Action<Future> stop = StopAfter;
        future.AddDoneCallback(stop);
        try
        {
            RunForever();
        }
        catch when (future.IsFaultedOrCancelled)
        {
            // The program gets the same exception through this method: it is not lost.
            future.Retrieve();
            throw;
        }
        finally
        {
            future.RemoveDoneCallback(stop);
        }

        if (!future.IsDone) throw new EventLoopException("Event loop stopped before Future completed.");
        future.ThrowUnlessFinished();
    }

    /// <summary>As <see cref="RunUntilComplete(Future)"/>, for a coroutine, which becomes a task.</summary>
    public void RunUntilComplete(Coroutine coroutine) => RunUntilComplete((Future)CreateTask(coroutine));

    /// <summary>As <see cref="RunUntilComplete(Future)"/>, for a coroutine with a result.</summary>
    public T RunUntilComplete<T>(Coroutine<T> coroutine)
    {
        var task = CreateTask(coroutine);
        RunUntilComplete((Future)task);
        return task.Result;
    }

    /// <summary>Lets the loop end after the turn that runs now. Calls that this turn adds wait for the next run.</summary>
    public void Stop()
    {
        CheckThread();
        _stopping = true;
    }

    /// <summary>Closes the loop: what is ready or due is forgotten, and the work pool ends when its queue is empty.</summary>
    /// <exception cref="EventLoopException">It runs.</exception>
    public void Dispose()
    {
        if (IsRunning) throw new EventLoopException("Cannot close a running event loop");
        if (IsClosed) return;
        IsClosed = true;
        Debug = false;
        _ready.Clear();
        _timers.Clear();
        RemoveSignalHandlers();
        Core.Dispose();
    }

    internal void LeaveWith(Exception error) => _leaving ??= ExceptionDispatchInfo.Capture(error);

    private void StopAfter(Future future)
    {
        if (future.State == FutureState.Failed && future.Error is KeyboardInterruptException) return;
        Stop();
    }

    private void RunTurn()
    {
        var metrics = Core.Metrics;
        metrics.Turns++;
        TakeLetters();
        if (_ready.Count == 0 && !_stopping) WaitForWork();
        else if (Core.Poller.Count > 0 && metrics.Turns % _options.TurnsPerPoll == 0) Core.Look();
        if (_timers.Count > 0) MoveDueTimers();
        var count = _ready.Count;
        if (count > metrics.MaxReady) metrics.MaxReady = count;
        metrics.Callbacks += count;
        if (_random is not null) _ready.Shuffle(count, _random);
        RunBatch(count);
    }

    private void WaitForWork()
    {
        long wait = -1;
        if (_timers.Count > 0) wait = Math.Max(0, _timers.NextDue - Core.Clock.Now);
        if (wait != 0) Core.Sleep(wait);
        else if (Core.Poller.Count > 0) Core.Look();
        TakeLetters();
    }

    private void DrainInbox()
    {
        var letters = Core.Inbox.Take();
        foreach (ref readonly var letter in letters)
        {
            if (letter.Releases) Core.Release();
            _ready.Push(letter.Callback, letter.State);
        }

        Core.Inbox.Clear(letters.Length);
    }

    private void MoveDueTimers()
    {
        var now = Core.Clock.Now;
        while (_timers.Count > 0 && _timers.NextDue <= now)
        {
            var timer = _timers.TakeFirst();
            Core.Metrics.AddLag(now - timer.WhenNanoseconds);
            _ready.Push(RunTimer, timer);
        }
    }

    private static readonly SendOrPostCallback RunTimer = static state =>
    {
        // Still cancellable until this very call, as a handle in asyncio's ready queue is.
        var timer = (TimerHandle)state!;
        var callback = timer.Callback;
        var argument = timer.State;
        timer.Detach();
        callback(argument);
    };

    private void RunBatch(int count)
    {
        while (count > 0)
        {
            try
            {
                while (count > 0)
                {
                    count--;
                    var callback = _ready.Pop(out var state);
                    Core.Begin(state ?? callback);
                    if (_debug) RunTimed(callback, state);
                    else if (callback is null) Unsafe.As<LoopTask>(state!).Step();
                    else Run(callback, state);
                }
            }
            catch (Exception error)
            {
                OnCallbackFailed(error);
            }

            Core.End();
        }

        AmbientContext.Enter(AmbientContext.Empty, ref Ambient);
    }

    private void Run(SendOrPostCallback callback, object? state)
    {
        AmbientContext.Enter(AmbientContext.Empty, ref Ambient);
        callback(state);
        Ambient = AmbientContext.Capture();
    }
}
