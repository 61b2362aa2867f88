# Timeout scopes at their edges: nesting, clean-up that takes time, moved deadlines, and cancellation that is not theirs.
import asyncio


async def scenario(title, body):
    print("--", title)
    try:
        await body()
        print("no error")
    except TimeoutError as e:
        print("timeout, cause is a cancellation:", isinstance(e.__cause__, asyncio.CancelledError))
    except asyncio.CancelledError as e:
        print("cancelled", e.args)
    except Exception as e:
        print(type(e).__name__, e)
    print("cancelling", asyncio.current_task().cancelling())


async def inner_first():
    async with asyncio.timeout(0.05) as outer:
        try:
            async with asyncio.timeout(0.01) as inner:
                await asyncio.sleep(1)
        except TimeoutError:
            print("inner", inner.expired(), "outer", outer.expired())
        await asyncio.sleep(0)


async def outer_first():
    async with asyncio.timeout(0.01) as outer:
        try:
            async with asyncio.timeout(0.05) as inner:
                await asyncio.sleep(1)
        finally:
            print("inner", inner.expired(), "outer", outer.expired())


async def both_at_once():
    async with asyncio.timeout(0.01) as outer:
        try:
            async with asyncio.timeout(0.02) as inner:
                try:
                    await asyncio.sleep(1)
                finally:
                    print("cleaning", asyncio.current_task().cancelling())
                    try:
                        await asyncio.sleep(0.05)
                    except asyncio.CancelledError:
                        print("clean-up cancelled", asyncio.current_task().cancelling())
                        raise
        except TimeoutError:
            print("inner timeout")
            raise
        finally:
            print("inner", inner.expired(), "outer", outer.expired())


async def slow_cleanup():
    async with asyncio.timeout(0.01) as scope:
        try:
            await asyncio.sleep(1)
        finally:
            print("expired in clean-up", scope.expired())
            await asyncio.sleep(0.05)
            print("cleaned up")


async def own_error():
    async with asyncio.timeout(0.01):
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            raise ValueError("instead")


async def swallowed():
    async with asyncio.timeout(0.01) as scope:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            print("swallowed")
    print("expired", scope.expired())


async def moved():
    async with asyncio.timeout(0.01) as scope:
        scope.reschedule(asyncio.get_running_loop().time() + 0.1)
        await asyncio.sleep(0.03)
        print("later")
        scope.reschedule(None)
        print(scope.when())
        await asyncio.sleep(0.15)
        print("never")
        scope.reschedule(asyncio.get_running_loop().time() + 0.01)
        await asyncio.sleep(1)


async def past_without_await():
    async with asyncio.timeout(-1) as scope:
        print("runs")
    print("expired", scope.expired())


async def past_with_await():
    async with asyncio.timeout(-1) as scope:
        print("runs")
        await asyncio.sleep(0)
        print("first turn")
        await asyncio.sleep(0)
        print("second turn")
        await asyncio.sleep(0)


async def cancelled_from_outside():
    async def inside():
        try:
            async with asyncio.timeout(0.05) as scope:
                await asyncio.sleep(1)
        finally:
            print("expired", scope.expired(), asyncio.current_task().cancelling())
    t = asyncio.create_task(inside())
    await asyncio.sleep(0.01)
    t.cancel("mine")
    await t


async def cancelled_and_expired():
    async def inside():
        async with asyncio.timeout(0.02):
            try:
                await asyncio.sleep(1)
            finally:
                try:
                    await asyncio.sleep(0.05)
                except asyncio.CancelledError:
                    print("second", asyncio.current_task().cancelling())
                    raise
    t = asyncio.create_task(inside())
    await asyncio.sleep(0.01)
    t.cancel("mine")
    await t


async def used_after():
    async with asyncio.timeout(1) as scope:
        pass
    try:
        scope.reschedule(5)
    except RuntimeError:
        print("refused")


async def group_in_timeout():
    async def child():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            print("child cancelled")
            raise
    async with asyncio.timeout(0.01):
        async with asyncio.TaskGroup() as tg:
            tg.create_task(child())
            tg.create_task(child())


async def main():
    for body in (inner_first, outer_first, both_at_once, slow_cleanup, own_error, swallowed, moved, past_without_await, past_with_await,
                 cancelled_from_outside, cancelled_and_expired, used_after, group_in_timeout):
        await scenario(body.__name__, body)


asyncio.run(main())
