namespace Quintet.Goroutines;

/// <summary>An event that happens once and releases everybody who waits for it, now or later.</summary>
internal sealed class OneShot(string what) : Waitable
{
    private bool _happened;
    private WaitQueue _waiting;

    internal bool HasHappened => Volatile.Read(ref _happened);

    internal WaitOperation WaitAsync() => new(this);

    internal void Wait() => Block(0);

    internal void Happen()
    {
        Enter();
        Volatile.Write(ref _happened, true);
        var woken = _waiting.DequeueAll();
        Leave();
        Wakes.All(woken);
    }

    internal override bool TryNow(int kind) => HasHappened;

    internal override bool TryOrPark(Goroutine waiter, int kind)
    {
        Enter();
        if (!_happened)
        {
            BeforeParking(waiter);
            _waiting.Enqueue(waiter);
        }

        var happened = _happened;
        Leave();
        return happened;
    }

    internal override void List(ParkedReport report) => List(in _waiting, what, report);
}
