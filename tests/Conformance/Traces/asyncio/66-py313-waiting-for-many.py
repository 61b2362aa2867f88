# wait, wait_for, as_completed, gather and shield when things fail, are cancelled, or are done already.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def work(name, seconds, error=None):
    try:
        await asyncio.sleep(seconds)
        if error:
            raise error
        return name
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def completed():
    for c in asyncio.as_completed([work("c", .06), work("a", .02, KeyError("a")), work("b", .04)]):
        try:
            print(await c)
        except KeyError as e:
            print("failed", e)
    tasks = [asyncio.create_task(work(n, s)) for n, s in (("slow", 10), ("fast", .01))]
    try:
        for c in asyncio.as_completed(tasks, timeout=.05):
            print(await c)
    except TimeoutError:
        print("timed out", [t.done() for t in tasks])
    tasks[0].cancel()
    await asyncio.wait(tasks)
    done = [asyncio.create_task(work(n, 0)) for n in "xyz"]
    await asyncio.wait(done)
    print(sorted([await c for c in asyncio.as_completed(done)]))


async def limits():
    print(await asyncio.wait_for(work("in time", .01), 1))
    try:
        await asyncio.wait_for(work("late", 10), .01)
    except TimeoutError as e:
        print(type(e.__cause__).__name__)
    task = asyncio.create_task(work("no time", 10))
    try:
        await asyncio.wait_for(task, 0)
    except TimeoutError:
        print("at once", task.cancelled())
    done = asyncio.create_task(work("done", 0))
    await done
    print(await asyncio.wait_for(done, 0), await asyncio.wait_for(done, -1), await asyncio.wait_for(done, None))

    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            await asyncio.sleep(.01)
            return "anyway"

    try:
        print(await asyncio.wait_for(stubborn(), .01))
    except TimeoutError:
        print("timed out")
    try:
        await asyncio.wait_for(work("failing", .01, KeyError("k")), 1)
    except KeyError as e:
        print("error", e)
    outer = asyncio.create_task(asyncio.wait_for(work("inside", 10), 10))
    await turns(2)
    outer.cancel("outer")
    try:
        await outer
    except asyncio.CancelledError as e:
        print("outer cancelled", e.args)


async def gathers():
    print(await asyncio.gather())
    results = await asyncio.gather(work("a", .02), work("b", .01, KeyError("b")), work("c", .03), return_exceptions=True)
    print([repr(r) for r in results])
    slow = asyncio.create_task(work("slow", .03))
    try:
        await asyncio.gather(slow, work("bad", .01, ValueError("bad")))
    except ValueError as e:
        print(repr(e), slow.done())
    print(await slow)
    inner = asyncio.gather(work("p", 10), work("q", 10))
    outer = asyncio.gather(inner, work("r", 10))
    await turns(2)
    outer.cancel("all")
    try:
        await outer
    except asyncio.CancelledError as e:
        print(e.args, inner.cancelled())
    done = asyncio.create_task(work("once", 0))
    await done
    print(await asyncio.gather(done, done, work("new", 0)))
    failed = asyncio.create_task(work("failed", 0, KeyError("before")))
    await asyncio.wait([failed])
    g = asyncio.gather(failed, work("still", .01))
    print(g.done())
    try:
        await g
    except KeyError as e:
        print("error", e)
    await asyncio.sleep(.02)


async def shields():
    inner = asyncio.create_task(work("inner", .03))
    try:
        await asyncio.wait_for(asyncio.shield(inner), .01)
    except TimeoutError:
        print("timed out", inner.done())
    print(await inner)
    inner = asyncio.create_task(work("inner", 10))

    async def waiter():
        try:
            await asyncio.shield(inner)
        except asyncio.CancelledError as e:
            print("waiter", e.args, inner.cancelled(), asyncio.current_task().cancelling())
            raise

    first, second = asyncio.create_task(waiter()), asyncio.create_task(waiter())
    await turns(2)
    first.cancel("first")
    await turns(2)
    inner.cancel("inner")
    await asyncio.wait([first, second])
    print(first.cancelled(), second.cancelled())
    failing = asyncio.create_task(work("failing", .01, KeyError("f")))
    try:
        await asyncio.shield(failing)
    except KeyError as e:
        print("error", e)


async def waits():
    done, pending = await asyncio.wait([asyncio.create_task(work("a", .01)), asyncio.create_task(work("b", 10))], timeout=.03)
    print(len(done), len(pending))
    for p in pending:
        p.cancel()
    await asyncio.wait(pending)
    tasks = [asyncio.create_task(work(n, s, e)) for n, s, e in (("x", .01, None), ("y", .02, KeyError("y")), ("z", 10, None))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print([t in done for t in tasks])
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print([t in done for t in tasks])
    tasks[2].cancel()
    done, pending = await asyncio.wait(tasks, timeout=0)
    print([t in done for t in tasks])
    await turns(2)
    try:
        await asyncio.wait([])
    except ValueError as e:
        print(e)


async def main():
    for part in (completed, limits, gathers, shields, waits):
        print("--", part.__name__)
        await part()


asyncio.run(main())
