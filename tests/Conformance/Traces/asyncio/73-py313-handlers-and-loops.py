# What the exception handler is told, and when; callbacks of futures; loops that are stopped and run again.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def handler(loop, context):
    print("handler:", context["message"][:21], "|", repr(context.get("exception")))


def fails(text):
    raise ValueError(text)


async def callbacks(loop):
    f = loop.create_future()
    f.add_done_callback(lambda f: print("one", f.result()))
    f.add_done_callback(lambda f: fails("callback"))
    f.add_done_callback(lambda f: (print("three"), f.add_done_callback(lambda f: print("added late"))))
    removed = lambda f: print("never")
    f.add_done_callback(removed)
    f.add_done_callback(removed)
    print(f.remove_done_callback(removed), f.remove_done_callback(removed))
    loop.call_soon(print, "before")
    f.set_result(1)
    loop.call_soon(print, "after")
    await turns(3)


async def soon(loop):
    loop.call_soon(fails, "soon")
    loop.call_later(0.001, fails, "later")
    loop.call_soon_threadsafe(fails, "threadsafe")
    h = loop.call_soon(print, "never")
    h.cancel()
    t = loop.call_later(0.001, print, "never")
    t.cancel()
    await asyncio.sleep(0.1)


async def timers(loop):
    order = []
    now = loop.time() + 0.1
    for d in (3, 1, 2, 5, 4, 0):
        loop.call_at(now + d / 5, order.append, d)
    loop.call_at(now + 0.3, lambda: (loop.call_soon(order.append, "soon of a timer"), loop.call_at(now, order.append, "past")))
    h = loop.call_at(now + 0.5, order.append, "never")
    loop.call_at(now + 0.4, h.cancel)
    await asyncio.sleep(1.5)
    print(order)


async def results(loop):
    f = loop.create_future()
    for name in ("result", "exception"):
        try:
            getattr(f, name)()
        except asyncio.InvalidStateError as e:
            print(e)
    f.set_exception(KeyError("k"))
    try:
        f.set_result(1)
    except asyncio.InvalidStateError as e:
        print("InvalidStateError")
    print(f.cancel(), repr(f.exception()))
    f = loop.create_future()
    print(f.cancel("msg"), f.cancelled(), f.done(), f.cancel())
    for get in (f.result, f.exception):
        try:
            get()
        except asyncio.CancelledError as e:
            print("CancelledError", e.args)
    t = asyncio.current_task()
    for call in (lambda: t.set_result(1), lambda: t.set_exception(ValueError())):
        try:
            call()
        except RuntimeError as e:
            print(e)


async def handler_fails(loop):
    def bad_handler(loop, context):
        print("bad handler")
        raise KeyError("in the handler")
    loop.set_exception_handler(bad_handler)
    loop.call_soon(fails, "x")
    await turns(2)
    loop.set_exception_handler(handler)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    for part in (callbacks, soon, timers, results, handler_fails):
        print("--", part.__name__)
        await part(loop)


asyncio.run(main())
print("-- loops")
loop = asyncio.new_event_loop()
loop.set_exception_handler(handler)


async def stops():
    loop.stop()
    await turns(2)
    return "result"

try:
    print(loop.run_until_complete(stops()))
except RuntimeError as e:
    print(e)
loop.run_until_complete(turns(4))
loop.call_soon(lambda: (print("first run"), loop.stop(), loop.call_soon(print, "left for the next run")))
loop.call_soon(print, "same turn")
loop.run_forever()
print("stopped")
loop.call_soon(loop.stop)
loop.run_forever()


async def runs_inside():
    try:
        c = turns(1)
        loop.run_until_complete(c)
    except RuntimeError as e:
        print(e)
    c.close()
    return 5

print(loop.run_until_complete(runs_inside()))
loop.run_until_complete(loop.shutdown_asyncgens())
loop.close()
try:
    loop.call_soon(print)
except RuntimeError as e:
    print(e)
try:
    c = turns(1)
    loop.run_until_complete(c)
except RuntimeError as e:
    print(e)
c.close()
print(loop.is_closed(), loop.is_running())
