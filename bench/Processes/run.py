#!/usr/bin/env python3
"""Runs both sides in turn and prints medians and ratios: bench/Processes/run.py [rounds] [python] [word]

With a word, only rows that contain it are measured.

The .NET side must have been built: dotnet build -c Release bench/Processes. The pool's start is also measured for what was published ahead of
time, if it is there:
    dotnet publish -c Release -p:HostKind=r2r -r linux-x64 --self-contained false -o bench/Processes/bin/r2r bench/Processes
    dotnet publish -c Release -p:HostKind=aot -o bench/Processes/bin/aot bench/Processes
"""
import os, resource, statistics, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
JIT = os.path.join(HERE, "bin/Release/net10.0/Quintet.Bench.Processes")
R2R = os.path.join(HERE, "bin/r2r/Quintet.Bench.Processes")
AOT = os.path.join(HERE, "bin/aot/Quintet.Bench.Processes")
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
PYTHON = sys.argv[2] if len(sys.argv) > 2 else sys.executable
WORD = sys.argv[3] if len(sys.argv) > 3 else ""

# what, ours, theirs, goal
ROWS = [
    ("map, chunk 1, prefetch 2 / ProcessPoolExecutor", [JIT, "map1-window2"], "map1-executor", 10),
    ("map, chunk 1 / Pool.map", [JIT, "map1"], "map1-pool", 30),
    ("submit to result / ProcessPoolExecutor", [JIT, "submit"], "submit-executor", 5),
    ("submit to result / Pool.apply", [JIT, "submit"], "apply-pool", 5),
    ("map, automatic chunks / Pool.map", [JIT, "map-auto"], "map-auto-pool", 8),
    ("100 MB argument, copied / Pool.apply", [JIT, "argument-copied"], "argument-pool", 4),
    ("100 MB argument, SharedArray / Pool.apply", [JIT, "argument-shared"], "argument-pool", 15),
    ("1000 objects there and back / pickle 5", [JIT, "codec"], "codec", 5),
    ("pool of 2 ready, JIT / spawn", [JIT, "ready"], "ready-spawn", 2),
    ("pool of 2 ready, ReadyToRun / spawn", [R2R, "ready"], "ready-spawn", 2),
    ("pool of 2 ready, AOT / forkserver", [AOT, "ready"], "ready-forkserver", 5),
    ("GIL: wake beside a hog, I/O priority / CPython", [JIT, "gil", "wake-io"], "wake", 50),
    ("GIL: wake beside a hog, default / CPython", [JIT, "gil", "wake"], "wake", 1),
]
FIGURES = [
    ("worker replaced after a crash, µs", [JIT, "recovery"], "< 250 000"),
    ("the same with one spare, µs", [JIT, "recovery-spare"], "< 250 000"),
    ("GIL: two threads over one, ratio", [JIT, "gil", "two-threads"], "0.95 to 1.05"),
    ("GIL: take and release, ns", [JIT, "gil", "uncontended"], "<= 50"),
    ("GIL: loop with checkpoint over without", [JIT, "gil", "checkpoint"], "<= 1.02"),
]


def number(command):
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def processor_time(command):
    """Milliseconds of the whole program and all its workers: what other work on the machine hardly moves."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    number(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def median(values):
    return statistics.median(values)


def speed_up():
    """Two workers over two raw processes: each does half of what the pool does, at the same time."""
    started = time.perf_counter()
    both = [subprocess.Popen([JIT, "burn-raw"], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    raw = max(float(process.communicate()[0]) for process in both)
    return raw / number([JIT, "burn-pool"])


def children(pid):
    return [int(child) for task in os.listdir(f"/proc/{pid}/task") for child in open(f"/proc/{pid}/task/{task}/children").read().split()]


def even_share():
    """Half of the processor time of two workers over what the busier one used: the speed-up that the division of the work allows. Other
    work on the machine does not move it."""
    program = subprocess.Popen([JIT, "burn-pool"], stdout=subprocess.DEVNULL)
    used = {}
    while program.poll() is None:
        try:
            for child in children(program.pid):
                fields = open(f"/proc/{child}/stat").read().rsplit(")", 1)[1].split()
                used[child] = int(fields[11]) + int(fields[12])
        except OSError:
            pass  # It has just ended.
        time.sleep(0.05)
    return sum(used.values()) / (2 * max(used.values()))


print(f"{ROUNDS} rounds, both sides in turn, medians in µs; {PYTHON}; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
print("| what / peer | ours | theirs | ratio | goal |\n| --- | --- | --- | --- | --- |")
for what, command, peer, goal in ROWS:
    if not os.path.exists(command[0]) or WORD not in what:
        continue
    ours, theirs, ratios = [], [], []
    for _ in range(ROUNDS):
        theirs.append(number([PYTHON, os.path.join(HERE, "peers.py"), peer]))
        ours.append(number(command))
        ratios.append(theirs[-1] / ours[-1])
    print(f"| {what} | {median(ours):.3g} | {median(theirs):.3g} | {median(ratios):.1f} × | ≥ {goal} × |", flush=True)
print("\n| figure | median | goal |\n| --- | --- | --- |")
for what, command, goal in FIGURES:
    if WORD not in what:
        continue
    print(f"| {what} | {median([number(command) for _ in range(ROUNDS)]):.4g} | {goal} |", flush=True)
if WORD in "two workers over two raw processes":
    print(f"| two workers over two raw processes, ratio | {median([speed_up() for _ in range(ROUNDS)]):.2f} | >= 0.95 |", flush=True)
if WORD in "two workers, evenness of their shares" and os.path.isdir("/proc/self/task"):
    print(f"| two workers, evenness of their shares | {median([even_share() for _ in range(ROUNDS)]):.2f} | >= 0.95 |", flush=True)
if WORD not in "pool of 2 ready":
    sys.exit()

print("\n| program that makes a pool of 2 ready | processor time, ms |\n| --- | ---: |")
peers = [(f"Python, {method}", [PYTHON, os.path.join(HERE, "peers.py"), f"ready-{method}"]) for method in ("spawn", "forkserver")]
starts = [(name, [path, "ready"]) for name, path in (("JIT", JIT), ("ReadyToRun", R2R), ("AOT", AOT)) if os.path.exists(path)] + peers
times = [[processor_time(command) for _, command in starts] for _ in range(ROUNDS)]
for i, (name, _) in enumerate(starts):
    print(f"| {name} | {median([row[i] for row in times]):.0f} |")
