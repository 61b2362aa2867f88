# Time limits, cancellation counts and gathers among each other: limits that are moved while they run out, requests that are taken back,
# children that are cancelled, shields that nobody waits for, callbacks of what is done.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def me():
    return asyncio.current_task()


def now():
    return asyncio.get_running_loop().time()


async def tell(name, c):
    try:
        print(name, await c)
    except asyncio.CancelledError as e:
        print(name, "cancelled", e.args)
    except Exception as e:
        print(name, type(e).__name__, e.args)


async def slow(name, seconds=10, result=None):
    try:
        await asyncio.sleep(seconds)
        return result or name
    except asyncio.CancelledError as e:
        print(name, "cancelled", e.args)
        raise


async def moved_by_others(loop):
    async def work():
        async with asyncio.timeout(.2) as scope:
            loop.call_later(.1, scope.reschedule, now() + .5)
            loop.call_later(.3, print, "still there")
            try:
                await asyncio.sleep(1)
            finally:
                print("expired", scope.expired())
    await tell("moved", work())
    async def earlier():
        async with asyncio.timeout(10) as scope:
            loop.call_soon(scope.reschedule, now() - 1)
            await turns(1)
            print("one turn")
            await turns(1)
            print("two turns")
            await turns(1)
            print("never")
    await tell("earlier", earlier())
    async def lifted():
        async with asyncio.timeout(0) as scope:
            scope.reschedule(None)
            await turns(3)
            print("lifted", scope.when())
        return scope.expired()
    await tell("lifted", lifted())
    async def in_cleanup():
        async with asyncio.timeout(.1) as scope:
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                try:
                    scope.reschedule(now() + 1)
                except RuntimeError:
                    print("too late")
                raise
    await tell("in cleanup", in_cleanup())


async def same_deadline(loop):
    when = now() + .1
    async def work():
        async with asyncio.timeout_at(when) as outer:
            try:
                async with asyncio.timeout_at(when) as inner:
                    await asyncio.sleep(1)
            except TimeoutError:
                print("inner", inner.expired(), outer.expired(), me().cancelling())
                await turns(1)
                print("goes on")
    await tell("same", work())
    async def three():
        try:
            async with asyncio.timeout(.3):
                try:
                    async with asyncio.timeout(.2):
                        async with asyncio.timeout(.1):
                            try:
                                await asyncio.sleep(1)
                            except asyncio.CancelledError:
                                await asyncio.sleep(.5)
                except TimeoutError:
                    print("the middle one", me().cancelling())
                    raise
        except TimeoutError:
            print("outer", me().cancelling())
    await tell("three", three())


async def taken_back(loop):
    async def work():
        me().cancel("one")
        me().cancel("two")
        print(me().uncancel(), me().cancelling())
        try:
            await turns(1)
        except asyncio.CancelledError as e:
            print(e.args, me().uncancel())
        async with asyncio.timeout(.1):
            await asyncio.sleep(1)
    await tell("taken back", asyncio.create_task(work()))
    async def foreign_request():
        try:
            async with asyncio.timeout(.1):
                try:
                    await asyncio.sleep(1)
                except asyncio.CancelledError:
                    me().cancel("mine too")
                    raise
        except TimeoutError:
            print("timeout")
        except asyncio.CancelledError as e:
            print("cancelled", e.args, me().cancelling())
            me().uncancel()
            return "kept"
    await tell("foreign", asyncio.create_task(foreign_request()))
    async def group_takes_back():
        try:
            async with asyncio.TaskGroup() as tg:
                tg.create_task(slow("a"))
                me().cancel("outside")
                print("asked", me().cancelling())
        except asyncio.CancelledError as e:
            print("group", e.args, me().cancelling(), me().uncancel())
        await turns(2)
        return "after"
    await tell("group", asyncio.create_task(group_takes_back()))


