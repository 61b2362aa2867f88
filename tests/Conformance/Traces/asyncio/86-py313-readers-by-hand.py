# Readers that are fed by hand: separators that overlap and come in pieces, limits to the byte, ends and errors while somebody waits.
import asyncio


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def tell(name, awaitable):
    try:
        print(name, await awaitable)
    except asyncio.IncompleteReadError as e:
        print(name, 'incomplete', e.partial, e.expected)
    except asyncio.LimitOverrunError:
        print(name, 'overrun')
    except asyncio.CancelledError:
        print(name, 'cancelled')
    except (ValueError, RuntimeError, KeyError) as e:
        print(name, type(e).__name__)


def reader(data=b'', eof=False, limit=2 ** 16):
    r = asyncio.StreamReader(limit=limit)
    if data:
        r.feed_data(data)
    if eof:
        r.feed_eof()
    return r


async def separators():
    r = reader(b'one;two,three;,four', True)
    for s in ((b',', b';'), (b';', b','), (b';,', b';'), (b',', b';;'), (b'r', b'our'), (b'x',)):
        await tell(s, r.readuntil(s))
    r = reader(b'a\r\nb\nc\rd\r\n', True)
    for _ in range(4):
        await tell('lines', r.readuntil((b'\r\n', b'\n', b'\r')))
    r = reader(b'a\r\nb', True)
    for _ in range(2):
        await tell('longest only', r.readuntil((b'\r\n', b'\r\n\r\n')))
    r = reader(b'abc')
    await tell('empty', r.readuntil(b''))
    await tell('none', r.readuntil(()))
    await tell('one empty', r.readuntil((b'', b'a')))
    await tell('still there', r.read(10))


async def in_pieces():
    r = reader()
    t = asyncio.create_task(tell('pieces', r.readuntil(b'<end>')))
    for piece in (b'data<', b'en', b'd', b'<e', b'nd>rest'):
        r.feed_data(piece)
        await turns(2)
        print(t.done())
    await tell('rest', r.read(2))
    t = asyncio.create_task(tell('either', r.readuntil((b'--', b'>>>'))))
    for piece in (b'>', b'>-', b'>>', b'-', b'-'):
        r.feed_data(piece)
        await turns(2)
        print(t.done())
    r.feed_eof()
    await tell('left', r.read())
    await tell('at the end', r.readuntil(b'x'))
    await tell('line at the end', r.readline())
    await tell('nothing at the end', r.readexactly(0))
    await tell('one at the end', r.readexactly(1))


async def limits():
    for n in (3, 4, 5):
        r = reader(b'x' * n + b'\n', True, limit=4)
        await tell(('until', n), r.readuntil(b'\n'))
        await tell('then', r.read(2))
    for n in (4, 5, 6):
        r = reader(b'x' * n, limit=4)
        t = asyncio.create_task(tell(('waits', n), r.readuntil(b'\n')))
        await turns(2)
        print(t.done())
        r.feed_eof()
        await t
        await tell('then', r.read())
    for n in (4, 5, 6):
        r = reader(b'x' * n, limit=4)
        t = asyncio.create_task(tell(('waits for two', n), r.readuntil(b'\r\n')))
        await turns(2)
        print(t.done())
        r.feed_data(b'\r\n')
        r.feed_eof()
        await t
        await tell('then', r.read(9))
    r = reader(b'x' * 20, limit=4)
    await tell('exactly beyond', r.readexactly(15))
    await tell('read beyond', r.read(15))
    r = reader(b'xxxxxxxx;yy', limit=4)
    await tell('first beyond', r.readuntil((b';', b'x;')))
    await tell('skipped', r.readexactly(6))
    await tell('then within', r.readuntil((b';', b'x;')))


async def counts():
    r = reader(b'abc')
    await tell('zero', r.read(0))
    await tell('exactly zero', r.readexactly(0))
    await tell('negative', r.readexactly(-1))
    await tell('some', r.read(2))
    t = asyncio.create_task(tell('all', r.read(-1)))
    await turns(2)
    r.feed_data(b'd')
    await turns(2)
    print(t.done(), r.at_eof())
    r.feed_eof()
    print(r.at_eof())
    await t
    print(r.at_eof())
    await tell('after', r.read(5))
    await tell('all after', r.read())
    r = reader(b'abc', True)
    print(r.at_eof())
    await tell('too many', r.readexactly(5))
    print(r.at_eof())
    await tell('again', r.readexactly(5))


async def errors():
    r = reader(b'abc')
    t = asyncio.create_task(tell('waiting', r.readexactly(9)))
    await turns(2)
    r.set_exception(ValueError('v'))
    await t
    await tell('later', r.read(1))
    await tell('zero', r.read(0))
    await tell('nothing', r.readexactly(0))
    await tell('until', r.readuntil(b'c'))
    await tell('line', r.readline())
    print(type(r.exception()).__name__)
    r.set_exception(KeyError('k'))
    await tell('the second', r.read(1))
    r.feed_eof()
    await tell('after the end', r.read(1))


async def who_waits():
    r = reader()
    a = asyncio.create_task(tell('a', r.read(4)))
    b = asyncio.create_task(tell('b', r.readline()))
    await turns(2)
    print(a.done(), b.done())
    r.feed_data(b'12')
    r.feed_data(b'345')
    await turns(2)
    c = asyncio.create_task(tell('c', r.readexactly(3)))
    await turns(2)
    c.cancel()
    await turns(2)
    d = asyncio.create_task(tell('d', r.readexactly(3)))
    r.feed_data(b'67')
    await turns(2)
    print(a.done(), b.done(), c.done(), d.done())
    e = asyncio.create_task(tell('e', r.read(1)))
    await turns(1)
    r.feed_data(b'8')
    e.cancel()
    await turns(2)
    await tell('kept', r.read(5))
    f = asyncio.create_task(tell('f', r.readuntil(b'.')))
    await turns(1)
    r.feed_eof()
    f.cancel()
    await turns(2)
    await tell('end', r.read(5))


async def fed_in_a_turn():
    r = reader()
    async def lines(name):
        while line := await r.readline():
            print(name, line)
        print(name, 'ends')
    t = asyncio.create_task(lines('l'))
    loop = asyncio.get_running_loop()
    for i in range(3):
        loop.call_soon(r.feed_data, b'%d\n' % i)
        loop.call_soon(print, 'fed', i)
    loop.call_soon(lambda: loop.call_soon(r.feed_data, b'late\npart'))
    loop.call_soon(lambda: loop.call_soon(r.feed_eof))
    for i in range(5):
        print('turn', i)
        await turns(1)
    await t


async def main():
    for step in (separators, in_pieces, limits, counts, errors, who_waits, fed_in_a_turn):
        print('--', step.__name__)
        await step()


asyncio.run(main())
