# Who is served next by locks, semaphores, conditions, events, barriers and queues while others are cancelled or come late.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def settle(*tasks):
    await asyncio.wait(tasks)
    print(["cancelled" if t.cancelled() else type(t.exception()).__name__ if t.exception() else t.result() for t in tasks])


async def lock_jumps():
    lock = asyncio.Lock()
    async def use(name, hold):
        async with lock:
            print(name, "in")
            await turns(hold)
        print(name, "out")
        return name
    a, b, c = (asyncio.create_task(use(n, h)) for n, h in (("a", 2), ("b", 0), ("c", 1)))
    await turns(3)
    print(lock.locked())
    late = asyncio.create_task(use("late", 0))
    c.cancel()
    await settle(a, b, c, late)
    try:
        lock.release()
    except RuntimeError as e:
        print(e)


async def semaphore_order():
    sem = asyncio.Semaphore(2)
    async def use(name, hold):
        async with sem:
            print(name, "in", sem.locked())
            await turns(hold)
        return name
    tasks = [asyncio.create_task(use(n, h)) for n, h in (("a", 1), ("b", 4), ("c", 2), ("d", 0), ("e", 1))]
    await turns(1)
    tasks[3].cancel()
    await settle(*tasks)
    print(sem.locked())
    sem = asyncio.BoundedSemaphore(1)
    await sem.acquire()
    sem.release()
    try:
        sem.release()
    except ValueError as e:
        print(e)
    sem = asyncio.Semaphore(0)
    waiters = [asyncio.create_task(sem.acquire()) for _ in range(3)]
    await turns(1)
    sem.release()
    sem.release()
    waiters[0].cancel()
    await turns(2)
    print([t.done() for t in waiters], sem.locked())
    sem.release()
    await settle(*waiters)
    print(sem.locked())


async def conditions():
    cond = asyncio.Condition()
    ready = []
    async def wait(name, n):
        async with cond:
            r = await cond.wait_for(lambda: len(ready) >= n)
            print(name, r)
        return name
    tasks = [asyncio.create_task(wait(n, k)) for n, k in (("two", 2), ("one", 1), ("also one", 1), ("three", 3))]
    await turns(1)
    for i in range(3):
        async with cond:
            ready.append(i)
            print("notify", i)
            cond.notify_all() if i != 1 else cond.notify(1)
        await turns(3)
    await settle(*tasks)
    try:
        cond.notify()
    except RuntimeError as e:
        print(e)
    async def cancelled():
        async with cond:
            try:
                await cond.wait()
            finally:
                print("has the lock", cond.locked())
    t = asyncio.create_task(cancelled())
    await turns(1)
    await cond.acquire()
    t.cancel()
    await turns(3)
    print("still waits for the lock", t.done())
    cond.release()
    await settle(t)
    print(cond.locked())


async def events():
    event = asyncio.Event()
    async def wait(name):
        await event.wait()
        print(name, event.is_set())
        return name
    a, b = asyncio.create_task(wait("a")), asyncio.create_task(wait("b"))
    await turns(1)
    event.set()
    event.clear()
    b.cancel()
    await settle(a, b)
    event.set()
    await wait("at once")


async def barriers():
    barrier = asyncio.Barrier(2)
    async def wait(name):
        try:
            n = await barrier.wait()
            print(name, n, barrier.n_waiting)
            return n
        except asyncio.BrokenBarrierError as e:
            print(name, "broken", barrier.broken)
            return "broken"
    tasks = [asyncio.create_task(wait(n)) for n in "abcde"]
    await turns(8)
    print(barrier.n_waiting)
    await barrier.reset()
    await settle(*tasks)
    print(barrier.broken)
    f = asyncio.create_task(wait("f"))
    await turns(1)
    f.cancel()
    await settle(f)
    print(barrier.broken, barrier.n_waiting)
    g, h = asyncio.create_task(wait("g")), asyncio.create_task(wait("h"))
    await settle(g, h)
    i = asyncio.create_task(wait("i"))
    await turns(1)
    await barrier.abort()
    await settle(i, asyncio.create_task(wait("j")))


async def queues():
    q = asyncio.Queue(2)
    async def put(*items):
        for i in items:
            await q.put(i)
            print("put", i, q.qsize())
        return "put all"
    async def get(name, n):
        got = []
        for _ in range(n):
            got.append(await q.get())
            print(name, got[-1])
            q.task_done()
        return got
    p1, p2 = asyncio.create_task(put(1, 2, 3)), asyncio.create_task(put("a", "b"))
    await turns(2)
    g1 = asyncio.create_task(get("x", 2))
    g2 = asyncio.create_task(get("y", 3))
    await settle(p1, p2, g1, g2)
    await q.join()
    try:
        q.task_done()
    except ValueError as e:
        print(e)
    pq = asyncio.PriorityQueue()
    for i in (3, 1, 2):
        pq.put_nowait(i)
    getter = [await pq.get() for _ in range(3)]
    print(getter)
    lq = asyncio.LifoQueue(1)
    p = asyncio.create_task(lq.put("first"))
    r = asyncio.create_task(lq.put("second"))
    await turns(1)
    print(lq.full(), await lq.get(), await lq.get())
    q = asyncio.Queue(1)
    q.put_nowait("only")
    try:
        q.put_nowait("more")
    except asyncio.QueueFull as e:
        print(type(e).__name__)
    p, r = asyncio.create_task(q.put("p")), asyncio.create_task(q.put("r"))
    await turns(1)
    print(q.get_nowait())
    p.cancel()
    await turns(2)
    print(q.qsize(), r.done(), q.get_nowait())
    g = asyncio.create_task(q.get())
    await turns(1)
    q.shutdown()
    await settle(g)
    try:
        q.put_nowait(1)
    except asyncio.QueueShutDown as e:
        print(type(e).__name__)


async def main():
    for part in (lock_jumps, semaphore_order, conditions, events, barriers, queues):
        print("--", part.__name__)
        await part()


asyncio.run(main())
