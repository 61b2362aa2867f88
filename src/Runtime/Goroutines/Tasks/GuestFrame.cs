namespace Quintet.Goroutines;

/// <summary>A goroutine whose only frame is a call that code outside of the model awaits; its end is that code's continuation.</summary>
internal sealed class GuestFrame : Goroutine
{
    private readonly Continuation _continuation;
    private readonly Frame _call;
    private bool _begun;

    internal GuestFrame(Frame call, int generation, Continuation continuation)
    {
        _continuation = continuation;
        _call = call;
        call.StartAsChild(this, generation);
        Bits = NodeBits.Started | NodeBits.Root | NodeBits.Strand;
        Resume = this;
    }

    internal override void Step()
    {
        if (!_begun)
        {
            _begun = true;
            Processor.Current!.Continue = _call;
            return;
        }

        // The call's outcome is taken by the continuation, through its awaiter.
        GoScheduler.Finish(this);
        GoScheduler.Ready(_continuation);
    }

    internal override string Describe() => _call.Describe();
}
