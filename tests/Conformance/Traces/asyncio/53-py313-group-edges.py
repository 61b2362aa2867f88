# Task groups at their edges: who is cancelled, which errors come out, in which order, and what the parent's count of requests says.
import asyncio


class Odd(Exception):
    pass


async def sleeper(name, seconds=10):
    try:
        print(name, "starts")
        await asyncio.sleep(seconds)
        print(name, "ends")
    except asyncio.CancelledError as e:
        print(name, "cancelled", e.args)
        raise


async def fails(name, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    print(name, "fails")
    raise Odd(name)


async def cleanup_fails(name):
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(0)
        print(name, "cleaned up")
        raise Odd(name)


def names(group):
    return [names(e) if isinstance(e, BaseExceptionGroup) else str(e) for e in group.exceptions]


async def scenario(title, body):
    print("--", title)
    try:
        await body()
        print("no error")
    except BaseExceptionGroup as e:
        print("group", names(e))
    except asyncio.CancelledError:
        print("cancelled")
    except Exception as e:
        print(type(e).__name__)
    print("cancelling", asyncio.current_task().cancelling())


async def body_and_child():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(cleanup_fails("child"))
        tg.create_task(sleeper("sibling"))
        await asyncio.sleep(0)
        raise Odd("body")


async def child_while_body_waits():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(fails("child", 1))
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("body cancelled", asyncio.current_task().cancelling())
            raise


async def body_swallows():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(fails("child", 1))
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("swallowed")
        await asyncio.sleep(0.01)
        print("body goes on")


async def two_in_one_turn():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(fails("first", 2))
        tg.create_task(fails("second", 2))
        tg.create_task(fails("third", 3))


async def not_started():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(sleeper("never seen"))
        raise Odd("at once")


async def child_cancels_itself():
    async with asyncio.TaskGroup() as tg:
        t = tg.create_task(sleeper("victim"))
        tg.create_task(sleeper("witness", 0.01))
        await asyncio.sleep(0)
        t.cancel("go")


async def nested():
    async with asyncio.TaskGroup() as outer:
        outer.create_task(cleanup_fails("outer child"))
        async with asyncio.TaskGroup() as inner:
            inner.create_task(fails("inner child", 1))
            await asyncio.sleep(0)
            await asyncio.sleep(10)


async def spawned_by_child():
    async with asyncio.TaskGroup() as tg:
        async def child():
            tg.create_task(sleeper("grandchild", 0.01))
            print("child ends")
        tg.create_task(child())
    print("group left")
    coro = sleeper("late")
    try:
        tg.create_task(coro)
    except RuntimeError:
        print("finished group refuses")
        coro.close()


async def spawned_while_aborting():
    async with asyncio.TaskGroup() as tg:
        async def stubborn():
            try:
                await asyncio.sleep(10)
            finally:
                coro = sleeper("late")
                try:
                    tg.create_task(coro)
                except RuntimeError:
                    print("aborting group refuses")
                    coro.close()
        tg.create_task(stubborn())
        await asyncio.sleep(0)
        raise Odd("body")


async def cancelled_outside():
    async def inside():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(sleeper("one"))
            tg.create_task(cleanup_fails("two"))
    t = asyncio.create_task(inside())
    await asyncio.sleep(0.01)
    t.cancel("outside")
    try:
        await t
    finally:
        print("request count", t.cancelling())


async def cancelled_outside_quiet():
    async def inside():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(sleeper("one"))
    t = asyncio.create_task(inside())
    await asyncio.sleep(0.01)
    t.cancel("outside")
    t.cancel("again")
    try:
        await t
    except asyncio.CancelledError as e:
        print("request count", t.cancelling(), t.cancelled())
        raise


async def main():
    for body in (body_and_child, child_while_body_waits, body_swallows, two_in_one_turn, not_started, child_cancels_itself, nested,
                 spawned_by_child, spawned_while_aborting, cancelled_outside, cancelled_outside_quiet):
        await scenario(body.__name__, body)


asyncio.run(main())
