// How the inbox works
// -------------------
// Any thread pushes onto a linked stack with one compare-and-swap; the loop takes the whole stack with one exchange and turns it round,
// so that calls of one thread run in the order in which it made them.
//
// Ownership: Push from any thread, Take from the loop's thread.
// Source: CPython call_soon_threadsafe (a deque and a byte into a pipe for each call); libuv uv_async_send (coalesced).

namespace Quintet.Loops;

/// <summary>Calls from other threads, until the loop takes them.</summary>
internal sealed class Inbox
{
    private Letter? _newest;

    internal bool IsEmpty => Volatile.Read(ref _newest) is null;

    internal void Push(SendOrPostCallback callback, object? state, bool releases)
    {
        var letter = new Letter(callback, state, releases);
        Letter? seen;
        do
        {
            seen = Volatile.Read(ref _newest);
            letter.Next = seen;
        }
        while (Interlocked.CompareExchange(ref _newest, letter, seen) != seen);
    }

    /// <summary>Everything that has come, oldest first.</summary>
    internal Letter? Take()
    {
        var letter = Interlocked.Exchange(ref _newest, null);
        Letter? oldest = null;
        while (letter is not null)
        {
            var next = letter.Next;
            letter.Next = oldest;
            oldest = letter;
            letter = next;
        }

        return oldest;
    }

    internal sealed class Letter(SendOrPostCallback callback, object? state, bool releases)
    {
        internal readonly SendOrPostCallback Callback = callback;
        internal readonly object? State = state;

        /// <summary>Whether what it brings was in flight until now (LoopCore.Holds).</summary>
        internal readonly bool Releases = releases;

        internal Letter? Next;
    }
}
