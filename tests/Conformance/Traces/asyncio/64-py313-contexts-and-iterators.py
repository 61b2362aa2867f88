# Context variables in callbacks, tasks and iterators, and what closing an async iterator runs.
import asyncio, contextvars

var = contextvars.ContextVar("var", default="none")


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def callbacks(loop):
    var.set("a")
    future = loop.create_future()
    future.add_done_callback(lambda f: print("callback of a sees", var.get()))
    var.set("b")
    future.add_done_callback(lambda f: (print("callback of b sees", var.get()), var.set("changed")))
    loop.call_soon(lambda: (print("soon sees", var.get()), var.set("lost")))
    loop.call_later(.01, lambda: print("later sees", var.get()))
    var.set("c")
    future.set_result(None)
    await future
    print("main sees", var.get())
    await asyncio.sleep(.02)


async def nested(loop):
    async def leaf(value):
        var.set(value)
        await asyncio.sleep(0)
        return var.get()

    var.set("outer")
    print(await leaf("direct"), var.get())
    print(await asyncio.create_task(leaf("task")), var.get())
    print(await asyncio.gather(leaf("g1"), leaf("g2")), var.get())
    print(await asyncio.wait_for(leaf("limit"), 1), var.get() in ("limit", "direct"))
    print(await asyncio.to_thread(var.get), await loop.run_in_executor(None, lambda: "ran"))
    context = contextvars.copy_context()
    print(await asyncio.create_task(leaf("shared"), context=context), context[var], var.get() != "shared")


async def reset(loop):
    token = var.set("for a while")
    await turns(1)
    print(var.get())
    var.reset(token)
    print(var.get() != "for a while")


async def closing(loop):
    async def numbers(name):
        try:
            for i in range(5):
                yield i
                await asyncio.sleep(0)
        finally:
            print(name, "closes")
            await asyncio.sleep(0)
            print(name, "closed")

    async for i in numbers("whole"):
        if i == 3:
            print("three")
    it = numbers("broken")
    async for i in it:
        if i == 1:
            break
    print("after break")
    await it.aclose()
    it = numbers("never begun")
    await it.aclose()
    print("nothing ran")
    it = numbers("failing body")
    try:
        async for i in it:
            raise KeyError(i)
    except KeyError as e:
        print("error", e)
    finally:
        await it.aclose()


async def cancelled(loop):
    async def forever():
        try:
            while True:
                yield "item"
                await asyncio.sleep(10)
        finally:
            print("iterator closes")

    async def reader():
        it = forever()
        try:
            async for item in it:
                print("read", item)
        finally:
            await it.aclose()
            print("reader ends")

    task = asyncio.create_task(reader())
    await turns(2)
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled())


async def main():
    loop = asyncio.get_running_loop()
    for part in (callbacks, nested, reset, closing, cancelled):
        print("--", part.__name__)
        await part(loop)


asyncio.run(main())
