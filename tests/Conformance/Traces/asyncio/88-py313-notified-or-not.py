# Who is woken by conditions, events, semaphores, barriers and queues when time limits, cancellations and late comers meet in one turn.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def tell(name, awaitable):
    try:
        print(name, 'gives', await awaitable)
    except asyncio.CancelledError:
        print(name, 'cancelled')
    except Exception as e:
        print(name, type(e).__name__)


def start(name, coro):
    return asyncio.create_task(tell(name, coro))


def refused(call):
    try:
        call()
    except (RuntimeError, ValueError) as e:
        print(type(e).__name__)


async def condition_without_its_lock():
    c = asyncio.Condition()
    refused(c.notify)
    refused(c.notify_all)
    refused(c.release)
    await tell('wait', c.wait())
    await tell('wait for', c.wait_for(lambda: False))
    await tell('true at once', c.wait_for(lambda: 'yes'))


async def condition_in_limits():
    c = asyncio.Condition()
    async def waits(name, limit):
        async with c:
            try:
                async with asyncio.timeout(limit):
                    await c.wait()
                print(name, 'notified')
            except TimeoutError:
                print(name, 'late', c.locked())
    a, b = asyncio.create_task(waits('a', .01)), asyncio.create_task(waits('b', .5))
    await turns(2)
    async with c:
        await asyncio.sleep(.05)
        print('a cannot go', a.done())
        c.notify()
        print('releases')
    await a
    print('b', b.done())
    async with c:
        c.notify_all()
    await b


async def condition_cancelled_twice():
    c = asyncio.Condition()
    async def waits(name):
        async with c:
            try:
                await c.wait()
                print(name, 'notified')
            finally:
                print(name, 'holds', c.locked())
    a, b = start('a', waits('a')), start('b', waits('b'))
    await turns(2)
    async with c:
        a.cancel('one')
        await turns(2)
        a.cancel('two')
        await turns(2)
        c.notify(1)
        b.cancel('late')
        await turns(2)
        print('still held')
    await asyncio.wait([a, b])
    print(c.locked())


async def one_lock_for_two():
    lock = asyncio.Lock()
    full, empty = asyncio.Condition(lock), asyncio.Condition(lock)
    item = []
    async def produce():
        for i in range(4):
            async with empty:
                await empty.wait_for(lambda: not item)
                item.append(i)
                print('made', i)
                full.notify()
    async def consume(name, n):
        for _ in range(n):
            async with full:
                await full.wait_for(lambda: item)
                print(name, 'took', item.pop())
                empty.notify()
    await asyncio.gather(consume('x', 2), produce(), consume('y', 2))


async def events():
    e = asyncio.Event()
    async def waits(name):
        await e.wait()
        print(name, 'sees', e.is_set())
    a = asyncio.create_task(waits('a'))
    b = asyncio.create_task(waits('b'))
    await turns(1)
    e.set()
    e.clear()
    c = asyncio.create_task(waits('c'))
    b.cancel()
    await turns(3)
    print(a.done(), b.cancelled(), c.done())
    await tell('no time', asyncio.wait_for(e.wait(), 0))
    e.set()
    await tell('set, no time', asyncio.wait_for(e.wait(), 0))
    await c


async def semaphores():
    s = asyncio.Semaphore(0)
    order = []
    async def takes(name):
        async with s:
            order.append(name)
            print(name, s.locked())
    tasks = [asyncio.create_task(takes(n)) for n in 'abc']
    await turns(1)
    s.release()
    print(s.locked())
    late = asyncio.create_task(takes('late'))
    tasks[0].cancel()
    await turns(6)
    s.release()
    s.release()
    await turns(6)
    print(order, s.locked())
    b = asyncio.BoundedSemaphore(2)
    refused(b.release)
    await b.acquire()
    b.release()
    refused(b.release)
    refused(lambda: asyncio.Semaphore(-1))


async def barriers():
    b = asyncio.Barrier(1)
    await tell('alone', b.wait())
    b = asyncio.Barrier(2)
    async def rounds(name, n):
        for i in range(n):
            print(name, 'round', i, await b.wait())
    tasks = [start('x', rounds('x', 2)), start('y', rounds('y', 2)), start('z', rounds('z', 1)), start('w', rounds('w', 1))]
    await asyncio.wait(tasks)
    print(b.n_waiting, b.broken)
    b = asyncio.Barrier(2)
    first, second, third = start('first', b.wait()), start('second', b.wait()), start('third', b.wait())
    await turns(2)
    print(first.done(), second.done(), third.done(), b.n_waiting)
    third.cancel()
    await turns(4)
    print(b.broken, b.n_waiting)
    third = start('third', b.wait())
    await turns(2)
    await b.abort()
    await turns(2)
    print(b.broken, b.n_waiting)
    await tell('broken', b.wait())
    await b.reset()
    print(b.broken)
    third, fourth = start('third', b.wait()), start('fourth', b.wait())
    await turns(1)
    await b.reset()
    await turns(4)
    print(b.broken, b.n_waiting)


async def queues():
    q = asyncio.Queue(maxsize=1)
    a, b = start('a', q.get()), start('b', q.get())
    await turns(2)
    q.put_nowait(1)
    a.cancel()
    await turns(2)
    print(a.done(), b.done(), q.qsize())
    c, d, e = start('c', q.put(2)), start('d', q.put(3)), start('e', q.put(4))
    await turns(2)
    d.cancel()
    print(q.get_nowait(), q.full())
    await turns(2)
    print(c.done(), e.done(), q.qsize())
    await tell('get', q.get())
    await tell('in no time', asyncio.wait_for(q.get(), 0))
    for _ in range(3):
        q.task_done()
    refused(q.task_done)
    await q.join()
    p = asyncio.PriorityQueue()
    for x in (3, 1, 2):
        p.put_nowait(x)
    g = start('g', p.get())
    p.put_nowait(0)
    await g
    print(p.qsize())


async def main():
    for step in (condition_without_its_lock, condition_in_limits, condition_cancelled_twice, one_lock_for_two, events, semaphores, barriers,
                 queues):
        print('--', step.__name__)
        await step()


asyncio.run(main())
