# Protocols and transports: which method is called when, what pausing, closing, aborting and half-closing do, and what servers say.
import asyncio


class Told(asyncio.Protocol):
    def __init__(self, name, **does):
        self.name, self.does, self.lost = name, does, asyncio.get_running_loop().create_future()
        self.transport = None

    def tell(self, what, *args):
        print(self.name, what, *args)
        if what in self.does:
            return self.does[what](self, *args)

    def connection_made(self, transport):
        self.transport = transport
        self.tell("made")

    def data_received(self, data):
        self.tell("data", data)

    def eof_received(self):
        return self.tell("eof")

    def connection_lost(self, exc):
        self.tell("lost", type(exc).__name__ if exc else None)
        self.lost.set_result(None)

    def pause_writing(self):
        self.tell("pause")

    def resume_writing(self):
        self.tell("resume")


async def both(server_does, client_does, run):
    loop = asyncio.get_running_loop()
    made = loop.create_future()

    def factory():
        p = Told("server", **server_does)
        made.set_result(p)
        return p

    server = await loop.create_server(factory, "127.0.0.1", 0)
    transport, client = await loop.create_connection(lambda: Told("client", **client_does), *server.sockets[0].getsockname())
    print("connected")
    peer = await made
    await asyncio.sleep(.1)
    await run(client, peer)
    await asyncio.wait([client.lost, peer.lost])
    server.close()
    await server.wait_closed()


async def echo():
    async def run(client, peer):
        client.transport.write(b"hello")
        await asyncio.sleep(.2)
        client.transport.close()
        print("closing", client.transport.is_closing())
        client.transport.close()
        await client.lost
        print("client is told")
    await both({"data": lambda p, d: p.transport.write(d.upper())}, {}, run)


async def half_close():
    async def run(client, peer):
        client.transport.write(b"question")
        client.transport.write_eof()
        await asyncio.sleep(.2)
        peer.transport.write(b"answer")
        await asyncio.sleep(.2)
        peer.transport.close()
    await both({"eof": lambda p: True}, {}, run)


async def eof_closes():
    async def run(client, peer):
        client.transport.write_eof()
    await both({"eof": lambda p: p.transport.write(b"bye") or False}, {}, run)


async def close_in_data():
    async def run(client, peer):
        client.transport.write(b"one")
        await asyncio.sleep(.2)
    def closes(p, data):
        p.transport.write(b"taken")
        p.transport.close()
        print("closed in data", p.transport.is_closing())
    await both({"data": closes}, {}, run)


async def close_in_made():
    async def run(client, peer):
        pass
    def closes(p):
        p.transport.write(b"welcome and goodbye")
        p.transport.close()
        asyncio.get_running_loop().call_soon(print, "soon after made")
    await both({"made": closes}, {}, run)


async def aborted():
    async def run(client, peer):
        peer.transport.abort()
        print("aborted", peer.transport.is_closing())
        await asyncio.sleep(.2)
        client.transport.close()
    await both({}, {}, run)


async def paused_reading():
    async def run(client, peer):
        peer.transport.pause_reading()
        print("reading", peer.transport.is_reading())
        peer.transport.pause_reading()
        client.transport.write(b"waits")
        await asyncio.sleep(.2)
        print("resumes")
        peer.transport.resume_reading()
        peer.transport.resume_reading()
        print("reading", peer.transport.is_reading())
        await asyncio.sleep(.2)
        client.transport.close()
    await both({}, {}, run)


async def pause_in_data():
    async def run(client, peer):
        client.transport.write(b"first")
        await asyncio.sleep(.2)
        client.transport.write(b"second")
        client.transport.write_eof()
        await asyncio.sleep(.2)
        print("resumes")
        peer.does.clear()
        peer.transport.resume_reading()
        await asyncio.sleep(.2)
        print("closing", peer.transport.is_closing())
    await both({"data": lambda p, d: p.transport.pause_reading()}, {}, run)


