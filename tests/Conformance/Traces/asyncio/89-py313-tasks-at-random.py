# Programs of tasks that a generator of random numbers makes: trees of groups, time limits, gathers, waits, shields and primitives, in which
# tasks are cancelled, fail, take requests back and clean up. Time is counted in turns, so that no program depends on the machine.
import asyncio
import sys

state = 1


def rnd(n):
    global state
    state = (state * 1664525 + 1013904223) & 0xffffffff
    return (state >> 8) % n


class Odd(Exception):
    pass


def show(e):
    if isinstance(e, BaseExceptionGroup):
        return '[' + ', '.join(show(x) for x in e.exceptions) + ']'
    if isinstance(e, RuntimeError):
        return 'RuntimeError'
    return type(e).__name__ + ''.join(' ' + str(a) for a in e.args if a)


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


class InOrder(dict):
    add = dict.setdefault

    def discard(self, task):
        self.pop(task, None)


class Group(asyncio.TaskGroup):
    # A group cancels its children in the order of a set, which is another one each time: here it is that in which they were made.
    def __init__(self):
        super().__init__()
        self._tasks = InOrder()


class Program:
    def __init__(self):
        self.names = 0
        self.tasks = []
        self.lock = asyncio.Lock()
        self.event = asyncio.Event()
        self.semaphore = asyncio.Semaphore(1)
        self.condition = asyncio.Condition()
        self.queue = asyncio.Queue(1)
        self.barrier = asyncio.Barrier(2)
        self.future = asyncio.get_running_loop().create_future()

    def name(self):
        self.names += 1
        return self.names

    def start(self, coro, by=asyncio.create_task):
        t = by(coro)
        self.tasks.append(t)
        return t

    def me(self):
        return asyncio.current_task()

    async def guarded(self, n, coro):
        # What a step does with a failure or a cancellation of what it awaits.
        how = rnd(8)
        try:
            await coro
            print(n, 'done')
        except asyncio.CancelledError as e:
            print(n, show(e), self.me().cancelling())
            if how == 0:
                print(n, 'swallows', self.me().uncancel())
            elif how == 1:
                print(n, 'swallows and keeps')
            elif how == 2:
                raise Odd(n) from None
            elif how == 3:
                await turns(2)
                print(n, 'cleaned')
                raise
            else:
                raise
        except (Odd, TimeoutError, BaseExceptionGroup, asyncio.BrokenBarrierError, asyncio.QueueShutDown) as e:
            print(n, show(e), self.me().cancelling())
            if how < 4:
                raise
        finally:
            if how == 4:
                await turns(1)
                print(n, 'finally')

    async def sequence(self, depth):
        for _ in range(1 + rnd(3)):
            await self.step(depth)

    async def step(self, depth):
        n = self.name()
        kind = rnd(9 if depth else 3)
        if kind < 2:
            await self.guarded(n, self.leaf(n))
        elif kind == 2:
            self.act(n)
        else:
            await self.guarded(n, self.branch(n, kind, depth - 1))

    async def branch(self, n, kind, depth):
        if kind == 3 or kind == 4:
            print(n, 'group')
            async with Group() as g:
                for _ in range(1 + rnd(3)):
                    self.start(self.sequence(depth), g.create_task)
                if rnd(2):
                    await self.sequence(depth)
        elif kind == 5:
            print(n, 'gather')
            r = await asyncio.gather(*[self.start(self.sequence(depth)) for _ in range(1 + rnd(3))], return_exceptions=rnd(2) == 0)
            print(n, *['None' if x is None else show(x) for x in r])
        elif kind == 6:
            print(n, 'limit')
            async with asyncio.timeout(0 if rnd(2) else None) as scope:
                await self.sequence(depth)
            print(n, scope.expired())
        elif kind == 7:
            print(n, 'shield')
            await asyncio.shield(self.start(self.sequence(depth)))
        else:
            print(n, 'wait')
            when = (asyncio.ALL_COMPLETED, asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION)[rnd(3)]
            done, pending = await asyncio.wait([self.start(self.sequence(depth)) for _ in range(1 + rnd(3))], return_when=when)
            print(n, len(done), len(pending))

    async def leaf(self, n):
        kind = rnd(12)
        print(n, 'leaf', kind)
        if kind < 3:
            await turns(rnd(4))
        elif kind == 3:
            raise Odd(n)
        elif kind == 4:
            async with self.lock:
                await turns(rnd(3))
        elif kind == 5:
            await self.event.wait()
        elif kind == 6:
            async with self.semaphore:
                await turns(rnd(3))
        elif kind == 7:
            async with self.condition:
                await self.condition.wait()
                print(n, 'notified')
        elif kind == 8:
            print(n, 'got', await self.queue.get())
        elif kind == 9:
            await self.queue.put(n)
        elif kind == 10:
            print(n, 'met', await self.barrier.wait())
        else:
            print(n, 'future', await self.future)

    def act(self, n):
        kind = rnd(9)
        print(n, 'act', kind)
        if kind < 4 and self.tasks:
            i = rnd(len(self.tasks))
            print(n, 'cancels', i, self.tasks[i].cancel(n))
        elif kind == 4:
            self.event.set()
            if rnd(2):
                self.event.clear()
        elif kind == 5:
            self.semaphore.release()
        elif kind == 6:
            if self.condition.locked():
                self.condition.notify(1 + rnd(2))
        elif kind == 7:
            if not self.future.done():
                if rnd(3):
                    self.future.set_result(n)
                else:
                    self.future.cancel()
        elif kind == 8:
            if rnd(6) == 0:
                self.queue.shutdown(rnd(2) == 0)


async def run(seed):
    global state
    state = seed
    print('--', seed)
    p = Program()
    for _ in range(2 + rnd(2)):
        p.start(p.sequence(3))
    for rounds in range(40):
        await asyncio.sleep(0)
    left = [i for i, t in enumerate(p.tasks) if not t.done()]
    print('left', *left)
    for i in left:
        p.tasks[i].cancel('end')
    for _ in range(20):
        await turns(10)
        for t in p.tasks:
            if not t.done():
                t.cancel('the very end')
    for i, t in enumerate(p.tasks):
        print(i, t.cancelling(), 'not done' if not t.done() else 'cancelled' if t.cancelled() else show(t.exception()) if t.exception() else 'ok')


async def main(first=1, last=60, eager=None):
    if eager:
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    for seed in range(int(first), int(last) + 1):
        await run(seed)


asyncio.run(main(*sys.argv[1:]))
