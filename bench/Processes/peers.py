"""Python's side of bench/Processes: one scenario per run, one number printed. See run.py."""
import multiprocessing as mp
import pickle
import signal, os, sys, threading, time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass


@dataclass
class Item:
    id: int
    name: str
    weight: float
    active: bool
    parts: list


def increment(x):
    return x + 1


def length(data):
    return len(data)


def clock(body, count=1):
    started = time.perf_counter()
    body()
    return (time.perf_counter() - started) * 1e6 / count


def executor(scenario, workers=2):
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(increment, range(2000)))
        return scenario(pool)


def pool(scenario, workers=2):
    with mp.Pool(workers) as p:
        p.map(increment, range(2000))
        return scenario(p)


def submit(p):
    return clock(lambda: [p.submit(increment, i).result() for i in range(1000)], 1000)


def apply(p):
    return clock(lambda: [p.apply(increment, (i,)) for i in range(1000)], 1000)


def copied(p):
    data = b"\1" * 100_000_000
    p.apply(length, (data,))
    return clock(lambda: [p.apply(length, (data,)) for _ in range(2)], 2)


def codec():
    items = [Item(i, f"item {i}", i * 0.5, i % 2 == 0, [i, i + 1, i + 2]) for i in range(1000)]
    return min(clock(lambda: pickle.loads(pickle.dumps(items, 5))) for _ in range(100))


def ready(method):
    def body():
        with mp.get_context(method).Pool(2) as p:
            p.map(increment, [1, 2], 1)
    if method == "forkserver":
        body()  # the server itself is started once per program
    return clock(body)


def work(rounds):
    total = 0
    for i in range(rounds):
        total += i * 1000003 // 7
    return total


def two_threads():
    work(1000)
    rounds = 4_000_000
    one = clock(lambda: work(rounds))
    threads = [threading.Thread(target=work, args=(rounds // 2,)) for _ in range(2)]
    def both():
        for t in threads: t.start()
        for t in threads: t.join()
    return one / clock(both)


def wake():
    stop = False
    def hog():
        while not stop:
            work(100)
    thread = threading.Thread(target=hog)
    thread.start()
    waits = []
    for _ in range(100):
        # The sleep ends 2 ms after this, if nobody keeps the lock.
        started = time.perf_counter()
        time.sleep(0.002)
        waits.append((time.perf_counter() - started) * 1e6 - 2000)
    stop = True
    thread.join()
    return sorted(waits)[50]


SCENARIOS = {
    "submit-executor": lambda: executor(submit),
    "apply-pool": lambda: pool(apply),
    "map1-executor": lambda: executor(lambda p: clock(lambda: list(p.map(increment, range(5000), chunksize=1)), 5000)),
    "map1-pool": lambda: pool(lambda p: clock(lambda: p.map(increment, range(20000), 1), 20000)),
    "map-auto-pool": lambda: pool(lambda p: clock(lambda: p.map(increment, range(1_000_000)), 1_000_000)),
    "argument-pool": lambda: pool(copied, 1),
    "codec": codec,
    "ready-spawn": lambda: ready("spawn"),
    "ready-forkserver": lambda: ready("forkserver"),
    "two-threads": two_threads,
    "wake": wake,
}

if __name__ == "__main__":
    print(SCENARIOS[sys.argv[1]]())
