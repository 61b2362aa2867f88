# Eager tasks that are cancelled, fail, wait for each other and stand in groups, time limits and gathers; whose task runs meanwhile.
import asyncio, contextvars

var = contextvars.ContextVar("var", default="none")


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def me():
    return asyncio.current_task()


async def quick(value):
    return value


async def fails(name):
    raise ValueError(name)


async def slow(name):
    print(name, "begins")
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as e:
        print(name, "cancelled", e.args, asyncio.current_task().cancelling())
        raise


async def parent_cancelled_before(loop):
    async def parent():
        asyncio.current_task().cancel("first")
        t = asyncio.create_task(slow("child"))
        print("child", t.done(), t.cancelling())
        try:
            await t
        except asyncio.CancelledError as e:
            print("parent", e.args, t.cancelled(), asyncio.current_task().cancelling())
            raise
    t = asyncio.create_task(parent())
    print(t.done(), t.cancelling())
    await asyncio.wait([t])
    print(t.cancelled())


async def cancels_its_parent(loop):
    async def parent():
        async def child():
            print("cancels", parent_task.cancel("by the child"))
            await turns(1)
            print("child ends")
        parent_task = asyncio.current_task()
        t = asyncio.create_task(child())
        print("still here", asyncio.current_task().cancelling())
        try:
            await turns(3)
        except asyncio.CancelledError as e:
            print("parent", e.args, t.done())
            await t
    await asyncio.create_task(parent())


async def in_groups(loop):
    try:
        async with asyncio.TaskGroup() as tg:
            a = tg.create_task(quick("a"))
            print("a", a.done())
            tg.create_task(slow("b"))
            bad = tg.create_task(fails("c"))
            print("bad", bad.done())
            late = quick("late")
            try:
                tg.create_task(late)
                print("taken")
            except RuntimeError:
                print("refused")
                late.close()
            await turns(1)
            print("never")
    except* ValueError as e:
        print([str(x) for x in e.exceptions])
    async with asyncio.TaskGroup() as tg:
        async def nested():
            tg.create_task(slow_turn("inner"))
            print(tg.create_task(quick(1)).done())
        async def slow_turn(name):
            print(name, "begins")
            await turns(1)
            print(name, "ends")
        print(tg.create_task(nested()).done())
        print("body ends")
    print("left")


async def in_limits(loop):
    async def limited():
        async with asyncio.timeout(.01) as scope:
            await slow("limited")
    t = asyncio.create_task(limited())
    print("limited", t.done())
    try:
        await t
    except TimeoutError:
        print("timed out", t.cancelling())
    print(await asyncio.wait_for(quick("at once"), 0))
    print(await asyncio.wait_for(quick("in time"), 1))
    try:
        await asyncio.wait_for(slow("late"), .01)
    except TimeoutError:
        print("late timed out")
    try:
        await asyncio.wait_for(slow("no time"), 0)
    except TimeoutError:
        print("no time timed out")
    async with asyncio.timeout(-1):
        t = asyncio.create_task(quick("in the past"))
        print(t.done())
    print("not expired by it")


async def gathered(loop):
    g = asyncio.gather(quick(1), quick(2))
    print("done", g.done())
    loop.call_soon(print, "soon")
    print(await g)
    g = asyncio.gather(quick(1), fails("g"), slow("sibling"))
    print("failed", g.done())
    try:
        await g
    except ValueError as e:
        print("error", e)
    r = await asyncio.gather(fails("x"), quick(3), return_exceptions=True)
    print([repr(x) for x in r])
    for c in asyncio.as_completed([turns(1), quick("q"), fails("y")]):
        try:
            print(await c)
        except ValueError as e:
            print("completed", e)
    done, pending = await asyncio.wait([asyncio.create_task(quick("w")), asyncio.create_task(turns(2))], return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    s = asyncio.shield(quick("shielded"))
    print(s.done(), await s)
    left = asyncio.all_tasks() - {me()}
    for t in left:
        t.cancel("end")
    await turns(3)
    print(len(left))


async def outside_of_tasks(loop):
    def callback():
        print("in a task", me() is not None)
        t = asyncio.create_task(shows())
        print("in a task again", me() is not None, t.done())
        asyncio.create_task(quick(2)).add_done_callback(lambda t: print("callback", t.result(), me() is not None))
        print("callback ends")
    async def shows():
        print("shows", me() is not None)
        await turns(1)
        print("shows again", me() is not None)
    loop.call_soon(callback)
    await turns(4)


async def contexts(loop):
    var.set("main")
    async def sets(name):
        print(name, var.get())
        var.set(name)
        await turns(1)
        print(name, var.get())
    t = asyncio.create_task(sets("copy"))
    print(var.get())
    ctx = contextvars.copy_context()
    u = asyncio.create_task(sets("given"), context=ctx)
    print(var.get(), ctx[var])
    await asyncio.gather(t, u)
    async def outer():
        var.set("outer")
        await asyncio.create_task(sets("inner"))
        print("outer", var.get())
    await asyncio.create_task(outer())
    print(var.get())


async def cancelled_at_once(loop):
    async def raises():
        raise asyncio.CancelledError("own")
    t = asyncio.create_task(raises())
    print(t.done(), t.cancelled())
    try:
        await t
    except asyncio.CancelledError as e:
        print("own", e.args)
    async def cancels_and_ends():
        asyncio.current_task().cancel("unused")
        return "value"
    t = asyncio.create_task(cancels_and_ends())
    print(t.done(), t.cancelled())
    try:
        print(await t)
    except asyncio.CancelledError as e:
        print("ended cancelled", e.args)
    t = asyncio.create_task(slow("victim"))
    t.cancel("one")
    t.cancel("two")
    print(t.cancelling())
    await asyncio.wait([t])
    async def swallows():
        try:
            await slow("swallows")
        except asyncio.CancelledError:
            return "swallowed", asyncio.current_task().uncancel()
    t = asyncio.create_task(swallows())
    t.cancel()
    print(await t)


async def awaiting(loop):
    f = loop.create_future()
    async def waits(name):
        print(name, "waits")
        print(name, await f)
    tasks = [asyncio.create_task(waits(n)) for n in "ab"]
    f.set_result("value")
    tasks.append(asyncio.create_task(waits("c")))
    print([t.done() for t in tasks])
    await asyncio.wait(tasks[:2])
    lock = asyncio.Lock()
    async def locks(name):
        async with lock:
            print(name, "in")
            await turns(1)
        print(name, "out")
    await asyncio.gather(*(asyncio.create_task(locks(n)) for n in "xyz"))
    q = asyncio.Queue(1)
    async def puts():
        for i in range(3):
            await q.put(i)
            print("put", i)
    async def gets():
        for i in range(3):
            print("got", await q.get())
    await asyncio.gather(asyncio.create_task(puts()), asyncio.create_task(gets()))


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    for part in (parent_cancelled_before, cancels_its_parent, in_groups, in_limits, gathered, outside_of_tasks, contexts,
                 cancelled_at_once, awaiting):
        print("--", part.__name__)
        await part(loop)


asyncio.run(main())
