using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Quintet.Goroutines;

/// <summary>
/// One call of a method that returns <see cref="GoTask"/>: its state machine in a box. Started by Go.Run the box is the goroutine itself;
/// awaited it is a child frame of the goroutine that awaits it.
/// </summary>
/// <remarks>
/// A call is cold: it begins when it is started or awaited. So a goroutine is always one strand of frames of which the innermost runs,
/// frames are stepped from a loop (deep recursion needs no stack), and nothing in a strand needs synchronisation.
/// </remarks>
internal abstract class Frame : Goroutine
{
    /// <summary>Marks a child frame as started and links it to its caller; it runs in its caller's strand.</summary>
    internal void StartAsChild(Goroutine caller, int generation)
    {
        Claim(generation);
        Resume = caller;
    }

    /// <summary>A frame can be started once.</summary>
    internal void Claim(int generation)
    {
        CheckStartable(generation);
        Bits |= NodeBits.Started;
    }

    /// <summary>Always true, or it throws.</summary>
    internal bool CheckStartable(int generation)
    {
        if ((Bits & NodeBits.Started) == 0 && Since == generation) return true;
        throw new InvalidOperationException("A GoTask stands for one call: it can be started or awaited once.");
    }

    /// <summary>The state machine returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Returned()
    {
        if ((Bits & NodeBits.Root) == 0)
        {
            Bits |= NodeBits.Done;
            Processor.Current!.Continue = Resume;
            return;
        }

        GoScheduler.Finish(this);

        // A plain async method that was called from this strand may still wait, and asks the strand whose the outcome is.
        if ((Bits & NodeBits.HasGuests) == 0) Recycle();
    }

    /// <summary>The state machine threw.</summary>
    internal void Threw(Exception error)
    {
        if ((Bits & NodeBits.Root) == 0)
        {
            Bits |= NodeBits.Done;
            SlotObject = ExceptionDispatchInfo.Capture(error);
            Processor.Current!.Continue = Resume;
            return;
        }

        GoScheduler.Fail(this, error);
    }

    /// <summary>Ends the caller's await of a child frame.</summary>
    internal void TakeOutcome()
    {
        if ((Bits & NodeBits.Done) == 0)
            throw new InvalidOperationException("The GoTask has not run: await it instead of asking for its result.");
        var error = SlotObject as ExceptionDispatchInfo;
        Recycle();
        error?.Throw();
    }

    /// <summary>Returns the box to its pool.</summary>
    internal abstract void Recycle();
}
