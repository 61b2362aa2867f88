# Subprocesses: what their streams give, when they are over, signals, input that nobody reads, and cancelled communication.
import asyncio, signal, sys
PIPE = asyncio.subprocess.PIPE


async def shell(script, **kw):
    return await asyncio.create_subprocess_exec("/bin/sh", "-c", script, **kw)


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def lines():
    p = await shell("echo one; echo two; printf three; exit 5", stdout=PIPE)
    async for line in p.stdout:
        print(line)
    print(p.stdout.at_eof(), await p.stdout.read())
    print(await p.wait(), p.returncode, await p.wait())


async def both_outputs():
    p = await shell("echo out; echo err >&2; exit 1", stdout=PIPE, stderr=PIPE)
    out, err = await p.communicate()
    print(out, err, p.returncode)
    p = await shell("exec 2>&1; echo out; echo err >&2", stdout=PIPE)
    out, err = await p.communicate()
    print(out, err)
    p = await shell("exit 3")
    print(await p.communicate(), p.returncode)
    print(p.stdin, p.stdout, p.stderr)


async def input_and_output():
    p = await shell("cat", stdin=PIPE, stdout=PIPE)
    p.stdin.write(b"a\n")
    await p.stdin.drain()
    print(await p.stdout.readline())
    p.stdin.write(b"rest")
    p.stdin.close()
    await p.stdin.wait_closed()
    print(await p.stdout.read(), await p.wait())
    p = await shell("cat", stdin=PIPE, stdout=PIPE)
    out, _ = await p.communicate(b"x" * 300_000)
    print(len(out), p.returncode)
    p = await shell("cat", stdin=PIPE, stdout=PIPE)
    print(await p.communicate(), p.returncode)


async def input_not_read():
    p = await shell("exit 0", stdin=PIPE)
    await p.wait()
    print(await p.communicate(b"y" * 300_000))
    p = await shell("head -c 3", stdin=PIPE, stdout=PIPE)
    print(await p.communicate(b"abcdef" * 100_000), p.returncode)


async def signals():
    for how in ("terminate", "kill"):
        p = await shell("exec sleep 20")
        getattr(p, how)()
        print(how, await p.wait())
    p = await shell("exec sleep 20")
    p.send_signal(signal.SIGUSR1)
    print("SIGUSR1", await p.wait())
    p = await shell("trap 'echo trapped; exit 4' TERM; echo ready; while :; do sleep .01; done", stdout=PIPE)
    print(await p.stdout.readline())
    p.terminate()
    print(await p.stdout.read(), await p.wait())
    await asyncio.sleep(.02)
    for how in ("terminate", "kill"):
        try:
            getattr(p, how)()
            print("nothing")
        except ProcessLookupError:
            print("gone")


async def cancelled():
    p = await shell("echo partial; exec sleep 20", stdout=PIPE)
    t = asyncio.create_task(p.communicate())
    await asyncio.sleep(.05)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("communicate cancelled", p.returncode)
    p.kill()
    print(await p.wait())
    p = await shell("exec sleep 20")
    try:
        await asyncio.wait_for(p.wait(), .02)
    except TimeoutError:
        print("timed out", p.returncode)
    p.kill()
    print(await asyncio.gather(p.wait(), p.wait(), p.wait()))


async def many():
    async def run(n):
        p = await shell(f"sleep .0{5 - n}; echo {n}; exit {n}", stdout=PIPE)
        out, _ = await p.communicate()
        return out, p.returncode
    print(await asyncio.gather(*(run(n) for n in range(5))))


async def limits():
    p = await shell("head -c 100 /dev/zero; echo; echo next", stdout=PIPE, limit=32)
    try:
        await p.stdout.readuntil(b"\n")
    except asyncio.LimitOverrunError as e:
        print("overrun")
    print(len(await p.stdout.readexactly(101)), await p.stdout.readline(), await p.wait())
    try:
        await asyncio.create_subprocess_exec("/no/such/program")
    except FileNotFoundError:
        print("not found")
    p = await asyncio.create_subprocess_shell("exit 7")
    print(await p.wait())
    p = await asyncio.create_subprocess_shell("printf $VALUE; pwd", stdout=PIPE, env={"VALUE": "given "}, cwd="/")
    print(await p.communicate())


async def main():
    for part in (lines, both_outputs, input_and_output, input_not_read, signals, cancelled, many, limits):
        print("--", part.__name__)
        await part()


asyncio.run(main())
