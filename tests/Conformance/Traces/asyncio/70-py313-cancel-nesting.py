# Cancellation inside clean-ups, swallowed, counted and taken back; what shield, gather and wait_for make of it.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def me():
    return asyncio.current_task()


async def twice_in_one_turn():
    async def work():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            print("first", e.args, me().cancelling())
            try:
                await asyncio.sleep(0)
                print("no second one")
            except asyncio.CancelledError as e:
                print("second", e.args)
            print(me().uncancel(), me().uncancel(), me().uncancel())
            await asyncio.sleep(0)
            return "survived"
    t = asyncio.create_task(work())
    await turns(1)
    print(t.cancel("a"), t.cancel("b"), t.cancelling())
    print(await t, t.cancelled())


async def cancels_itself():
    async def work():
        me().cancel("self")
        print("goes on", me().cancelling())
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError as e:
            print(e.args)
            me().uncancel()
        await asyncio.sleep(0)
        me().cancel("again")
        me().uncancel()
        try:
            await turns(1)
            print("taken back")
        except asyncio.CancelledError as e:
            print("thrown all the same", e.args)
        me().cancel("at the end")
        return "result"
    t = asyncio.create_task(work())
    try:
        print(await t)
    except asyncio.CancelledError as e:
        print("cancelled", e.args, t.cancelled())


async def while_awaiting_a_task():
    async def inner():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            print("inner", e.args)
            await turns(2)
            print("inner cleaned")
            raise ValueError("from clean-up")
    async def outer():
        try:
            await asyncio.create_task(inner())
        except asyncio.CancelledError as e:
            print("outer cancelled", e.args)
            raise
        except ValueError as e:
            print("outer sees", e, me().cancelling())
            return "ok"
    t = asyncio.create_task(outer())
    await turns(2)
    t.cancel("go")
    print(await t)


async def inner_swallows():
    async def inner():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "swallowed"
    async def outer():
        print(await asyncio.create_task(inner()), me().cancelling())
        await asyncio.sleep(0)
        return "outer goes on"
    t = asyncio.create_task(outer())
    await turns(2)
    t.cancel()
    print(await t, t.cancelled())


async def shielded():
    async def inner():
        await turns(4)
        print("inner done")
        return "kept"
    i = asyncio.create_task(inner())
    async def outer():
        try:
            return await asyncio.shield(i)
        except asyncio.CancelledError as e:
            print("outer", e.args, i.done())
            return await i
    t = asyncio.create_task(outer())
    await turns(1)
    t.cancel("out")
    print(await t)
    failing = asyncio.get_running_loop().create_future()
    s = asyncio.shield(failing)
    failing.cancel("inner")
    await turns(1)
    print(s.cancelled(), s.done())


async def gathered():
    async def work(n, k):
        try:
            await turns(k)
            if n == "bad":
                raise ValueError(n)
            return n
        except asyncio.CancelledError as e:
            print(n, "cancelled", e.args)
            raise
    a, bad, c = (asyncio.create_task(work(n, k)) for n, k in (("a", 1), ("bad", 2), ("c", 5)))
    try:
        await asyncio.gather(a, bad, c)
    except ValueError as e:
        print("failed", e, a.done(), c.done())
    c.cancel("c")
    r = await asyncio.gather(a, bad, c, return_exceptions=True)
    print([type(x).__name__ for x in r])
    b = asyncio.create_task(work("b", 5))
    g = asyncio.gather(b, work("d", 5), return_exceptions=True)
    await turns(1)
    b.cancel("only b")
    print([x if isinstance(x, str) else type(x).__name__ for x in await g])
    e = asyncio.create_task(work("e", 5))
    g = asyncio.gather(e, work("f", 3))
    await turns(1)
    e.cancel("only e")
    try:
        await g
    except asyncio.CancelledError as x:
        print("gather cancelled", x.args, g.cancelled())
    await turns(4)


async def waited_for():
    async def slow_cleanup():
        try:
            await asyncio.sleep(10)
        finally:
            print("cleaning")
            await asyncio.sleep(0.03)
            print("cleaned")
    try:
        await asyncio.wait_for(slow_cleanup(), 0.01)
    except TimeoutError:
        print("timeout after the clean-up")
    async def fails_on_cancel():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            raise KeyError("instead")
    try:
        await asyncio.wait_for(fails_on_cancel(), 0.01)
    except KeyError as e:
        print("error", e)
    f = asyncio.get_running_loop().create_future()
    async def waits():
        return await asyncio.wait_for(f, 1)
    t = asyncio.create_task(waits())
    await turns(1)
    f.set_result("result")
    t.cancel("at the same time")
    try:
        print(await t)
    except asyncio.CancelledError as e:
        print("cancelled", e.args, f.result())


async def before_it_begins():
    async def work():
        print("never")
    t = asyncio.create_task(work())
    t.cancel("early")
    t.add_done_callback(lambda t: print("callback", t.cancelled()))
    try:
        await t
    except asyncio.CancelledError as e:
        print(e.args)
    print(t.cancel(), t.cancelling())
    done = asyncio.create_task(turns(0))
    await done
    print(done.cancel(), done.cancelling())


async def awaited_by_many():
    f = asyncio.get_running_loop().create_future()
    async def waits(n):
        try:
            print(n, await f)
        except asyncio.CancelledError as e:
            print(n, "cancelled", e.args)
            raise
    tasks = [asyncio.create_task(waits(n)) for n in "abc"]
    await turns(1)
    tasks[1].cancel("b")
    await turns(2)
    print(f.cancelled(), [t.cancelled() for t in tasks])
    await asyncio.wait(tasks)


async def main():
    for part in (twice_in_one_turn, cancels_itself, while_awaiting_a_task, inner_swallows, shielded, gathered, waited_for, before_it_begins,
                 awaited_by_many):
        print("--", part.__name__)
        await part()


asyncio.run(main())
