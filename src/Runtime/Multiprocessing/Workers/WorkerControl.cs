using System.Globalization;
using System.Text;

namespace Quintet.Multiprocessing.Workers;

/// <summary>
/// The worker's second ear: its standard input. A line is the number of a task to cancel. Its end means that the parent is gone, however it
/// ended, and ends this process at once; no signal, handle or polling is needed for that.
/// </summary>
internal sealed class WorkerControl(Stream input, string socketPath)
{
    private readonly Lock _gate = new();
    private readonly HashSet<long> _cancelled = [];
    private CancellationTokenSource _running = new();
    private long _task;

    internal static WorkerControl? Current { get; private set; }

    internal CancellationToken Cancellation => _running.Token;

    internal void Start()
    {
        Current = this;
        new Thread(Listen) { IsBackground = true, Name = "quintet control" }.Start();
    }

    /// <summary>Says false if the task was cancelled before it began.</summary>
    internal bool Begin(long task)
    {
        lock (_gate)
        {
            _task = task;
            if (_cancelled.Count > 0 && _cancelled.Remove(task)) return false;
            if (_running.IsCancellationRequested) _running = new CancellationTokenSource();
            return true;
        }
    }

    private void Listen()
    {
        var line = new StringBuilder();
        try
        {
            for (var next = input.ReadByte(); next >= 0; next = input.ReadByte())
            {
                if (next != '\n')
                {
                    line.Append((char)next);
                    continue;
                }
                Cancel(long.Parse(line.ToString(), CultureInfo.InvariantCulture));
                line.Clear();
            }
        }
        finally
        {
            // A parent that was killed while it waited for us has left its socket.
            WorkerListener.Remove(socketPath);
            HardExit.Now(WorkerEntry.ParentGone);
        }
    }

    private void Cancel(long task)
    {
        CancellationTokenSource? running = null;
        lock (_gate)
        {
            if (task == _task) running = _running;
            else if (task > _task) _cancelled.Add(task);
        }
        if (running is not null) _ = Task.Run(running.Cancel);
    }
}
