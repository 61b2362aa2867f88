# What the loop reports of what was forgotten: failures that nobody retrieved, coroutines that nobody awaited, callbacks that raise or are
# slow, calls from a thread that is not the loop's.
import asyncio
import gc
import logging
import sys
import threading
import time
import warnings


class Handler(logging.Handler):
    def emit(self, record):
        message = record.getMessage().split('\n')[0]
        print('LOG', 'slow' if message.startswith('Executing <') else message)


logging.getLogger('asyncio').addHandler(Handler())
logging.getLogger('asyncio').propagate = False


def told(loop, context):
    error = context.get('exception')
    print('told', context['message'].split(' callbacks_')[0], type(error).__name__, error)


async def fails(text='failed', turns=0):
    for _ in range(turns):
        await asyncio.sleep(0)
    raise ValueError(text)


async def forgotten():
    pass


async def collect():
    gc.collect()
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def swallow(call):
    try:
        call()
    except BaseException as e:
        return str(e)
    return 'nothing'


async def tasks_forgotten():
    asyncio.create_task(fails('a task'))
    await turns(3)
    await collect()
    print('--')
    asyncio.create_task(fails('cancelled')).cancel()
    await turns(3)
    await collect()
    print('after the cancelled')


async def futures_forgotten():
    f = asyncio.get_running_loop().create_future()
    f.set_exception(ValueError('a future'))
    del f
    await collect()
    f = asyncio.get_running_loop().create_future()
    f.set_exception(ValueError('looked at'))
    print(type(f.exception()).__name__)
    del f
    await collect()
    f = asyncio.get_running_loop().create_future()
    f.cancel()
    del f
    await collect()
    print('after the others')


async def who_retrieves():
    t = asyncio.create_task(fails('waited for'))
    done, _ = await asyncio.wait([t])
    del t, done
    await collect()
    print('wait does not')
    await asyncio.gather(fails('gathered'), return_exceptions=True)
    await collect()
    print('gather does')
    try:
        await asyncio.gather(fails('first'), fails('second', 1))
    except ValueError as e:
        print('caught', e)
    await turns(3)
    await collect()
    print('gather does for the second')
    t = asyncio.create_task(fails('called back'))
    t.add_done_callback(lambda x: print('done', x.exception()))
    del t
    await turns(3)
    await collect()
    print('a callback that looks does')
    t = asyncio.create_task(fails('called back blindly'))
    t.add_done_callback(lambda x: print('done'))
    del t
    await turns(3)
    await collect()
    print('one that does not look does not')


async def shielded():
    async def waits():
        await asyncio.shield(fails('shielded', 3))
    t = asyncio.create_task(waits())
    await turns(2)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print('cancelled')
    del t
    await turns(5)
    await collect()
    print('the shield has told')


async def grouped():
    try:
        async with asyncio.TaskGroup() as g:
            g.create_task(fails('one'))
            g.create_task(fails('two'))
    except* ValueError as e:
        print([str(x) for x in e.exceptions])
    await collect()
    try:
        await asyncio.wait_for(fails('in time'), 1)
    except ValueError as e:
        print('caught', e)
    await collect()
    print('nothing is told')


async def callbacks_that_raise():
    loop = asyncio.get_running_loop()
    def bad():
        raise ValueError('callback')
    loop.call_soon(bad)
    loop.call_soon(print, 'next callback')
    loop.call_later(0.001, bad)
    await asyncio.sleep(0.01)
    f = loop.create_future()
    f.add_done_callback(lambda x: bad())
    f.add_done_callback(lambda x: print('second callback'))
    f.set_result(1)
    await turns(2)
    def worse(loop, context):
        raise KeyError('handler')
    loop.set_exception_handler(worse)
    loop.call_soon(bad)
    await turns(2)
    loop.set_exception_handler(told)
    print('goes on')


async def slow_ones():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 0.02
    def hog(seconds):
        time.sleep(seconds)
    async def hogs(seconds):
        hog(seconds)
        await asyncio.sleep(0)
        hog(seconds)
    loop.call_soon(hog, 0.03)
    loop.call_soon(hog, 0.0)
    loop.call_later(0.001, hog, 0.03)
    await asyncio.sleep(0.05)
    print('callbacks')
    t = asyncio.create_task(hogs(0.03))
    await turns(3)
    print('steps')
    loop.slow_callback_duration = 10
    await asyncio.create_task(hogs(0.03))
    print('not slow')


async def from_another_thread():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    f.add_done_callback(lambda x: print('never'))
    said = []
    def other():
        said.append(swallow(lambda: loop.call_soon(print)))
        said.append(swallow(lambda: loop.call_later(0, print)))
        said.append(swallow(lambda: loop.call_at(0, print)))
        said.append(swallow(lambda: loop.call_soon_threadsafe(print, 'thread-safe')))
    t = threading.Thread(target=other)
    t.start()
    t.join()
    await turns(2)
    for s in said:
        print(s)


async def never_awaited():
    def caught():
        gc.collect()
        names = [str(x.message).split('\n')[0] for x in w if 'never awaited' in str(x.message)]
        w.clear()
        return names
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always')
        forgotten()
        print(caught())
        t = asyncio.create_task(forgotten())
        t.cancel()
        await turns(2)
        del t
        print(caught())
        c = asyncio.create_task(forgotten())
        await c
        print(caught())
        g = asyncio.TaskGroup()
        async with g:
            pass
        print(swallow(lambda: g.create_task(forgotten())).split(' <')[-1].split('> ')[-1])
        print(caught())


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(told)
    print(loop.get_debug())
    for step in (tasks_forgotten, futures_forgotten, who_retrieves, shielded, grouped, callbacks_that_raise, slow_ones,
                 from_another_thread, never_awaited):
        print('---', step.__name__)
        await step()
        await turns(2)


asyncio.run(main(), debug=True)