async def write_limits():
    async def run(client, peer):
        peer.transport.pause_reading()
        client.transport.set_write_buffer_limits(high=100, low=10)
        data = bytes(1 << 20)
        while not client.transport.get_write_buffer_size():
            client.transport.write(data)
        print("buffered")
        client.transport.write(b"more")
        peer.transport.resume_reading()
        while client.transport.get_write_buffer_size():
            await asyncio.sleep(0)
        print("empty")
        client.transport.write(b"")
        client.transport.close()
    await quiet(run)


async def quiet(run):
    class Quiet(Told):
        def data_received(self, data):
            pass
    loop = asyncio.get_running_loop()
    made = loop.create_future()
    def factory():
        p = Quiet("server")
        made.set_result(p)
        return p
    server = await loop.create_server(factory, "127.0.0.1", 0)
    _, client = await loop.create_connection(lambda: Told("client"), *server.sockets[0].getsockname())
    peer = await made
    await run(client, peer)
    await asyncio.wait([client.lost, peer.lost])
    server.close()
    await server.wait_closed()


async def close_with_data_left():
    async def run(client, peer):
        peer.transport.pause_reading()
        data = bytes(1 << 20)
        while not client.transport.get_write_buffer_size():
            client.transport.write(data)
        client.transport.close()
        print("closing", client.transport.is_closing(), client.lost.done())
        await asyncio.sleep(.2)
        print("waits for the peer", client.lost.done())
        peer.transport.resume_reading()
    await quiet(run)


async def fails_in_data():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda l, c: print("handler", c["message"], repr(c["exception"])))
    def throws(p, data):
        raise ValueError("in data")
    async def run(client, peer):
        client.transport.write(b"x")
    await both({"data": throws}, {}, run)
    loop.set_exception_handler(None)


async def fails_in_eof():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda l, c: print("handler", c["message"], repr(c["exception"])))
    def throws(p):
        raise ValueError("in eof")
    async def run(client, peer):
        client.transport.write_eof()
    await both({"eof": throws}, {}, run)
    loop.set_exception_handler(None)


async def after_close():
    async def run(client, peer):
        client.transport.close()
        client.transport.write(b"not sent")
        client.transport.pause_reading()
        await client.lost
        client.transport.abort()
        client.transport.close()
        print("nothing more")
    await both({}, {}, run)


async def servers():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Told("s"), "127.0.0.1", 0, start_serving=True)
    print(server.is_serving())
    port = server.sockets[0].getsockname()[1]
    _, a = await loop.create_connection(lambda: Told("a"), "127.0.0.1", port)
    await asyncio.sleep(.2)
    server.close()
    print(server.is_serving())
    server.close()
    waiter = asyncio.create_task(server.wait_closed())
    await asyncio.sleep(.2)
    print("waits for its connection", waiter.done())
    try:
        await loop.create_connection(lambda: Told("b"), "127.0.0.1", port)
    except ConnectionRefusedError:
        print("refused")
    a.transport.close()
    await waiter
    print("closed")


async def close_clients():
    loop = asyncio.get_running_loop()
    for how in ("close_clients", "abort_clients"):
        server = await loop.create_server(lambda: Told("s"), "127.0.0.1", 0)
        _, a = await loop.create_connection(lambda: Told("a"), *server.sockets[0].getsockname())
        await asyncio.sleep(.2)
        server.close()
        getattr(server, how)()
        print(how)
        await server.wait_closed()
        print("server closed")
        await asyncio.sleep(.2)
        if not a.lost.done():
            a.transport.close()
        await a.lost


async def serves_forever():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Told("s"), "127.0.0.1", 0)
    t = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(.1)
    print(t.done(), server.is_serving())
    try:
        await server.serve_forever()
    except RuntimeError as e:
        print("twice")
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("cancelled", server.is_serving())
    try:
        await server.serve_forever()
    except RuntimeError as e:
        print("closed")


async def main():
    for part in (echo, half_close, eof_closes, close_in_data, close_in_made, aborted, paused_reading, pause_in_data, write_limits,
                 close_with_data_left, fails_in_data, fails_in_eof, after_close, servers, close_clients, serves_forever):
        print("--", part.__name__)
        await part()


asyncio.run(main())
