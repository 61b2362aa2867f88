# Groups and time limits whose cancellation is asked for, taken back, thrown by hand or comes in the turn of a failure.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def me():
    return asyncio.current_task()


def show(e):
    if isinstance(e, BaseExceptionGroup):
        return '[' + ', '.join(show(x) for x in e.exceptions) + ']'
    return type(e).__name__ + ' ' + ' '.join(str(a) for a in e.args if a)


async def tell(name, coro):
    task = asyncio.ensure_future(coro)
    try:
        print(name, 'gives', await task)
    except (Exception, asyncio.CancelledError) as e:
        print(name, show(e))
    print(name, task.cancelling(), task.cancelled())


async def child(name, n=None, error=None, last=None):
    try:
        if n is None:
            await asyncio.sleep(1000)
        await turns(n)
        if error:
            raise error
        print(name, 'ends')
    except asyncio.CancelledError as e:
        print(name, 'cancelled', *[a for a in e.args if a])
        if last:
            raise last
        raise


async def taken_back_in_body():
    async with asyncio.TaskGroup() as g:
        g.create_task(child('a', 5))
        me().cancel('x')
        try:
            await turns(1)
        except asyncio.CancelledError:
            print('left', me().uncancel())
        await turns(1)
        print('body ends')
    return 'fine'


async def kept_in_body():
    async with asyncio.TaskGroup() as g:
        g.create_task(child('a', 5))
        me().cancel('x')
        try:
            await turns(1)
        except asyncio.CancelledError:
            print('kept', me().cancelling())
        print('body ends')
    await turns(1)
    return 'fine', me().cancelling()


async def thrown_by_hand():
    async with asyncio.TaskGroup() as g:
        g.create_task(child('a', 3))
        await turns(1)
        raise asyncio.CancelledError('by hand')


async def thrown_by_hand_and_failed():
    async with asyncio.TaskGroup() as g:
        g.create_task(child('a', 1, last=ValueError('in cleanup')))
        g.create_task(child('b', 1, last=ValueError('in cleanup')))
        raise asyncio.CancelledError('by hand')


async def cancelled_at_start():
    print('begins', me().cancelling())
    async with asyncio.TaskGroup() as g:
        g.create_task(child('a'))
        print('body')
    print('never')


async def starts_cancelled():
    async def work():
        me().cancel('early')
        await cancelled_at_start()
    await work()


async def fails_in_the_turn(order):
    async def inside():
        async with asyncio.TaskGroup() as g:
            g.create_task(child('a', 2, KeyError('k')))
            g.create_task(child('b'))
    t = asyncio.create_task(inside())
    await turns(order)
    print(t.cancel('outside'), t.cancelling())
    await tell('inside', t)


async def body_and_child_in_one_turn():
    async with asyncio.TaskGroup() as g:
        g.create_task(child('a', 1, KeyError('k')))
        await turns(2)
        raise ValueError('body')


async def inner_and_outer():
    async with asyncio.TaskGroup() as g:
        g.create_task(child('outer child', 2, KeyError('outer')))
        async with asyncio.TaskGroup() as h:
            h.create_task(child('inner child', 2, ValueError('inner')))
            h.create_task(child('inner sibling'))


async def added_while_leaving():
    async with asyncio.TaskGroup() as g:
        async def adds(n):
            await turns(1)
            if n:
                print('adds', n)
                g.create_task(adds(n - 1))
        g.create_task(adds(3))
    print('left')


async def limit_in_child():
    async def limited(name, n):
        async with asyncio.timeout(0.01 * n):
            await asyncio.sleep(1)
    async with asyncio.TaskGroup() as g:
        g.create_task(limited('a', 2))
        g.create_task(limited('b', 1))
        g.create_task(child('c', 1))


async def limit_takes_back():
    try:
        async with asyncio.timeout(0.01):
            async with asyncio.TaskGroup() as g:
                g.create_task(child('a', last=ValueError('late')))
                await asyncio.sleep(1)
    except* ValueError as e:
        print(show(e), me().cancelling())
    return me().cancelling()


async def limit_and_outside():
    async def inside():
        try:
            async with asyncio.timeout(0.01) as scope:
                await asyncio.sleep(1)
        finally:
            print('expired', scope.expired(), me().cancelling())
    t = asyncio.create_task(inside())
    loop = asyncio.get_running_loop()
    await turns(1)
    loop.call_later(0.02, t.cancel, 'late')
    await tell('in time', t)
    t = asyncio.create_task(inside())
    await turns(1)
    loop.call_at(loop.time() + 0.005, t.cancel, 'early')
    await tell('before', t)


async def limits_without_waits():
    for when in (0, -1, None):
        try:
            async with asyncio.timeout(when) as scope:
                pass
            print(when, scope.expired())
        except TimeoutError:
            print(when, 'timeout')
    async with asyncio.timeout(None) as scope:
        print(scope.when())
        scope.reschedule(asyncio.get_running_loop().time() + 5)
        scope.reschedule(None)
        print(scope.when(), scope.expired())
    try:
        scope.reschedule(1)
    except RuntimeError:
        print('too late')
    try:
        async with asyncio.timeout(0) as scope:
            print('in')
            await turns(1)
            print('one')
            await turns(1)
            print('two')
    except TimeoutError as e:
        print('timeout', type(e.__cause__).__name__, me().cancelling())


async def uncounted():
    async def work():
        print(me().uncancel(), me().cancelling())
        me().cancel()
        me().cancel()
        me().uncancel()
        me().uncancel()
        try:
            await turns(1)
            print('not cancelled')
        except asyncio.CancelledError:
            print('cancelled', me().cancelling())
        return 'end'
    t = asyncio.create_task(work())
    await tell('work', t)
    print(t.cancel(), t.cancelling(), t.uncancel())


async def main():
    for step in (taken_back_in_body, kept_in_body, thrown_by_hand, thrown_by_hand_and_failed, starts_cancelled,
                 body_and_child_in_one_turn, inner_and_outer, added_while_leaving, limit_in_child, limit_takes_back, limit_and_outside,
                 limits_without_waits, uncounted):
        print('--', step.__name__)
        await tell('it', step())
    for order in (2, 3, 4, 5):
        print('-- fails in the turn', order)
        await fails_in_the_turn(order)
    t = asyncio.create_task(cancelled_at_start())
    t.cancel()
    await tell('never begun', t)


asyncio.run(main())
