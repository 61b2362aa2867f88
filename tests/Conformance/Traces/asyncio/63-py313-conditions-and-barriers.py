# Who is woken, and in which order: conditions whose waiters are cancelled, semaphores, barriers that break, queues that are joined.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def condition_passes_on():
    c = asyncio.Condition()

    async def wait(name):
        async with c:
            try:
                await c.wait()
                print(name, "woken")
            except asyncio.CancelledError:
                print(name, "cancelled")
                raise

    tasks = [asyncio.create_task(wait(i)) for i in range(4)]
    await turns(2)
    tasks[0].cancel()
    await turns(5)
    print([t.done() for t in tasks])
    async with c:
        c.notify(1)
    await turns(5)
    print([t.done() for t in tasks])
    async with c:
        c.notify_all()
    await asyncio.wait(tasks)


async def condition_predicate():
    c = asyncio.Condition()
    value = 0
    looks = []

    def enough():
        looks.append(value)
        return value >= 2

    async def wait():
        async with c:
            print("got", await c.wait_for(enough))

    task = asyncio.create_task(wait())
    for i in range(3):
        await turns(3)
        async with c:
            value = i
            c.notify()
    await task
    print(looks)
    async with c:
        try:
            await asyncio.wait_for(c.wait_for(lambda: False), .01)
        except TimeoutError:
            print("timed out holding", c.locked())


async def semaphore_order():
    s = asyncio.Semaphore(2)
    active = 0
    most = 0

    async def use(name):
        nonlocal active, most
        async with s:
            active += 1
            most = max(most, active)
            print(name, "in")
            await turns(2)
            active -= 1

    tasks = [asyncio.create_task(use(i)) for i in range(6)]
    await turns(1)
    tasks[3].cancel()
    await asyncio.wait(tasks)
    print(most, s.locked(), tasks[3].cancelled())
    b = asyncio.BoundedSemaphore(1)
    try:
        b.release()
    except ValueError as e:
        print(e)


async def barrier_breaks():
    b = asyncio.Barrier(3)

    async def meet(name):
        try:
            print(name, "is", await b.wait())
        except asyncio.BrokenBarrierError:
            print(name, "broken")
        except asyncio.CancelledError:
            print(name, "cancelled")
            raise

    tasks = [asyncio.create_task(meet(i)) for i in range(2)]
    await turns(2)
    print(b.n_waiting, b.broken)
    tasks[0].cancel()
    await turns(4)
    print(b.n_waiting, b.broken)
    tasks += [asyncio.create_task(meet(i)) for i in (2, 3)]
    await asyncio.wait(tasks)
    print(b.n_waiting, b.broken)
    tasks = [asyncio.create_task(meet(i)) for i in (4, 5)]
    await turns(2)
    await b.reset()
    await asyncio.wait(tasks)
    print(b.n_waiting, b.broken)
    tasks = [asyncio.create_task(meet(6))]
    await turns(2)
    await b.abort()
    await asyncio.wait(tasks)
    print(b.n_waiting, b.broken)
    await meet(7)


async def queue_join():
    q = asyncio.Queue()
    try:
        q.task_done()
    except ValueError as e:
        print(e)
    for i in range(3):
        q.put_nowait(i)

    async def worker(name):
        while True:
            item = await q.get()
            await turns(item + 1)
            print(name, "did", item)
            q.task_done()

    async def joiner(name):
        await q.join()
        print(name, "joined")

    workers = [asyncio.create_task(worker(n)) for n in "ab"]
    joiners = [asyncio.create_task(joiner(n)) for n in "xy"]
    await asyncio.wait(joiners)
    await q.join()
    print("empty", q.empty(), q.qsize())
    for w in workers:
        w.cancel()
    print(await asyncio.gather(*workers, return_exceptions=True) != [])
    p = asyncio.PriorityQueue()
    for i in (5, 1, 4):
        await p.put(i)
    l = asyncio.LifoQueue()
    for i in (5, 1, 4):
        await l.put(i)
    print([p.get_nowait() for _ in range(3)], [l.get_nowait() for _ in range(3)])


async def queue_shuts_down():
    q = asyncio.Queue(1)

    async def get(name):
        try:
            print(name, "got", await q.get())
            q.task_done()
        except asyncio.QueueShutDown:
            print(name, "shut down")

    async def put(name):
        try:
            await q.put(name)
            print("put", name)
        except asyncio.QueueShutDown:
            print("put", name, "shut down")

    getters = [asyncio.create_task(get(i)) for i in range(2)]
    await turns(1)
    q.shutdown()
    await asyncio.wait(getters)
    await put("late")
    q = asyncio.Queue(1)
    putters = [asyncio.create_task(put(n)) for n in "abc"]
    await turns(1)
    q.shutdown()
    await asyncio.wait(putters)
    await get("x")
    await get("y")
    await q.join()
    q = asyncio.Queue()
    for i in range(3):
        q.put_nowait(i)
    joining = asyncio.create_task(q.join())
    await turns(1)
    q.shutdown(immediate=True)
    await joining
    print("joined", q.qsize())
    await get("z")


async def main():
    for part in (condition_passes_on, condition_predicate, semaphore_order, barrier_breaks, queue_join, queue_shuts_down):
        print("--", part.__name__)
        await part()


asyncio.run(main())
