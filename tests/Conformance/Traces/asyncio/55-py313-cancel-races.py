# Cancelling somebody who waits, around the moment of the wake: nothing is lost, nobody is woken twice, the order stays.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def take_lock(lock, name, hold=0):
    try:
        async with lock:
            print(name, "in")
            await turns(hold)
        print(name, "out")
    except asyncio.CancelledError as e:
        print(name, "cancelled", e.args)
        raise


async def locks():
    lock = asyncio.Lock()
    await lock.acquire()
    a = asyncio.create_task(take_lock(lock, "a"))
    b = asyncio.create_task(take_lock(lock, "b"))
    c = asyncio.create_task(take_lock(lock, "c", 2))
    await turns(1)
    lock.release()
    a.cancel("after release")
    print("locked", lock.locked())
    await turns(1)
    print("locked", lock.locked())
    d = asyncio.create_task(take_lock(lock, "d"))
    await asyncio.wait([a, b, c, d])
    print(a.cancelled(), lock.locked())


async def queues():
    q = asyncio.Queue(1)

    async def get(name):
        try:
            print(name, "got", await q.get())
        except asyncio.CancelledError:
            print(name, "cancelled")
            raise

    a = asyncio.create_task(get("a"))
    b = asyncio.create_task(get("b"))
    await turns(1)
    q.put_nowait(1)
    a.cancel()
    await turns(3)
    print(b.done(), q.qsize())

    async def put(name):
        try:
            await q.put(name)
            print("put", name)
        except asyncio.CancelledError:
            print("put", name, "cancelled")
            raise

    q.put_nowait(2)
    c = asyncio.create_task(put("c"))
    d = asyncio.create_task(put("d"))
    await turns(1)
    print(q.get_nowait())
    c.cancel()
    await turns(3)
    print(c.cancelled(), d.done(), q.qsize(), q.get_nowait())


async def semaphores():
    s = asyncio.Semaphore(0)

    async def use(name):
        try:
            await s.acquire()
            print(name, "acquired")
        except asyncio.CancelledError:
            print(name, "cancelled")
            raise

    tasks = [asyncio.create_task(use(i)) for i in range(4)]
    await turns(1)
    s.release()
    s.release()
    tasks[0].cancel()
    tasks[2].cancel()
    await turns(4)
    print([t.done() for t in tasks], s.locked())
    s.release()
    await turns(3)
    print([t.done() for t in tasks], s.locked())


async def conditions():
    c = asyncio.Condition()

    async def wait(name):
        async with c:
            try:
                await c.wait()
                print(name, "woken")
            except asyncio.CancelledError:
                print(name, "cancelled holding", c.locked())
                raise

    tasks = [asyncio.create_task(wait(i)) for i in range(3)]
    await turns(2)
    async with c:
        c.notify(2)
        tasks[1].cancel()
        await turns(1)
        print("still held")
    await turns(6)
    print([t.done() for t in tasks], [t.cancelled() for t in tasks])
    async with c:
        c.notify_all()
    await asyncio.wait(tasks)
    try:
        c.notify()
    except RuntimeError:
        print("notify without the lock")


async def events():
    e = asyncio.Event()

    async def wait(name):
        await e.wait()
        print(name, "sees", e.is_set())

    tasks = [asyncio.create_task(wait(i)) for i in range(3)]
    await turns(1)
    e.set()
    e.clear()
    tasks[1].cancel()
    await asyncio.wait(tasks)
    print([t.cancelled() for t in tasks])


