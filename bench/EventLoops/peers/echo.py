# An echo server: echo.py asyncio|uvloop protocol|streams port
import asyncio, sys

if sys.argv[1] == 'uvloop':
    import uvloop
    uvloop.install()

class Echo(asyncio.Protocol):
    def connection_made(self, transport): self.transport = transport
    def data_received(self, data): self.transport.write(data)

async def serve(reader, writer):
    try:
        while data := await reader.read(16384):
            writer.write(data)
            await writer.drain()
    except ConnectionError: pass
    writer.close()

async def main():
    port = int(sys.argv[3])
    if sys.argv[2] == 'protocol':
        server = await asyncio.get_running_loop().create_server(Echo, '127.0.0.1', port, backlog=4096)
    else: server = await asyncio.start_server(serve, '127.0.0.1', port, backlog=4096)
    print('ready', flush=True)
    await server.serve_forever()

asyncio.run(main())
