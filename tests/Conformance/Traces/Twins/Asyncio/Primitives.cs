using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class Primitives
{
    [Twin("asyncio/16-queue")]
    internal static void Queues(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine Main()
        {
            var q = new AsyncQueue<int>(2);
            var producer = Aio.CreateTask(Produce());
            _ = Aio.CreateTask(Consume("A", 3));
            _ = Aio.CreateTask(Consume("B", 2));
            await producer;
            await q.Join();
            t.Print("joined", q.IsEmpty);
            Expect<QueueEmptyException>(() => q.GetNoWait(), _ => t.Print("QueueEmpty"));
            q.PutNoWait(1);
            q.PutNoWait(2);
            Expect<QueueFullException>(() => q.PutNoWait(3), _ => t.Print("QueueFull", q.IsFull));
            await Getters();
            var priority = new AsyncPriorityQueue<int>();
            var lifo = new AsyncLifoQueue<int>();
            foreach (var x in new[] { 3, 1, 2 })
            {
                priority.PutNoWait(x);
                lifo.PutNoWait(x);
            }

            t.Print(Take(priority), Take(lifo));
            Expect<ArgumentException>(() => new AsyncQueue<int>().TaskDone(), e => t.Print("ValueError", e.Message));

            async Coroutine Produce()
            {
                for (var i = 0; i < 5; i++)
                {
                    await q.Put(i);
                    t.Print("put", i, "size", q.Count);
                }
            }

            async Coroutine Consume(string n, int count)
            {
                for (var i = 0; i < count; i++)
                {
                    var value = await q.Get();
                    t.Print("consumer", n, "got", value);
                    q.TaskDone();
                    await Aio.Sleep(TimeSpan.Zero);
                }
            }
        }

        async Coroutine Getters()
        {
            var q = new AsyncQueue<string>(2);
            var getters = Enumerable.Range(0, 3).Select(i => Aio.CreateTask(q.Get(), i.ToString())).ToArray();
            await Aio.Sleep(TimeSpan.Zero);
            getters[0].Cancel();
            await q.Put("first");
            await q.Put("second");
            t.Print(await getters[1], await getters[2], getters[0].IsCancelled);
        }

        static int[] Take(AsyncQueue<int> queue) => [queue.GetNoWait(), queue.GetNoWait(), queue.GetNoWait()];
    }

    [Twin("asyncio/18-semaphore-event-condition")]
    internal static void SemaphoreEventCondition(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine Main()
        {
            var semaphore = new AsyncSemaphore(2);
            await Aio.Gather(Use(0), Use(1), Use(2), Use(3));
            Expect<ArgumentException>(() => new BoundedAsyncSemaphore().Release(), e => t.Print("ValueError", e.Message));
            var flag = new AsyncEvent();
            var tasks = Enumerable.Range(0, 3).Select(i => Aio.CreateTask(Wake(i))).ToArray();
            await Aio.Sleep(TimeSpan.Zero);
            flag.Set();
            flag.Clear();
            t.Print("set+clear, all still wake");
            await Aio.Gather(tasks);
            await Conditions();

            async Coroutine Use(int n)
            {
                using (await semaphore.Acquire())
                {
                    t.Print("in", n);
                    await Aio.Sleep(TimeSpan.Zero);
                    await Aio.Sleep(TimeSpan.Zero);
                    t.Print("out", n);
                }
            }

            async Coroutine Wake(int n)
            {
                await flag.Wait();
                t.Print("woke", n);
            }
        }

        async Coroutine Conditions()
        {
            var condition = new AsyncCondition();
            var q = new Queue<string>();
            var tasks = Enumerable.Range(0, 3).Select(i => Aio.CreateTask(Take(i))).ToArray();
            await Aio.Sleep(TimeSpan.Zero);
            using (await condition.Acquire())
            {
                q.Enqueue("x");
                condition.Notify(1);
                t.Print("notified 1, lock still held", condition.IsLocked);
            }

            await Aio.Sleep(Seconds(.01));
            using (await condition.Acquire())
            {
                q.Enqueue("y");
                q.Enqueue("z");
                condition.NotifyAll();
            }

            await Aio.Gather(tasks);
            Expect<EventLoopException>(() => condition.Notify(), e => t.Print("RuntimeError", e.Message));

            async Coroutine Take(int n)
            {
                using (await condition.Acquire())
                {
                    await condition.WaitFor(() => q.Count > 0);
                    t.Print("cond", n, "takes", q.Dequeue());
                }
            }
        }
    }

    [Twin("asyncio/19-barrier")]
    internal static void Barriers(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine Main()
        {
            var barrier = new AsyncBarrier(3);
            await Aio.Gather(Pass(0), Pass(1), Pass(2));
            t.Print(barrier.Waiting, barrier.IsBroken);
            var tasks = new[] { Aio.CreateTask(Break(0)), Aio.CreateTask(Break(1)) };
            await Aio.Sleep(TimeSpan.Zero);
            await barrier.Abort();
            await Aio.Gather(tasks);
            t.Print(barrier.IsBroken);
            await barrier.Reset();
            t.Print(barrier.IsBroken);

            async Coroutine Pass(int n)
            {
                var index = await barrier.Wait();
                t.Print("passed", n, "index", index);
            }

            async Coroutine Break(int n)
            {
                try
                {
                    await barrier.Wait();
                    t.Print("WRONG");
                }
                catch (BrokenBarrierException)
                {
                    t.Print("broken", n);
                }
            }
        }
    }
}
