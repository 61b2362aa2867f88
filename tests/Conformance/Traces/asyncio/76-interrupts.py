# Interrupts of a runner: the first cancels main, which may clean up, swallow it or fail; the second comes through everything. What is
# left is cancelled when the runner is closed.
import asyncio, signal
async def sleeper(name, cleans=0, again=False):
    try: await asyncio.sleep(10)
    except asyncio.CancelledError as e:
        print(name, 'cancelled', e.args)
        if again: interrupt()
        raise
    finally:
        if cleans:
            try: await asyncio.sleep(cleans)
            except asyncio.CancelledError: print(name, 'cancelled again'); raise
        print(name, 'finally')
def interrupt(): asyncio.get_running_loop().call_later(.01, signal.raise_signal, signal.SIGINT)
def run(name, main):
    print('--', name)
    try: print('result', asyncio.run(main()))
    except BaseException as e: print(type(e).__name__, e if isinstance(e, Exception) else '')
async def plain():
    global left; left = asyncio.create_task(sleeper('left'))
    interrupt()
    await sleeper('main')
run('plain', plain)
async def cleaning():
    interrupt()
    await sleeper('main', .01)
run('cleaning', cleaning)
async def swallows():
    interrupt()
    try: await asyncio.sleep(10)
    except asyncio.CancelledError: print('swallowed', asyncio.current_task().cancelling())
    await asyncio.sleep(0)
    return 'done'
run('swallows', swallows)
async def forgives():
    interrupt()
    try: await asyncio.sleep(10)
    except asyncio.CancelledError: print('uncancel', asyncio.current_task().uncancel()); raise
run('forgives', forgives)
async def cancelled_too():
    me = asyncio.current_task()
    asyncio.get_running_loop().call_soon(me.cancel, 'mine')
    try: await asyncio.sleep(10)
    except asyncio.CancelledError as e: print('first', e.args)
    interrupt()
    await asyncio.sleep(10)
run('cancelled too', cancelled_too)
async def fails():
    interrupt()
    try: await asyncio.sleep(10)
    finally: raise ValueError('instead')
run('fails', fails)
async def twice():
    interrupt()
    await sleeper('main', 10, again=True)
run('twice', twice)
async def thrice():
    interrupt()
    try: await asyncio.sleep(10)
    except asyncio.CancelledError: print('swallowed')
    interrupt()
    try: await asyncio.sleep(10)
    except asyncio.CancelledError: print('and the one of the end')
    return 'nobody gets it'
run('thrice', thrice)
async def in_timeout():
    interrupt()
    try:
        async with asyncio.timeout(5): await sleeper('inner')
    except TimeoutError: print('never')
run('timeout', in_timeout)
async def in_group():
    interrupt()
    try:
        async with asyncio.TaskGroup() as g:
            g.create_task(sleeper('a', .01))
    finally: print('group left')
run('group', in_group)
async def shielded():
    global left; left = asyncio.create_task(sleeper('shielded', .01))
    interrupt()
    await asyncio.shield(left)
run('shielded', shielded)
async def gathered():
    interrupt()
    await asyncio.gather(sleeper('x'), sleeper('y', .005), return_exceptions=True)
run('gathered', gathered)
async def raises():
    async def child(): await asyncio.sleep(0); raise KeyboardInterrupt
    t = asyncio.create_task(child())
    try: await t
    except KeyboardInterrupt: print('never')
    finally: print('main ends')
run('raised by a task', raises)
async def in_callback():
    def throws(): raise KeyboardInterrupt
    asyncio.get_running_loop().call_soon(throws)
    asyncio.get_running_loop().call_soon(print, 'the next callback')
    await sleeper('main')
run('raised by a callback', in_callback)
async def late():
    interrupt()
    try: await asyncio.wait_for(sleeper('waited for', .01), 5)
    except asyncio.CancelledError: print('wait_for cancelled'); raise
run('wait_for', late)
print('-- one runner')
with asyncio.Runner() as r:
    async def first():
        interrupt()
        await asyncio.sleep(10)
    try: r.run(first())
    except KeyboardInterrupt: print('first interrupted')
    async def second(): await asyncio.sleep(.01); return 'second is not'
    print(r.run(second()))
    try: r.run(first())
    except KeyboardInterrupt: print('third interrupted')
