# shield keeps the inner task running; cancelling a gather cancels its children; a woken and cancelled waiter of a lock
# wakes the next; stop() ends the loop after the running turn; callbacks of a future run in order, in a later turn.
import asyncio
async def inner():
    try: await asyncio.sleep(.02); print('inner done'); return 7
    except asyncio.CancelledError: print('inner cancelled'); raise
async def main():
    t = asyncio.create_task(inner())
    async def waits(): return await asyncio.shield(t)
    o = asyncio.create_task(waits()); await asyncio.sleep(0); o.cancel()
    try: await o
    except asyncio.CancelledError: print('outer cancelled', t.done())
    print(await t)
    a, b = asyncio.create_task(inner()), asyncio.create_task(inner()); g = asyncio.gather(a, b); await asyncio.sleep(0)
    print(g.cancel('why'), g.done())
    try: await g
    except asyncio.CancelledError: print('gather cancelled', g.done(), a.cancelled(), b.cancelled())
    lock = asyncio.Lock(); await lock.acquire()
    async def take(n):
        async with lock: print('took', n)
    ts = [asyncio.create_task(take(i)) for i in range(3)]; await asyncio.sleep(0)
    lock.release(); ts[0].cancel(); await asyncio.wait(ts); print(ts[0].cancelled(), lock.locked())
    f = asyncio.get_running_loop().create_future()
    for i in range(3): f.add_done_callback(lambda _, i=i: print('callback', i))
    f.set_result(1); print('set'); await asyncio.sleep(0)
    try: f.set_result(2)
    except asyncio.InvalidStateError: print('InvalidStateError')
asyncio.run(main())
loop = asyncio.new_event_loop()
def stops(): print('stops'); loop.stop(); loop.call_soon(print, 'next run')
loop.call_soon(stops); loop.call_soon(print, 'same turn'); loop.run_forever(); print('stopped')
loop.call_soon(loop.stop); loop.run_forever()
def handler(loop, context): print('handler', context['message'].split(' ')[0], repr(context['exception']))
loop.set_exception_handler(handler)
def throws(): raise ValueError('x')
loop.call_soon(throws); loop.call_soon(print, 'goes on'); loop.call_soon(loop.stop); loop.run_forever(); loop.close()