async def gathered(loop):
    a, b = asyncio.create_task(slow("a")), asyncio.create_task(slow("b", .3))
    g = asyncio.gather(a, b, return_exceptions=True)
    await turns(1)
    a.cancel("a")
    r = await g
    print([type(x).__name__ for x in r])
    g = asyncio.gather(slow("c"), slow("d"), return_exceptions=True)
    await turns(1)
    print(g.cancel("all"), g.cancelled(), g.done())
    await tell("cancelled gather", g)
    c = loop.create_future()
    g = asyncio.gather(c, slow("e", .1))
    c.cancel("future")
    await tell("future cancelled", g)
    await asyncio.sleep(.2)
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            await asyncio.sleep(.1)
            return "stubborn"
    g = asyncio.gather(stubborn(), slow("f"))
    await turns(1)
    g.cancel("why")
    await tell("stubborn", g)
    g = asyncio.gather(stubborn(), stubborn())
    await turns(1)
    g.cancel("why")
    await tell("all stubborn", g)
    async def fails():
        await turns(1)
        raise ValueError("f")
    g = asyncio.gather(fails(), fails(), slow("h", .1))
    print(g.add_done_callback(lambda g: print("callback", repr(g.exception()))))
    await tell("two fail", g)
    print(g.cancel(), g.done())
    await asyncio.sleep(.2)
    inner = asyncio.gather(slow("i", .1), slow("j", .2))
    outer = asyncio.gather(inner, asyncio.shield(slow("k", .3)), slow("l", .1))
    await turns(1)
    inner.cancel("inner")
    await tell("nested", outer)
    await asyncio.sleep(.5)


async def shielded(loop):
    s = asyncio.shield(slow("quiet", .1, "kept"))
    await turns(1)
    s.cancel("s")
    await tell("shield", s)
    t = asyncio.create_task(slow("twice", .2))
    a, b = asyncio.shield(t), asyncio.shield(t)
    await turns(1)
    a.cancel()
    await tell("other", b)
    print(a.cancelled())
    await tell("nested shields", asyncio.shield(asyncio.shield(slow("deep", .1))))
    async def in_limit():
        t = asyncio.create_task(slow("work", .3))
        try:
            async with asyncio.timeout(.1):
                await asyncio.shield(t)
        except TimeoutError:
            print("limit", t.done())
        return await t
    await tell("in limit", in_limit())


async def waited(loop):
    f = loop.create_future()
    async def sets():
        await asyncio.sleep(.1)
        f.set_result("in time")
    t = asyncio.create_task(sets())
    await tell("future", asyncio.wait_for(f, 1))
    f = loop.create_future()
    await tell("late", asyncio.wait_for(f, .1))
    print(f.cancelled())
    t = asyncio.create_task(slow("inner"))
    w = asyncio.create_task(asyncio.wait_for(t, 5))
    await turns(2)
    t.cancel("inner goes")
    await tell("inner cancelled", w)
    t = asyncio.create_task(slow("swallowed"))
    async def swallows():
        try:
            return await asyncio.wait_for(t, .1)
        except TimeoutError as e:
            return "timeout", t.cancelled(), me().cancelling()
    await tell("swallows", asyncio.create_task(swallows()))
    w = asyncio.create_task(asyncio.wait_for(slow("x"), 5))
    w.cancel("before it begins")
    await tell("not begun", w)
    d, p = await asyncio.wait([asyncio.create_task(slow("n", .1)), asyncio.create_task(slow("m", .2))], timeout=.5, return_when=asyncio.FIRST_COMPLETED)
    print(len(d), len(p))
    await asyncio.wait(p)
    order = []
    for c in asyncio.as_completed([slow("3", .3), slow("1", .1), slow("2", .2)], timeout=.25):
        try:
            order.append(await c)
        except TimeoutError:
            order.append("timeout")
    print(order)
    async for t in asyncio.as_completed([asyncio.create_task(slow(n, s)) for n, s in (("q", .2), ("p", .1))]):
        print(t.done(), await t)


async def callbacks(loop):
    f = loop.create_future()
    f.add_done_callback(lambda f: (print("first"), f.remove_done_callback(second), loop.call_soon(print, "soon of first")))
    def second(f):
        print("second")
    f.add_done_callback(second)
    f.add_done_callback(second)
    f.set_result(1)
    print(f.remove_done_callback(second))
    f.add_done_callback(lambda f: print("added when done"))
    await turns(2)
    f = loop.create_future()
    f.add_done_callback(lambda f: print("cancelled", f.cancelled()))
    loop.call_soon(f.cancel)
    await tell("future", f)
    t = asyncio.create_task(slow("t", 0))
    t.add_done_callback(lambda t: print("task done", me() is None))
    async def waits(n):
        await t
        print("woken", n)
    a, b = asyncio.create_task(waits(1)), asyncio.create_task(waits(2))
    t.add_done_callback(lambda t: print("task done again"))
    await asyncio.wait([a, b])


async def main():
    loop = asyncio.get_running_loop()
    for part in (moved_by_others, same_deadline, taken_back, gathered, shielded, waited, callbacks):
        print("--", part.__name__)
        await part(loop)


asyncio.run(main())
