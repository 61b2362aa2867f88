# How many turns of the loop each kind of await takes.
import asyncio
turns = 0
async def noop(): return 1
async def main():
    loop = asyncio.get_running_loop()
    def tick():
        global turns
        turns += 1; loop.call_soon(tick)
    loop.call_soon(tick)
    async def count(name, make):
        before = turns; await make(); print(name, turns - before)
    await asyncio.sleep(0)
    await count('sleep(0)', lambda: asyncio.sleep(0))
    await count('coroutine', noop)
    async def task(): await asyncio.create_task(noop())
    await count('task', task)
    async def gather(): await asyncio.gather(noop(), noop())
    await count('gather', gather)
    async def nested(): await asyncio.gather(asyncio.gather(noop()), noop())
    await count('nested gather', nested)
    async def wait(): await asyncio.wait([asyncio.create_task(noop())])
    await count('wait', wait)
    async def shield(): await asyncio.shield(noop())
    await count('shield', shield)
    async def future():
        f = loop.create_future(); loop.call_soon(f.set_result, 1); await f
    await count('future', future)
    async def group():
        async with asyncio.TaskGroup() as tg: tg.create_task(noop())
    await count('task group', group)
    async def queue():
        q = asyncio.Queue(); asyncio.create_task(q.put(1)); await q.get()
    await count('queue get', queue)
    async def lock():
        l = asyncio.Lock(); await l.acquire(); loop.call_soon(l.release); await l.acquire()
    await count('contended lock', lock)
asyncio.run(main())
