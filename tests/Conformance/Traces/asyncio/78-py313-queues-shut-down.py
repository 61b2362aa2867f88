# Queues that are shut down: while getters, putters and joiners wait, with items and without, at once and softly, among cancellations.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def tell(name, task):
    if task.cancelled():
        return name, "cancelled"
    e = task.exception()
    return name, type(e).__name__ if e else task.result()


async def settle(**tasks):
    await asyncio.wait(tasks.values())
    print(*(x for n, t in tasks.items() for x in tell(n, t)))


def nowait(q, *items):
    for item in items:
        try:
            print("put", item, q.put_nowait(item))
        except (asyncio.QueueShutDown, asyncio.QueueFull) as e:
            print("put", item, type(e).__name__)


def take(q, n=1):
    for _ in range(n):
        try:
            print("took", q.get_nowait())
        except (asyncio.QueueShutDown, asyncio.QueueEmpty) as e:
            print("took", type(e).__name__)


async def empty_with_getters():
    q = asyncio.Queue()
    a, b = asyncio.create_task(q.get()), asyncio.create_task(q.get())
    await turns(1)
    q.put_nowait("last")
    q.shutdown()
    c = asyncio.create_task(q.get())
    await settle(a=a, b=b, c=c)
    take(q)
    nowait(q, "late")


async def full_with_putters():
    q = asyncio.Queue(2)
    nowait(q, 1, 2, 3)
    a, b = asyncio.create_task(q.put(4)), asyncio.create_task(q.put(5))
    await turns(1)
    take(q)
    q.shutdown()
    print(q.qsize(), q.full(), q.empty())
    await settle(a=a, b=b)
    take(q, 3)


async def immediate_with_putters():
    q = asyncio.Queue(1)
    nowait(q, 1)
    a, b = asyncio.create_task(q.put(2)), asyncio.create_task(q.put(3))
    j = asyncio.create_task(q.join())
    await turns(1)
    q.shutdown(immediate=True)
    print(q.qsize(), q.full(), q.empty())
    await settle(a=a, b=b, j=j)
    take(q)
    try:
        q.task_done()
    except ValueError as e:
        print(e)


async def soft_then_immediate():
    q = asyncio.Queue()
    nowait(q, 1, 2, 3)
    j = asyncio.create_task(q.join())
    await turns(1)
    q.shutdown()
    q.shutdown()
    take(q)
    await turns(2)
    print("joined", j.done())
    q.task_done()
    q.shutdown(immediate=True)
    await turns(2)
    print("joined", j.done())
    take(q)


async def unfinished_at_immediate():
    q = asyncio.Queue()
    nowait(q, 1, 2, 3)
    take(q, 2)
    j = asyncio.create_task(q.join())
    await turns(1)
    q.shutdown(immediate=True)
    await turns(2)
    print("joined", j.done())
    q.task_done()
    await turns(2)
    print("joined", j.done())
    q.task_done()
    await settle(j=j)


async def worker_pattern():
    q = asyncio.Queue(2)
    async def worker(name):
        try:
            while True:
                item = await q.get()
                await turns(2)
                print(name, item)
                q.task_done()
        except asyncio.QueueShutDown:
            print(name, "ends")
    async with asyncio.TaskGroup() as tg:
        for n in "ab":
            tg.create_task(worker(n))
        for i in range(5):
            await q.put(i)
        q.shutdown()
        await q.join()
        print("joined")


async def cancelled_meanwhile():
    q = asyncio.Queue()
    a, b, c = (asyncio.create_task(q.get()) for _ in range(3))
    await turns(1)
    q.put_nowait("one")
    a.cancel()
    q.shutdown()
    b.cancel()
    await settle(a=a, b=b, c=c)
    take(q, 2)
    q = asyncio.Queue(1)
    q.put_nowait(0)
    a, b, c = (asyncio.create_task(q.put(n)) for n in "abc")
    await turns(1)
    take(q)
    a.cancel()
    q.shutdown()
    await settle(a=a, b=b, c=c)
    print(q.qsize())
    take(q, 2)


async def getter_woken_then_shut():
    q = asyncio.Queue()
    g = asyncio.create_task(q.get())
    await turns(1)
    q.put_nowait("x")
    q.shutdown(immediate=True)
    await settle(g=g)
    q = asyncio.Queue(1)
    q.put_nowait("x")
    p = asyncio.create_task(q.put("y"))
    await turns(1)
    take(q)
    q.shutdown(immediate=True)
    await settle(p=p)


async def other_queues():
    for make in (asyncio.PriorityQueue, asyncio.LifoQueue):
        q = make(3)
        nowait(q, 2, 3, 1)
        p = asyncio.create_task(q.put(0))
        await turns(1)
        q.shutdown()
        await settle(p=p)
        take(q, 4)


async def not_begun():
    q = asyncio.Queue()
    g, p, j = asyncio.create_task(q.get()), asyncio.create_task(q.put(1)), asyncio.create_task(q.join())
    q.shutdown()
    await settle(g=g, p=p, j=j)
    q = asyncio.Queue()
    g, p = asyncio.create_task(q.get()), asyncio.create_task(q.put(1))
    await turns(1)
    q.shutdown(immediate=True)
    await settle(g=g, p=p)


async def limits():
    q = asyncio.Queue()
    async def shuts():
        await asyncio.sleep(.01)
        q.shutdown()
    t = asyncio.create_task(shuts())
    try:
        await asyncio.wait_for(q.get(), 1)
    except asyncio.QueueShutDown as e:
        print("wait_for", type(e).__name__, e.args)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(q.get())
            await asyncio.sleep(1)
    except* asyncio.QueueShutDown as e:
        print(len(e.exceptions))
    await t


async def main():
    for part in (empty_with_getters, full_with_putters, immediate_with_putters, soft_then_immediate, unfinished_at_immediate,
                 worker_pattern, cancelled_meanwhile, getter_woken_then_shut, other_queues, not_begun, limits):
        print("--", part.__name__)
        await part()


asyncio.run(main())
