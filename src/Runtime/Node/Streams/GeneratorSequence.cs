// How the steps are answered
// --------------------------
// A generator of C# that does not wait gives its items at once, and leaves its blocks within the call that disposes of it. One of
// JavaScript awaits what it yields, and its answer is awaited: two microtasks for an item, one for the end, and one before it is left.
// In a pipeline that is the difference between a destination that is written to before anything else, and one that is written to in its
// turn.
//
// One that did wait takes one microtask more for an item, as JavaScript's yield does, and none for its end. Which of them it was is known
// when an async method of the loop's has awaited the step, a microtask late: so the end is told first of what waits then.
//
// Source: ECMAScript 27.6.3 (async generators), 14.7.5 (for await).

namespace Quintet.Node;

/// <summary>A sequence whose steps come no earlier than those of a generator of JavaScript.</summary>
internal sealed class GeneratorSequence<T> : IAsyncEnumerable<T>
{
    private GeneratorSequence(IAsyncEnumerable<T> items) => Items = items;

    /// <summary>The generator itself.</summary>
    internal IAsyncEnumerable<T> Items { get; }

    /// <summary>The loop's own sequences keep their steps: they are counted already.</summary>
    internal static IAsyncEnumerable<T> Of(IAsyncEnumerable<T> items) =>
        items is StreamIterator<T> or EventIterator<T> or IntervalIterator or GeneratorSequence<T>
            ? items
            : new GeneratorSequence<T>(items);

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Steps(Items.GetAsyncEnumerator(cancellationToken));

    private sealed class Steps(IAsyncEnumerator<T> items) : IAsyncEnumerator<T>
    {
        private readonly NodeLoop _loop = NodeLoop.Current;
        private bool _isOver;

        public T Current => items.Current;

        public ValueTask<bool> MoveNextAsync()
        {
            var next = items.MoveNextAsync();
            var answer = new LateAnswer();
            if (!next.IsCompleted)
            {
                _ = Step(next, answer);
                return new ValueTask<bool>(answer, 0);
            }

            try
            {
                _isOver = !next.Result;
                if (_isOver) answer.Set(false);
                else _loop.QueueMicrotask(() => answer.Set(true));
            }
            catch (Exception error)
            {
                _isOver = true;
                answer.Fail(error);
            }

            return new ValueTask<bool>(answer, 0);
        }

        public ValueTask DisposeAsync()
        {
            if (_isOver) return items.DisposeAsync();
            var answer = new LateAnswer();
            _loop.QueueMicrotask(() => _ = Leave(answer));
            return new ValueTask(answer, 0);
        }

        private async Promise Step(ValueTask<bool> next, LateAnswer answer)
        {
            try
            {
                _isOver = !await next;
                if (_isOver) answer.SetFirst(false);
                else answer.Set(true);
            }
            catch (Exception error)
            {
                _isOver = true;
                answer.FailFirst(error);
            }
        }

        private async Promise Leave(LateAnswer answer)
        {
            var left = items.DisposeAsync();
            var waited = !left.IsCompleted;
            try
            {
                await left;
                if (waited) answer.SetFirst(true);
                else answer.Set(true);
            }
            catch (Exception error)
            {
                if (waited) answer.FailFirst(error);
                else answer.Fail(error);
            }
        }
    }
}
