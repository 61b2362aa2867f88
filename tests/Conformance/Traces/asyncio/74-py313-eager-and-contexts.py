# Executors, threads, contexts, eager tasks, async generators and their closing, and what as_completed and wait give.
import asyncio, contextvars

var = contextvars.ContextVar("var", default="none")


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def contexts(loop):
    var.set("main")
    ctx = contextvars.copy_context()
    var.set("main 2")
    async def child(name):
        print(name, var.get())
        var.set(name)
        await turns(1)
        print(name, "still", var.get())
    await asyncio.create_task(child("copy"))
    await asyncio.create_task(child("given"), context=ctx)
    print(ctx[var], var.get())
    loop.call_soon(lambda: print("soon", var.get()), context=ctx)
    f = loop.create_future()
    f.add_done_callback(lambda f: print("done", var.get()), context=ctx)
    f.set_result(None)
    await turns(2)
    async with asyncio.TaskGroup() as tg:
        tg.create_task(child("grouped"))
        tg.create_task(child("given again"), context=ctx)
    print(var.get(), ctx[var])
    async with asyncio.timeout(1):
        var.set("in timeout")
    await child("awaited")
    print(var.get())
    print(await asyncio.to_thread(var.get), await loop.run_in_executor(None, lambda: 5))


async def executors(loop):
    order = []
    async def work(n):
        order.append(await asyncio.to_thread(lambda: n * 2))
    await asyncio.gather(*(work(n) for n in range(3)))
    print(sorted(order))
    def fails():
        raise KeyError("in a thread")
    try:
        await asyncio.to_thread(fails)
    except KeyError as e:
        print("error", e)
    f = loop.run_in_executor(None, lambda: "result")
    f.add_done_callback(lambda f: print("callback", f.result()))
    print(await f)
    t = loop.create_future()
    loop.call_soon_threadsafe(t.set_result, "threadsafe")
    loop.call_soon(print, "soon")
    print(await t)


async def generators(loop):
    async def numbers(name, n):
        try:
            for i in range(n):
                await turns(1)
                yield i
        finally:
            await turns(1)
            print(name, "finally")
    async for i in numbers("whole", 2):
        print(i)
    g = numbers("left", 5)
    async for i in g:
        if i == 1:
            break
    await g.aclose()
    print("after close")
    async def reader(name):
        return [i async for i in numbers(name, 2)]
    print(await asyncio.gather(reader("a"), reader("b")))
    async def hangs():
        try:
            yield 0
            await asyncio.sleep(10)
            yield 1
        finally:
            print("hangs no more")
    async def cancelled():
        async for i in hangs():
            print("c", i)
    t = asyncio.create_task(cancelled())
    await turns(10)
    t.cancel()
    await asyncio.wait([t])
    print(t.cancelled())


async def completions(loop):
    async def work(n, k, fail=False):
        await turns(k)
        if fail:
            raise ValueError(n)
        return n
    for c in asyncio.as_completed([work("slow", 5), work("fast", 1), work("bad", 3, True)]):
        try:
            print(await c)
        except ValueError as e:
            print("failed", e)
    tasks = [asyncio.create_task(work(n, k)) for n, k in (("x", 3), ("y", 0))]
    async for t in asyncio.as_completed(tasks):
        print(t is tasks[1], await t)
    tasks = [asyncio.create_task(work(*a)) for a in (("ok", 1), ("bad", 2, True), ("late", 6))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print([t in done for t in tasks])
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print([t in done for t in tasks])
    done, pending = await asyncio.wait(tasks)
    print(len(done), len(pending), type(tasks[1].exception()).__name__)
    async def waiter():
        await asyncio.wait([asyncio.create_task(work("kept", 4))])
    t = asyncio.create_task(waiter())
    await turns(2)
    t.cancel("wait")
    try:
        await t
    except asyncio.CancelledError as e:
        print("wait cancelled", e.args)
    await turns(5)


async def eager(loop):
    loop.set_task_factory(asyncio.eager_task_factory)
    async def work(name, k):
        print(name, "begins", var.get())
        var.set(name)
        await turns(k)
        print(name, "ends", var.get())
        return name
    t = asyncio.create_task(work("at once", 0))
    print(t.done(), t.result(), var.get())
    a, b = asyncio.create_task(work("a", 2)), asyncio.create_task(work("b", 1))
    print("made")
    print(await asyncio.gather(a, b, work("c", 0)))
    async def parent():
        print("parent")
        c = asyncio.create_task(work("child", 1), name="child")
        print("parent again", c.done())
        return await c
    print(await asyncio.create_task(parent(), name="parent"))
    try:
        async with asyncio.timeout(0.01):
            async with asyncio.TaskGroup() as tg:
                tg.create_task(work("grouped", 0))
                tg.create_task(asyncio.sleep(10))
    except TimeoutError:
        print("timeout")
    async def fails():
        raise ValueError("eager")
    t = asyncio.create_task(fails())
    print(t.done(), repr(t.exception()))
    print([type(r).__name__ for r in await asyncio.gather(fails(), work("d", 1), return_exceptions=True)])
    loop.set_task_factory(None)


async def main():
    loop = asyncio.get_running_loop()
    for part in (contexts, executors, generators, completions, eager):
        print("--", part.__name__)
        await part(loop)


asyncio.run(main())
