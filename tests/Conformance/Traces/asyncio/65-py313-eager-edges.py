# Eager tasks (3.12): what runs inside create_task, and who is the current task meanwhile.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def name():
    task = asyncio.current_task()
    return task.get_name() if task else None


async def nested():
    async def inner():
        print("inner begins", name())
        await asyncio.sleep(0)
        print("inner ends", name())

    async def outer():
        print("outer begins", name())
        task = asyncio.create_task(inner(), name="inner")
        print("outer goes on", name(), task.done())
        await task
        print("outer ends", name())

    await asyncio.create_task(outer(), name="outer")


async def order():
    async def work(n, waits):
        print("begin", n)
        await turns(waits)
        print("end", n)
        return n

    tasks = [asyncio.create_task(work(n, n % 3)) for n in range(5)]
    print([t.done() for t in tasks])
    print(await asyncio.gather(*tasks))


async def callbacks():
    async def at_once():
        return 1

    task = asyncio.create_task(at_once())
    task.add_done_callback(lambda t: print("called", t.result()))
    print("not yet")
    await turns(1)
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "soon")

    async def waits():
        await asyncio.sleep(0)
        print("stepped")

    task = asyncio.create_task(waits())
    loop.call_soon(print, "soon, after")
    await task


async def cancelling():
    async def work():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            print("cancelled at its await", e.args)
            raise

    task = asyncio.create_task(work())
    print(task.cancel("begun"))
    await asyncio.wait([task])
    print(task.cancelled())

    async def myself():
        asyncio.current_task().cancel()
        await asyncio.sleep(0)

    task = asyncio.create_task(myself())
    print(task.done())
    await asyncio.wait([task])
    print(task.cancelled())


async def groups():
    async def bad(n):
        if n:
            await turns(n)
        raise ValueError(n)

    async def slow():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("slow cancelled")
            raise

    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(slow())
            tg.create_task(bad(0))
            print("body goes on")
            await asyncio.sleep(0)
            print("never")
    except* ValueError as e:
        print([repr(x) for x in e.exceptions])
    async with asyncio.timeout(1):
        print(await asyncio.create_task(asyncio.sleep(0, "in time")))


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    for part in (nested, order, callbacks, cancelling, groups):
        print("--", part.__name__)
        await part()


asyncio.run(main())
