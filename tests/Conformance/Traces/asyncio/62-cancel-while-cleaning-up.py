# Cancellation that comes while the last one is dealt with: in finally, in except, through shields, in time limits, at the end.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def outcome(task):
    try:
        print("result", await task)
    except asyncio.CancelledError as e:
        print("cancelled", e.args, task.cancelled(), task.cancelling())
    except Exception as e:
        print("failed", repr(e), task.cancelling())


async def in_finally():
    async def work():
        try:
            await asyncio.sleep(10)
        finally:
            print("cleaning")
            try:
                await asyncio.sleep(10)
            finally:
                print("cleaning the cleaning")
                await turns(2)
                print("clean")

    task = asyncio.create_task(work())
    await turns(1)
    task.cancel("one")
    await turns(1)
    task.cancel("two")
    await outcome(task)


async def swallowed_twice():
    async def work():
        for i in range(3):
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError as e:
                print("swallowed", i, e.args, asyncio.current_task().cancelling())
        return "survived"

    task = asyncio.create_task(work())
    await turns(1)
    for i in range(3):
        print(task.cancel(str(i)))
        await turns(1)
    await outcome(task)
    print(task.cancelling())


async def another_error():
    async def work():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            raise KeyError("cleanup") from e

    task = asyncio.create_task(work())
    await turns(1)
    task.cancel()
    await outcome(task)


async def uncancelled():
    async def work():
        me = asyncio.current_task()
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("requests", me.cancelling(), "left", me.uncancel(), me.uncancel())
        await asyncio.sleep(0)
        return me.cancelling()

    task = asyncio.create_task(work())
    await turns(1)
    task.cancel()
    await outcome(task)


async def shielded_cleanup():
    async def save():
        await turns(3)
        print("saved")
        return "saved"

    async def work():
        try:
            await asyncio.sleep(10)
        finally:
            saving = asyncio.ensure_future(save())
            try:
                await asyncio.shield(saving)
            except asyncio.CancelledError as e:
                print("cancelled again", e.args, saving.done())
                print(await saving)
                raise

    task = asyncio.create_task(work())
    await turns(1)
    task.cancel("first")
    await turns(1)
    task.cancel("second")
    await outcome(task)


async def cancel_and_finish():
    async def work():
        asyncio.current_task().cancel("myself")
        print("goes on to its next await")
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError as e:
            print("there", e.args)
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            print("not again")
        return "end"

    await outcome(asyncio.create_task(work()))


async def cancel_done_future():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    async def work():
        try:
            return await future
        except asyncio.CancelledError as e:
            print("instead of the result", e.args)
            raise

    task = asyncio.create_task(work())
    await turns(1)
    future.set_result("result")
    task.cancel("late")
    await outcome(task)
    failing = loop.create_future()

    async def other():
        try:
            await failing
        except ValueError:
            print("not seen")

    task = asyncio.create_task(other())
    await turns(1)
    failing.set_exception(ValueError("x"))
    task.cancel("late")
    await outcome(task)
    print(type(failing.exception()).__name__)


async def awaits_cancelled_task():
    async def inner():
        await asyncio.sleep(10)

    async def work(it):
        try:
            await it
        except asyncio.CancelledError as e:
            print("inner was cancelled, not I", e.args, asyncio.current_task().cancelling())
            return "fine"

    it = asyncio.create_task(inner())
    task = asyncio.create_task(work(it))
    await turns(2)
    it.cancel("inner only")
    await outcome(task)
    it = asyncio.create_task(inner())
    first, second = asyncio.create_task(work(it)), asyncio.create_task(work(it))
    await turns(2)
    first.cancel("through")
    await outcome(first)
    await outcome(second)


async def chain():
    async def level(n):
        try:
            if n == 0:
                await asyncio.sleep(10)
            else:
                await level(n - 1)
        finally:
            print("leaves", n)

    task = asyncio.create_task(level(3))
    await turns(1)
    task.cancel()
    await outcome(task)


async def main():
    for part in (in_finally, swallowed_twice, another_error, uncancelled, shielded_cleanup, cancel_and_finish, cancel_done_future,
                 awaits_cancelled_task, chain):
        print("--", part.__name__)
        await part()


asyncio.run(main())
