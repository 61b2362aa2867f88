# Task groups within task groups, timeouts and each other's failures: which exceptions come out, nested how, in which order.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def fail(name, n=0, error=ValueError):
    await turns(n)
    print(name, "fails")
    raise error(name)


async def wait(name, error=None):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print(name, "cancelled")
        if error:
            raise error
        raise


def tell(e):
    if isinstance(e, BaseExceptionGroup):
        return "[" + ", ".join(tell(x) for x in e.exceptions) + "]"
    return type(e).__name__ + ":" + str(e)


async def scenario(body):
    print("--", body.__name__)
    try:
        await body()
        print("no error")
    except BaseExceptionGroup as e:
        print(tell(e))
    except (Exception, asyncio.CancelledError) as e:
        print(tell(e))
    print(asyncio.current_task().cancelling())


async def three_deep():
    async with asyncio.TaskGroup() as a:
        a.create_task(wait("a1"))
        async def second():
            async with asyncio.TaskGroup() as b:
                b.create_task(wait("b1", KeyError("b1 cleanup")))
                async def third():
                    async with asyncio.TaskGroup() as c:
                        c.create_task(wait("c1"))
                        c.create_task(fail("c2", 2))
                b.create_task(third())
        a.create_task(second())


async def body_raises_while_children_fail():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(fail("one", 0))
        tg.create_task(wait("two", KeyError("two")))
        tg.create_task(fail("three", 1))
        await turns(1)
        raise RuntimeError("body")


async def body_error_equals_cancel():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(fail("child"))
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            raise RuntimeError("replaced") from None


async def inner_error_is_handled():
    async with asyncio.TaskGroup() as outer:
        outer.create_task(turns(3))
        try:
            async with asyncio.TaskGroup() as inner:
                inner.create_task(fail("inner"))
        except* ValueError as e:
            print("handled", tell(e))
        await turns(1)
        print("outer goes on")


async def child_cancelled_error():
    async with asyncio.TaskGroup() as tg:
        async def child():
            raise asyncio.CancelledError("own")
        t = tg.create_task(child())
        tg.create_task(turns(2))
    print(t.cancelled())


async def timeout_in_group():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(wait("sibling"))
        async with asyncio.timeout(0.01):
            await asyncio.sleep(1)


async def group_in_timeout_with_failure():
    async with asyncio.timeout(10) as scope:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail("child", 1))
            await asyncio.sleep(1)
    print(scope.expired())


async def timeout_while_children_clean_up():
    async def slow(name):
        try:
            await asyncio.sleep(10)
        finally:
            print(name, "cleans")
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                print(name, "cleaning cancelled")
                raise
    async with asyncio.timeout(0.02) as scope:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(slow("s"))
            await turns(1)
            raise RuntimeError("body")


async def outside_and_inside():
    async def inside():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail("child", 2))
            tg.create_task(wait("other"))
            await asyncio.sleep(10)
    t = asyncio.create_task(inside())
    await turns(3)
    t.cancel("outside")
    await t


async def outside_in_exit():
    async def inside():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(wait("one"))
            tg.create_task(wait("two", ValueError("two")))
        print("never")
    t = asyncio.create_task(inside())
    await turns(2)
    t.cancel("outside")
    await t


async def results_and_order():
    async def work(n, k):
        await turns(k)
        print("end", n)
        return n
    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(work(n, k), name="t" + n) for n, k in (("a", 2), ("b", 0), ("c", 1))]
        tasks[0].add_done_callback(lambda t: print("callback", t.get_name()))
        print("body ends")
    print([t.result() for t in tasks], [t.get_name() for t in tasks])


async def gather_in_group():
    async with asyncio.TaskGroup() as tg:
        async def child():
            await asyncio.gather(wait("g1"), wait("g2"))
        tg.create_task(child())
        tg.create_task(fail("f", 2))


async def group_in_gather():
    async def grouped(name):
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail(name + "1", 1))
            tg.create_task(fail(name + "2", 1))
    r = await asyncio.gather(grouped("x"), grouped("y"), return_exceptions=True)
    print([tell(e) for e in r])


async def main():
    for body in (three_deep, body_raises_while_children_fail, body_error_equals_cancel, inner_error_is_handled, child_cancelled_error,
                 timeout_in_group, group_in_timeout_with_failure, timeout_while_children_clean_up, outside_and_inside, outside_in_exit,
                 results_and_order, gather_in_group, group_in_gather):
        await scenario(body)


asyncio.run(main())
