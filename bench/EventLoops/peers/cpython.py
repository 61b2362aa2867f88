# CPython's side: cpython.py asyncio|uvloop [scale]. Prints: name, operations, CPU ns for each.
import asyncio, sys, threading, time

if sys.argv[1] == 'uvloop':
    import uvloop
    new_loop = uvloop.new_event_loop
else: new_loop = asyncio.new_event_loop

async def nothing(): return 1

def call_soon(loop, n):
    left = n
    def call():
        nonlocal left
        left -= 1
        if left: loop.call_soon(call)
        else: loop.stop()
    loop.call_soon(call); loop.run_forever()

def switch(loop, n):
    async def turns(k):
        for _ in range(k): await asyncio.sleep(0)
    async def main(): await asyncio.gather(*(turns(n // 100) for _ in range(100)))
    loop.run_until_complete(main())

def spawn_gather(loop, n):
    async def main():
        for _ in range(n // 1000): await asyncio.gather(*(nothing() for _ in range(1000)))
    loop.run_until_complete(main())

def future_wake(loop, n):
    async def main():
        for _ in range(n):
            future = loop.create_future(); loop.call_soon(future.set_result, None); await future
    loop.run_until_complete(main())

def run_queue(loop, n, size):
    async def main():
        q = asyncio.Queue(size)
        async def put():
            for i in range(n): await q.put(i)
        task = asyncio.create_task(put())
        for _ in range(n): await q.get()
        await task
    loop.run_until_complete(main())

def queue(loop, n): run_queue(loop, n, 100)

def queue_1(loop, n): run_queue(loop, n, 1)

def lock(loop, n):
    async def main():
        l = asyncio.Lock()
        async def take():
            for _ in range(n // 10):
                async with l: await asyncio.sleep(0)
        await asyncio.gather(*(take() for _ in range(10)))
    loop.run_until_complete(main())

def executor(loop, n):
    async def main():
        async def work():
            for _ in range(n // 32): await loop.run_in_executor(None, int)
        await asyncio.gather(*(work() for _ in range(32)))
    loop.run_until_complete(main())

def thread_safe(loop, n):
    left = n
    def call():
        nonlocal left
        left -= 1
        if not left: loop.stop()
    def other():
        for _ in range(n): loop.call_soon_threadsafe(call)
    thread = threading.Thread(target=other); thread.start(); loop.run_forever(); thread.join()

def timers(loop, n):
    left = n
    def call():
        nonlocal left
        left -= 1
        if not left: loop.stop()
    for i in range(n): loop.call_later((i * 7919 % 1000) / 10000, call)
    loop.run_forever()

scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1
for bench, n in ((call_soon, 200_000), (switch, 200_000), (spawn_gather, 50_000), (future_wake, 100_000), (queue, 200_000),
                 (queue_1, 64_000), (lock, 64_000), (thread_safe, 200_000), (executor, 32_000), (timers, 96_000)):
    n = int(n * scale) // 32_000 * 32_000 or 32_000
    loop = new_loop(); asyncio.set_event_loop(loop)
    start = time.process_time(); bench(loop, n); spent = time.process_time() - start
    print(f'{bench.__name__}\t{n}\t{spent * 1e9 / n:.1f}', flush=True); loop.close()