async def tasks_and_futures():
    loop = asyncio.get_running_loop()
    f = loop.create_future()

    async def waits():
        try:
            return await f
        except asyncio.CancelledError as e:
            print("waits", e.args, asyncio.current_task().cancelling())
            return "kept"

    t = asyncio.create_task(waits())
    await turns(1)
    f.set_result(1)
    print(t.cancel("too late for the future"), f.cancelled())
    print(await t, t.cancelled(), t.cancel())

    async def twice():
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError as e:
            print("first", e.args, asyncio.current_task().cancelling())
        print("uncancel", asyncio.current_task().uncancel())
        await asyncio.sleep(0)
        print("goes on")

    t = asyncio.create_task(twice())
    await turns(1)
    t.cancel("one")
    t.cancel("two")
    await t
    print(t.cancelled(), t.cancelling())

    async def never():
        print("never printed")

    t = asyncio.create_task(never())
    print(t.cancel("before the start"), t.done())
    try:
        await t
    except asyncio.CancelledError as e:
        print(e.args, t.cancelled())

    async def outer():
        await inner

    inner = asyncio.create_task(asyncio.sleep(5))
    o = asyncio.create_task(outer())
    await turns(2)
    o.cancel("through")
    await asyncio.wait([o])
    print(o.cancelled(), inner.cancelled())

    async def finishes():
        asyncio.current_task().cancel()
        return 3

    t = asyncio.create_task(finishes())
    await asyncio.wait([t])
    print(t.cancelled())

    f = loop.create_future()
    calls = []

    def first(_):
        calls.append("first")
        f.remove_done_callback(third)

    def third(_):
        calls.append("third")

    f.add_done_callback(first)
    f.add_done_callback(third)
    f.add_done_callback(third)
    f.add_done_callback(lambda _: calls.append("last"))
    f.set_result(None)
    print(calls, f.remove_done_callback(third))
    await turns(1)
    print(calls)
    f.add_done_callback(lambda _: calls.append("late"))
    print(len(calls))
    await turns(1)
    print(len(calls))


async def gathers():
    async def work(name, n, error=False):
        try:
            await turns(n)
            if error:
                raise ValueError(name)
            print(name, "ends")
            return name
        except asyncio.CancelledError:
            print(name, "cancelled")
            raise

    a = asyncio.create_task(work("a", 5))
    b = asyncio.create_task(work("b", 5))
    g = asyncio.gather(a, b, return_exceptions=True)
    await turns(2)
    a.cancel()
    print([type(r).__name__ for r in await g])
    a = asyncio.create_task(work("a", 5))
    b = asyncio.create_task(work("b", 5))
    g = asyncio.gather(a, b)
    await turns(2)
    b.cancel()
    try:
        await g
    except asyncio.CancelledError:
        print("gather cancelled", g.cancelled(), a.done())
    await a
    g = asyncio.gather(work("x", 1, True), work("y", 3), work("z", 2, True))
    try:
        await g
    except ValueError as e:
        print("error", e)
    await turns(4)
    a = asyncio.create_task(work("a", 2))
    print(await asyncio.gather(a, a, work("b", 1)))
    g = asyncio.gather(work("p", 9), work("q", 9))
    await turns(2)
    print(g.cancel(), g.done())
    try:
        await g
    except asyncio.CancelledError:
        print("cancelled", g.cancelled())


async def waits():
    async def work(n, error=None):
        await turns(n)
        if error:
            raise error
        return n

    ts = [asyncio.create_task(work(n)) for n in (3, 1, 2)]
    done, pending = await asyncio.wait(ts, return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    ts[0].cancel()
    done, pending = await asyncio.wait(ts, return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), len(pending), ts[0].cancelled())
    ts = [asyncio.create_task(work(2, ValueError("x"))), asyncio.create_task(work(9))]
    done, pending = await asyncio.wait(ts, return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), len(pending), ts[0].exception())
    w = asyncio.create_task(asyncio.wait(pending))
    await turns(1)
    w.cancel()
    await asyncio.wait([w])
    print(w.cancelled(), ts[1].cancelled(), await ts[1])
    results = []
    for c in asyncio.as_completed([work(3), work(1), work(2)]):
        results.append(await c)
    print(results)
    inner = asyncio.create_task(work(3))
    s = asyncio.shield(inner)
    w = asyncio.create_task(asyncio.wait([s]))
    await turns(1)
    s.cancel()
    await w
    print(s.cancelled(), inner.done(), await inner)
    inner = asyncio.create_task(work(3))
    s = asyncio.shield(inner)
    inner.cancel()
    try:
        await s
    except asyncio.CancelledError:
        print("inner was cancelled", s.cancelled())


async def main():
    for part in (locks, queues, semaphores, conditions, events, tasks_and_futures, gathers, waits):
        print("--", part.__name__)
        await part()


asyncio.run(main())
