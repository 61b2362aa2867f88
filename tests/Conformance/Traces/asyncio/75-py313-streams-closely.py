# Streams: what readers give at their limits and ends, half-close, servers that close, and who is told when.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


def reader(limit=64, *data, eof=True):
    r = asyncio.StreamReader(limit=limit)
    for d in data:
        r.feed_data(d)
    if eof:
        r.feed_eof()
    return r


async def tell(name, c):
    try:
        print(name, await c)
    except asyncio.IncompleteReadError as e:
        print(name, "incomplete", e.partial, e.expected)
    except (asyncio.LimitOverrunError, ValueError):
        print(name, "overrun")


async def readers():
    r = reader(64, b"line 1\nline 2\nrest")
    await tell("line", r.readline())
    await tell("until", r.readuntil(b" "))
    await tell("exactly", r.readexactly(2))
    print(r.at_eof())
    await tell("read 3", r.read(3))
    await tell("read 0", r.read(0))
    await tell("read all", r.read())
    print(r.at_eof())
    await tell("after", r.read(5))
    await tell("line after", r.readline())
    await tell("exactly after", r.readexactly(1))
    await tell("too few", reader(64, b"abc").readexactly(5))
    await tell("no separator", reader(64, b"abc").readuntil(b";"))
    await tell("no newline", reader(64, b"abc").readline())
    await tell("too long", reader(4, b"abcdefgh\nij").readuntil(b"\n"))
    r = reader(4, b"abcdefgh\nij")
    await tell("line too long", r.readline())
    await tell("goes on", r.readline())
    await tell("several", reader(64, b"a|b").readuntil(b"|"))
    r = reader(64, eof=False)
    t = asyncio.create_task(tell("waits", r.readexactly(4)))
    await turns(1)
    r.feed_data(b"ab")
    await turns(1)
    print("fed", t.done())
    r.feed_data(b"cdef")
    await t
    async for line in reader(64, b"x\ny\nz"):
        print(line)
    r = reader(64, b"data", eof=False)
    r.set_exception(KeyError("broken"))
    try:
        await r.read(2)
    except KeyError as e:
        print("exception", e)


async def echo():
    ended = asyncio.Event()
    async def serve(r, w):
        print("connected")
        while line := await r.readline():
            print("server got", line)
            w.write(line.upper())
            await w.drain()
        print("server sees the end", r.at_eof())
        w.write(b"bye")
        w.close()
        await w.wait_closed()
        print("server closed")
        ended.set()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    r, w = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
    w.writelines([b"a\n", b"b"])
    w.write(b"c\n")
    print(await r.readline(), await r.readline())
    w.write_eof()
    print(await r.read(), r.at_eof())
    await ended.wait()
    print(w.is_closing())
    w.close()
    print(w.is_closing())
    await w.wait_closed()
    server.close()
    await server.wait_closed()
    print(server.is_serving())


async def handler_fails():
    asyncio.get_running_loop().set_exception_handler(lambda loop, c: print("handler", repr(c.get("exception"))))
    async def serve(r, w):
        await r.readline()
        raise ValueError("in the handler")
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    r, w = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
    w.write(b"x\n")
    print(await r.read())
    w.close()
    await w.wait_closed()
    server.close()
    await server.wait_closed()


async def many():
    async def serve(r, w):
        w.write(await r.readexactly(3))
        await w.drain()
        w.close()
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async def client(n):
            r, w = await asyncio.open_connection("127.0.0.1", port)
            w.write(b"%03d" % n)
            data = await r.read()
            w.close()
            return data
        print(await asyncio.gather(*(client(n) for n in range(4))))
    print(server.is_serving())


async def cancelled():
    async def serve(r, w):
        try:
            await r.read()
        finally:
            print("handler ends")
            w.close()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    r, w = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
    t = asyncio.create_task(r.read())
    await turns(3)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("read cancelled")
    try:
        await asyncio.wait_for(r.readline(), 0.01)
    except TimeoutError:
        print("read timed out")
    w.close()
    await w.wait_closed()
    server.close()
    await server.wait_closed()


async def main():
    for part in (readers, echo, handler_fails, many, cancelled):
        print("--", part.__name__)
        await part()


asyncio.run(main())
