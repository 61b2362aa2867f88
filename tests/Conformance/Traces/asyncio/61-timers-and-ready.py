# Ready calls before timers that are due in the same turn; timers that are cancelled by those that run before them; past times.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def soon_and_later(loop):
    loop.call_later(0, print, "later 0")
    loop.call_later(-1, print, "later -1")
    loop.call_soon(print, "soon")
    loop.call_at(loop.time() - 5, print, "at, past")
    loop.call_soon(lambda: loop.call_soon(print, "soon in soon"))
    loop.call_soon(lambda: loop.call_later(0, print, "later in soon"))
    await turns(1)
    print("main after one turn")
    await turns(3)


async def late_together(loop):
    a = loop.call_later(.01, lambda: (print("a"), c.cancel(), loop.call_soon(print, "soon from a")))
    b = loop.call_later(.02, print, "b")
    c = loop.call_later(.03, print, "c, never")
    d = loop.call_later(.04, lambda: print("d", a.cancelled(), c.cancelled()))
    b.cancel()
    b.cancel()
    await asyncio.sleep(.2)
    print(a.cancelled(), b.cancelled(), c.cancelled(), d.cancelled())


async def from_callbacks(loop):
    order = []

    def again(n):
        order.append(n)
        if n < 3:
            loop.call_later(.01, again, n + 1)
        else:
            loop.call_soon(done.set_result, None)

    done = loop.create_future()
    loop.call_later(.01, again, 0)
    await done
    print(order)


async def sleepers(loop):
    async def sleeper(name, delay):
        await asyncio.sleep(delay)
        print(name, "awake")
        await asyncio.sleep(0)
        print(name, "one turn later")

    await asyncio.gather(sleeper("c", .06), sleeper("a", .02), sleeper("zero", 0), sleeper("b", .04), sleeper("below", -1))
    print(await asyncio.sleep(0, "value"), await asyncio.sleep(.01, "late value"))


async def raising(loop):
    seen = []
    loop.set_exception_handler(lambda l, context: seen.append(type(context["exception"]).__name__))
    loop.call_soon(lambda: 1 / 0)
    loop.call_soon(print, "goes on")
    loop.call_later(.01, lambda: [][1])
    loop.call_later(.02, print, "goes on later")
    await asyncio.sleep(.05)
    print(seen)
    loop.set_exception_handler(None)


async def handles(loop):
    ran = loop.call_soon(print, "ran")
    never = loop.call_soon(print, "never")
    never.cancel()
    await turns(1)
    ran.cancel()
    later = loop.call_later(10, print, "never")
    print(0 < later.when() - loop.time() <= 10.5, later.cancelled())
    later.cancel()


async def main():
    loop = asyncio.get_running_loop()
    for part in (soon_and_later, late_together, from_callbacks, sleepers, raising, handles):
        print("--", part.__name__)
        await part(loop)


asyncio.run(main())
