# Work of the pool that is cancelled, fails or comes late; calls from other threads and coroutines that they start; loops that end meanwhile.
import asyncio, concurrent.futures, threading


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def gate():
    e = threading.Event()
    return e, lambda value: e.wait(20) and value


async def cancelled_work(loop):
    opened, work = gate()
    f = loop.run_in_executor(None, work, "late")
    f.add_done_callback(lambda f: print("callback", f.cancelled()))
    await turns(1)
    print(f.cancel("why"), f.cancelled(), f.cancel())
    print("not called yet")
    await turns(1)
    opened.set()
    try:
        await f
    except asyncio.CancelledError as e:
        print("cancelled", e.args)
    opened, work = gate()
    async def waits():
        try:
            print(await asyncio.to_thread(work, "thread"))
        except asyncio.CancelledError as e:
            print("task cancelled", e.args)
            raise
    t = asyncio.create_task(waits())
    await turns(2)
    t.cancel("task")
    await asyncio.wait([t])
    print(t.cancelled())
    opened.set()
    opened, work = gate()
    try:
        await asyncio.wait_for(asyncio.to_thread(work, "slow"), .02)
    except TimeoutError:
        print("timed out")
    opened.set()
    opened, work = gate()
    inner = loop.run_in_executor(None, work, "kept")
    t = asyncio.create_task(asyncio.wait_for(asyncio.shield(inner), 5))
    await turns(2)
    t.cancel()
    await asyncio.wait([t])
    opened.set()
    print(t.cancelled(), await inner)


async def failing_work(loop):
    def fails():
        raise KeyError("k")
    try:
        await loop.run_in_executor(None, fails)
    except KeyError as e:
        print("error", e)
    r = await asyncio.gather(asyncio.to_thread(fails), asyncio.to_thread(lambda: 1), return_exceptions=True)
    print([repr(x) for x in r])
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(asyncio.to_thread(fails))
            tg.create_task(asyncio.sleep(10))
    except* KeyError as e:
        print(len(e.exceptions))


async def threadsafe_order(loop):
    done = loop.create_future()
    def other():
        for i in range(3):
            loop.call_soon_threadsafe(print, "from the thread", i)
        loop.call_soon_threadsafe(done.set_result, "set")
    thread = threading.Thread(target=other)
    loop.call_soon(print, "soon, first")
    thread.start()
    thread.join()
    loop.call_soon(print, "soon, last")
    print(await done)
    loop.call_soon_threadsafe(loop.call_soon, print, "soon in threadsafe")
    loop.call_soon_threadsafe(print, "after it")
    await turns(3)


async def coroutines_from_threads(loop):
    async def work(value, fails=False):
        await asyncio.sleep(.01)
        if fails:
            raise ValueError(value)
        return value
    async def hangs():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("hangs no more")
            raise
    def other():
        told = []
        told.append(asyncio.run_coroutine_threadsafe(work("result"), loop).result())
        try:
            asyncio.run_coroutine_threadsafe(work("failed", True), loop).result()
        except ValueError as e:
            told.append(repr(e))
        f = asyncio.run_coroutine_threadsafe(hangs(), loop)
        try:
            f.result(.02)
        except TimeoutError:
            told.append("timed out")
        told.append(f.cancel())
        try:
            f.result()
        except concurrent.futures.CancelledError:
            told.append("cancelled")
        async def cancels_itself():
            asyncio.current_task().cancel()
            await asyncio.sleep(0)
        try:
            asyncio.run_coroutine_threadsafe(cancels_itself(), loop).result()
        except concurrent.futures.CancelledError:
            told.append("cancelled inside")
        return told
    print(await asyncio.to_thread(other))


async def many(loop):
    lock = threading.Lock()
    order = []
    def work(i):
        with lock:
            order.append(i)
        return i * i
    print(await asyncio.gather(*(asyncio.to_thread(work, i) for i in range(6))), sorted(order))
    for c in asyncio.as_completed([asyncio.to_thread(lambda: "only")]):
        print(await c)
    opened, wait = gate()
    first = asyncio.create_task(asyncio.to_thread(wait, "first"))
    second = asyncio.create_task(asyncio.to_thread(lambda: "second"))
    done, pending = await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)
    print([t is second for t in done], [t is first for t in pending])
    opened.set()
    print(await first)


async def main():
    loop = asyncio.get_running_loop()
    for part in (cancelled_work, failing_work, threadsafe_order, coroutines_from_threads, many):
        print("--", part.__name__)
        await part(loop)


asyncio.run(main())
print("-- at the end")


async def leaves_work():
    opened, work = gate()
    asyncio.get_running_loop().run_in_executor(None, lambda: (work(1), print("the work ends")))
    threading.Timer(.05, opened.set).start()
    return "result before the work"

print(asyncio.run(leaves_work()))


async def leaves_a_task():
    async def waits():
        try:
            await asyncio.to_thread(lambda: print("in the thread"))
            await asyncio.sleep(10)
        finally:
            print("left task ends")
    global left
    left = asyncio.create_task(waits())
    await asyncio.sleep(.5)

asyncio.run(leaves_a_task())
print(left.cancelled())
loop = asyncio.new_event_loop()
t = threading.Timer(.02, loop.call_soon_threadsafe, (loop.stop,))
t.start()
loop.run_forever()
print("stopped from outside")
loop.close()
try:
    loop.call_soon_threadsafe(print)
except RuntimeError as e:
    print(e)
