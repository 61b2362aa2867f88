"""The same picture by Python's own pool: python3 mandelbrot.py [height]"""
import sys, time
from multiprocessing import Pool

MOST_STEPS = 1000


def render(line):
    y, width, height = line
    steps = [0] * width
    im = -1.2 + 2.4 * y / height
    for x in range(width):
        re = -2.2 + 3.2 * x / width
        a = b = 0.0
        step = 0
        while step < MOST_STEPS and a * a + b * b <= 4:
            a, b = a * a - b * b + re, 2 * a * b + im
            step += 1
        steps[x] = step
    return y, steps


if __name__ == "__main__":
    height = int(sys.argv[1]) if len(sys.argv) > 1 else 800
    width = height * 4 // 3
    started = time.perf_counter()
    with Pool() as pool:
        rows = pool.map(render, [(y, width, height) for y in range(height)])
    print(f"{width} x {height} in {time.perf_counter() - started:.2f} s by {pool._processes} workers")
    print("sum", sum(sum(steps) for _, steps in rows))
