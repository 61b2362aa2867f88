namespace Quintet.Goroutines;

/// <summary>
/// A goroutine whose call has not been made yet: it makes the call in the goroutine, as <c>go func() { … }()</c> does, and the call's frame
/// becomes the goroutine in its place. So a body that is no async method, too, computes, waits and throws in the goroutine and not where
/// that was started.
/// </summary>
internal abstract class CallBody : Goroutine
{
    internal override void Step()
    {
        Frame? frame;
        try
        {
            frame = Call().TakeForStart();
        }
        catch (Exception error)
        {
            GoScheduler.Fail(this, error);
            return;
        }

        if (frame is null) GoScheduler.Finish(this);
        else HandOver(frame);
        if ((Bits & NodeBits.HasGuests) == 0) Recycle();
    }

    private protected abstract GoTask Call();

    /// <summary>Returns the body to its pool. Nobody knows it any more.</summary>
    private protected abstract void Recycle();

    private void HandOver(Frame frame)
    {
        var processor = Processor.Current!; // read now: the call may have blocked and got another one
        frame.Bits |= NodeBits.Root | NodeBits.Strand | (Bits & NodeBits.Locked);
        frame.Record = Record;
        frame.Resume = frame;
        frame.Preempt = Preempt;
        if (processor.Machine is { } machine && machine.LockedTo == this) machine.LockedTo = frame;
        processor.Running = processor.Strand = frame;
        processor.Continue = frame;
    }
}
