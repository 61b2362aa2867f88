# What the exception handler is told, and when: a server's handler that fails is told of a turn later, iterators that are closed at the end
# of a run fail each for itself; and the words of limits, barriers and scopes.
import asyncio
import contextvars
import gc

seen = contextvars.ContextVar('seen', default='none')


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def told(loop, context):
    message = context['message'].split(' <')[0]
    kept = [k for k in ('future', 'task', 'protocol', 'transport', 'asyncgen') if k in context]
    print('told', message, repr(context.get('exception')), *kept)


async def server_handlers():
    loop = asyncio.get_running_loop()
    async def serve(reader, writer):
        line = await reader.readline()
        loop.call_soon(print, 'soon')
        print('serves', line)
        if line == b'fail\n':
            raise ValueError('handler')
        if line == b'cancel\n':
            asyncio.current_task().cancel()
            await turns(1)
        writer.write(b'ok')
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    for line in (b'fail\n', b'cancel\n'):
        reader, writer = await asyncio.open_connection('127.0.0.1', port)
        writer.write(line)
        print(await reader.read())
        writer.close()
        await writer.wait_closed()
    server.close()
    await server.wait_closed()


class Failing(asyncio.Protocol):
    def data_received(self, data):
        raise ValueError('data')

    def connection_lost(self, error):
        print('lost', repr(error))


async def protocols():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Failing, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection('127.0.0.1', server.sockets[0].getsockname()[1])
    await asyncio.sleep(.05)
    writer.write(b'x')
    print(await reader.read())
    writer.close()
    await writer.wait_closed()
    server.close()


async def never_retrieved():
    loop = asyncio.get_running_loop()
    async def fails():
        raise OSError('task')
    asyncio.create_task(fails())
    await turns(2)
    gc.collect()
    await turns(1)
    loop.create_future().set_exception(ValueError('future'))
    gc.collect()
    await turns(1)


async def words():
    async def caught(c):
        try:
            return await c
        except (asyncio.LimitOverrunError, asyncio.BrokenBarrierError, RuntimeError) as e:
            return type(e).__name__, str(e), getattr(e, 'consumed', None)
    reader = asyncio.StreamReader(limit=8)
    reader.feed_data(b'0123456789\nabc')
    print(await caught(reader.readuntil(b'\n')))
    print(await reader.readexactly(10), await caught(reader.readuntil(b'\n')))
    reader.feed_data(b'defghijklm')
    print(await caught(reader.readuntil(b'--')))
    barrier = asyncio.Barrier(2)
    waiting = asyncio.create_task(caught(barrier.wait()))
    await turns(1)
    await barrier.abort()
    print(await waiting, await caught(barrier.wait()))
    await barrier.reset()
    waiting = asyncio.create_task(caught(barrier.wait()))
    await turns(1)
    await barrier.reset()
    print(await waiting)
    async def reschedules(scope):
        scope.reschedule(None)
    async with asyncio.timeout(None) as finished:
        pass
    print(await caught(reschedules(finished)))
    try:
        async with asyncio.timeout(0) as expired:
            try:
                await asyncio.sleep(9)
            finally:
                print(await caught(reschedules(expired)))
    except TimeoutError:
        print(await caught(reschedules(expired)))


async def values():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print('handler sees', seen.get()))
    seen.set('maker')
    def fails(where):
        print(where, seen.get())
        seen.set(where)
        raise ValueError
    loop.call_soon(fails, 'soon')
    future = loop.create_future()
    future.add_done_callback(lambda _: fails('done'))
    seen.set('after')
    future.set_result(None)
    async def task():
        fails('task')
    asyncio.create_task(task())
    await turns(2)
    gc.collect()
    await turns(1)
    loop.call_later(.01, fails, 'later')
    await asyncio.sleep(.05)
    loop.call_exception_handler({'message': 'mine'})
    print(seen.get())


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_exception_handler())
    loop.set_exception_handler(told)
    print(loop.get_exception_handler() is told)
    for step in (server_handlers, protocols, never_retrieved, words, values):
        print('--', step.__name__)
        await step()


async def left_behind():
    asyncio.get_running_loop().set_exception_handler(told)
    async def items(name, error=None):
        try:
            yield name
        finally:
            await turns(1)
            print('closed', name)
            if error:
                raise error
    left_behind.items = items('one', KeyError('one'))
    print(await anext(left_behind.items))
    async def stays():
        try:
            await asyncio.sleep(99)
        finally:
            raise ValueError('left')
    asyncio.create_task(stays())
    await turns(1)


asyncio.run(main())
print('-- left_behind')
asyncio.run(left_behind())
