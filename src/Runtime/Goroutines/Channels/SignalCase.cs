namespace Quintet.Goroutines;

/// <summary>A case that something outside of channels makes ready: a clock, a token. It has a place, with a lock, of its own.</summary>
internal class SignalCase : SelectCase
{
    private readonly SignalPlace _place = new();
    private WaitQueue _waiting;
    private bool _fired;

    internal SignalCase(Select owner, int index)
        : base(owner, index) => Place = _place;

    internal override bool MayProceed => Volatile.Read(ref _fired);

    internal override bool TryProceed(out Goroutine? wake)
    {
        wake = null;
        return _fired;
    }

    internal override void Enqueue(Goroutine waiter) => _waiting.Enqueue(this);

    internal override void Dequeue() => _waiting.Remove(this);

    /// <summary>Makes the case ready, now or for the next look. False when the signal is not meant for this round.</summary>
    internal bool Fire()
    {
        _place.Enter();
        var accepted = Accepts();
        var wake = accepted ? Decide() : null;
        _place.Leave();
        if (wake is not null) GoScheduler.Ready(wake);
        return accepted;
    }

    /// <summary>Whether a signal that arrives now is meant for this round. Called under the lock.</summary>
    private protected virtual bool Accepts() => true;

    /// <summary>Forgets an earlier signal.</summary>
    private protected void Reset()
    {
        _place.Enter();
        _fired = false;
        OnReset();
        _place.Leave();
    }

    /// <summary>Called under the lock when an earlier signal is forgotten.</summary>
    private protected virtual void OnReset()
    {
    }

    private Goroutine? Decide()
    {
        _fired = true;
        return _waiting.Dequeue() is null ? null : Owner.Waiter;
    }

    private sealed class SignalPlace : ParkingPlace
    {
        internal override void List(ParkedReport report)
        {
            // A clock or a token keeps the scheduler from counting as asleep: there is nothing to tell.
        }
    }
}
