# Streams and servers once more: who goes on first when a side closes, limits that hold the other side, drains that wait or fail,
# handlers at the end of a loop, Unix sockets.
import asyncio, os, tempfile


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def pair(limit=2 ** 16):
    made = asyncio.get_running_loop().create_future()
    async def serve(r, w):
        made.set_result((r, w))
    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=limit)
    r, w = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=limit)
    peer = await made
    server.close()
    return r, w, *peer


def soon(*args):
    asyncio.get_running_loop().call_soon(print, *args)


async def reads(name, c):
    try:
        print(name, await c)
    except asyncio.IncompleteReadError as e:
        print(name, "incomplete", e.partial)
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise
    except Exception as e:
        print(name, type(e).__name__)


async def own_reader_at_close():
    r, w, pr, pw = await pair()
    t = asyncio.create_task(reads("own", r.read()))
    p = asyncio.create_task(reads("peer", pr.read()))
    await turns(2)
    w.close()
    soon("soon after close")
    print("closed", r.at_eof(), w.is_closing())
    c = asyncio.create_task(reads("wait_closed", w.wait_closed()))
    await turns(1)
    print("one turn", r.at_eof())
    await asyncio.wait([t, c, p])
    print(r.at_eof(), pr.at_eof())
    pw.close()
    await pw.wait_closed()


async def reading_after_close():
    r, w, pr, pw = await pair()
    pw.write(b"left")
    await asyncio.sleep(.02)
    w.close()
    await reads("left", r.read())
    await reads("again", r.read(3))
    w.write(b"dropped")
    await w.wait_closed()
    await w.wait_closed()
    pw.close()
    await reads("peer", pw.wait_closed())


async def abort():
    r, w, pr, pw = await pair()
    t = asyncio.create_task(reads("own", r.readline()))
    p = asyncio.create_task(reads("peer", pr.readline()))
    await turns(2)
    w.transport.abort()
    print("aborted", w.is_closing(), t.done())
    await asyncio.wait([t, p])
    pw.close()


async def more_than_the_limit():
    r, w, pr, pw = await pair(limit=16)
    pw.write(b"x" * 1000 + b"\n" + b"y" * 10 + b"\n")
    await asyncio.sleep(.02)
    print(len(await r.readexactly(900)))
    try:
        await r.readuntil(b"\n")
    except asyncio.LimitOverrunError:
        print("overrun")
    try:
        await r.readline()
    except ValueError:
        print("line too long")
    await reads("next", r.readline())
    pw.write(b"z" * 100)
    pw.close()
    print(len(await r.read()))
    w.close()
    await w.wait_closed()


async def drains():
    r, w, pr, pw = await pair()
    w.write(bytes(1 << 25))
    async def drain(n):
        try:
            await w.drain()
            print("drained", n)
        except asyncio.CancelledError:
            print("cancelled", n)
            raise
    tasks = [asyncio.create_task(drain(n)) for n in range(3)]
    await turns(2)
    print([t.done() for t in tasks])
    tasks[1].cancel()
    async def swallow():
        while await pr.read(1 << 20):
            pass
    s = asyncio.create_task(swallow())
    await asyncio.wait(tasks)
    await w.drain()
    w.close()
    await s
    pw.close()
    await w.wait_closed()


async def drain_of_the_lost():
    r, w, pr, pw = await pair()
    w.write(bytes(1 << 25))
    t = asyncio.create_task(reads("drain", w.drain()))
    u = asyncio.create_task(reads("second", w.drain()))
    await turns(2)
    w.transport.abort()
    await asyncio.wait([t, u])
    await reads("after", w.drain())
    pw.transport.abort()


async def two_readers():
    r, w, pr, pw = await pair()
    t = asyncio.create_task(reads("first", r.read(10)))
    await turns(1)
    await reads("second", r.read(10))
    pw.write(b"data")
    await t
    t = asyncio.create_task(reads("third", r.readexactly(4)))
    await turns(1)
    pw.write(b"ab")
    await asyncio.sleep(.01)
    t.cancel()
    await asyncio.wait([t])
    pw.write(b"cd")
    await reads("all of it", r.readexactly(4))
    w.close()
    pw.close()
    await w.wait_closed()


async def half_closed():
    r, w, pr, pw = await pair()
    w.write(b"question")
    w.write_eof()
    print(await pr.read(), pr.at_eof(), pw.is_closing())
    for n in range(3):
        pw.write(b"part %d " % n)
        await pw.drain()
        await asyncio.sleep(.01)
    pw.close()
    print(await r.read())
    print(w.is_closing())
    w.close()
    await w.wait_closed()


async def refused():
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    await reads("refused", asyncio.open_connection("127.0.0.1", port))
    t = asyncio.create_task(reads("cancelled", asyncio.open_connection("127.0.0.1", port)))
    await asyncio.wait([t])


async def unix():
    name = os.path.join(tempfile.mkdtemp(), "socket")
    async def serve(r, w):
        print("serves", await r.readline())
        w.write(b"answer\n")
        await w.drain()
        w.close()
    server = await asyncio.start_unix_server(serve, name)
    r, w = await asyncio.open_unix_connection(name)
    w.write(b"question\n")
    print(await r.read())
    w.close()
    await w.wait_closed()
    server.close()
    await server.wait_closed()
    print(os.path.exists(name))
    await reads("gone", asyncio.open_unix_connection(name))


async def served_in_order():
    async def serve(r, w):
        name = (await r.readline()).decode().strip()
        print("begins", name)
        w.write(name.upper().encode())
        w.close()
        soon("soon of", name)
        await w.wait_closed()
        print("ends", name)
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    for name in ("a", "b"):
        r, w = await asyncio.open_connection(*server.sockets[0].getsockname())
        w.write(name.encode() + b"\n")
        print("got", await r.read())
        w.close()
        await w.wait_closed()
        print("closed", name)
    server.close()
    await server.wait_closed()
    print("server closed")


async def main():
    for part in (own_reader_at_close, reading_after_close, abort, more_than_the_limit, drains, drain_of_the_lost, two_readers, half_closed,
                 refused, unix, served_in_order):
        print("--", part.__name__)
        await part()


asyncio.run(main())
print("-- left behind")


async def leaves():
    async def serve(r, w):
        try:
            print("handler", await r.readline())
            await r.read()
        except asyncio.CancelledError:
            print("handler cancelled")
            raise
        finally:
            print("handler ends")
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    r, w = await asyncio.open_connection(*server.sockets[0].getsockname())
    w.write(b"x\n")
    await asyncio.sleep(.02)
    return "main ends"

print(asyncio.run(leaves()))
