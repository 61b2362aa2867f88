# What is left of a cancellation's message behind gathers and shields, and groups of which a child fails while the parent waits for the
# others: found by random programs.
import asyncio


def message(e):
    return f'{type(e).__name__}({",".join(a for a in e.args if a)})'


async def caught(awaitable):
    try:
        return await awaitable
    except asyncio.CancelledError as e:
        return message(e)


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def forever():
    await asyncio.get_running_loop().create_future()


async def stubborn(n):
    for _ in range(n):
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            print('stubborn')
    return 'done'


async def gathered(*coros):
    return await caught(asyncio.gather(*coros, return_exceptions=True))


async def the_last_one_tells():
    for coros in ((forever(), turns(9)), (turns(9), forever()), (forever(), stubborn(3)), (stubborn(3), turns(1))):
        t = asyncio.create_task(gathered(*coros))
        await turns(2)
        t.cancel('why')
        print(await t)


async def outcomes_have_no_message():
    a, b = asyncio.create_task(forever()), asyncio.create_task(forever())
    f = asyncio.get_running_loop().create_future()
    b.cancel('before it starts')
    await turns(2)
    a.cancel('while it waits')
    f.cancel('a future')
    print([message(x) for x in await asyncio.gather(a, b, f, return_exceptions=True)])
    print(await caught(a), await caught(b), await caught(f))


async def shields():
    t = asyncio.create_task(forever())
    await turns(1)
    t.cancel('gone')
    await turns(2)
    print(await caught(asyncio.shield(t)), await caught(asyncio.shield(t)))
    t = asyncio.create_task(forever())
    shield = asyncio.ensure_future(asyncio.shield(t))
    await turns(1)
    t.cancel('later')
    print(await caught(shield))


async def fails(n, text):
    await turns(n)
    print('fails', text)
    raise ValueError(text)


async def a_child_fails_while_the_parent_waits():
    async def parent():
        me = asyncio.current_task()
        async def looks():
            try:
                await forever()
            finally:
                print('cancelling of the parent', me.cancelling())
        try:
            async with asyncio.TaskGroup() as g:
                g.create_task(fails(1, 'a'))
                g.create_task(fails(1, 'b'))
                g.create_task(looks())
        except* ValueError as e:
            print([str(x) for x in e.exceptions], me.cancelling())
        await turns(1)
        print('goes on', me.cancelling())
    async def beside():
        for n in range(8):
            print('turn', n)
            await asyncio.sleep(0)
    await asyncio.gather(parent(), beside())


async def both_fail_in_one_turn():
    async def parent():
        try:
            async with asyncio.TaskGroup() as g:
                g.create_task(fails(1, 'late'))
                g.create_task(fails(0, 'early'))
        except* ValueError as e:
            print([str(x) for x in e.exceptions])
    async def beside():
        for n in range(5):
            print('turn', n)
            await asyncio.sleep(0)
    await asyncio.gather(parent(), beside())


async def cancelled_from_outside_meanwhile():
    async def parent():
        me = asyncio.current_task()
        try:
            async with asyncio.TaskGroup() as g:
                g.create_task(fails(0, 'x'))
                g.create_task(stubborn(6))
                await forever()
        except* ValueError as e:
            print([str(x) for x in e.exceptions], me.cancelling())
        print(await caught(turns(1)), me.cancelling())
        return 'ends'
    t = asyncio.create_task(parent())
    await turns(4)
    t.cancel('outside')
    print(await caught(t))


async def main():
    for step in (the_last_one_tells, outcomes_have_no_message, shields, a_child_fails_while_the_parent_waits, both_fail_in_one_turn,
                 cancelled_from_outside_meanwhile):
        print('--', step.__name__)
        await step()


asyncio.run(main())
