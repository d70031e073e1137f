"""Measure the server under load, and with broken files.

    python benchmarks/web.py [ratio] [load] [robust] [--seconds 60] [--data FOLDER]

ratio   time of a whole request for a 2 megapixel JPEG, against extract() on the same bytes, interleaved
load    16 clients send such pictures for a minute: medians, 503s, memory, and response times of /health
robust  send every file of a folder: the status must be 200 or 4xx, never 5xx, and the server must survive

Each starts `pochade serve` with its default limits. Times depend on the machine; compare the ratios.
"""

import argparse
import asyncio
import collections
import http.client
import io
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

import pochade

CLIENTS = 16
SIZE = 1632, 1224


@contextmanager
def served(*options: str) -> Iterator[tuple[int, int]]:
    """Run a server; yield its port and process id."""
    command = [sys.executable, "-m", "pochade", "serve", "--port", "0", "--quiet", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().split(":")[2].split("/")[0])
        wait_for(port)
        try:
            yield port, process.pid
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    request(port, "GET", "/api/v1/health")


def pictures(count: int) -> list[bytes]:
    """Different photo-like JPEGs of 2 megapixels: soft shapes with grain."""
    rng = np.random.default_rng(7)
    soft = Image.fromarray(rng.integers(0, 255, (9, 12, 3), np.uint8)).resize(SIZE, Image.Resampling.BICUBIC)
    grain = rng.normal(0, 6, (SIZE[1], SIZE[0], 1))
    files = []
    for i in range(count):
        codes = np.asarray(soft) + grain
        codes[:8, :8] = i * 7 % 256
        file = io.BytesIO()
        Image.fromarray(codes.clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=88)
        files.append(file.getvalue())
    return files


def request(port: int, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes, Any]:
    """Send one request on a new connection; return status, body and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


def ratio(rounds: int = 40) -> None:
    """Time a request and extract(), interleaved, so both meet the same noise."""
    direct, requests, repeats = [], [], []
    with served("--workers", "1") as (port, _):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for data in pictures(rounds):
            start = time.perf_counter()
            expected = pochade.extract(data).export("json")
            between = time.perf_counter()
            connection.request("POST", "/api/v1/palette", data)
            answer = connection.getresponse()
            assert answer.read() == expected
            end = time.perf_counter()
            connection.request("GET", f"/api/v1/palette?k=6&picture={answer.headers['Pochade-Picture']}")
            connection.getresponse().read()
            repeats.append(time.perf_counter() - end)
            direct.append(between - start)
            requests.append(end - between)
    print(f"extract()           {summary(direct)}")
    print(f"POST /palette       {summary(requests)}")
    print(f"another k           {summary(repeats)}")
    best, middle = min(requests) / min(direct), statistics.median(requests) / statistics.median(direct)
    print(f"request / extract() {best:.2f} for the best, {middle:.2f} for the medians (at most 1.35)")


def load(seconds: float) -> None:
    """Time requests of 16 concurrent clients."""
    bodies = pictures(32)
    with served() as (port, pid):
        alone = []
        for data in bodies[:12]:
            start = time.perf_counter()
            request(port, "POST", "/api/v1/palette", data)
            alone.append(time.perf_counter() - start)
        single = statistics.median(alone[2:])
        took, codes, health, memory = asyncio.run(_load(port, pid, bodies, seconds))
    cores = len(os.sched_getaffinity(0))
    bound = 3 * single * CLIENTS / cores
    half = len(memory) // 2
    print(f"alone {1000 * single:.1f} ms; {CLIENTS} clients {summary(took)}: {len(took) / seconds:.0f} a second")
    print(f"median {statistics.median(took):.3f} s, at most {bound:.3f} s; statuses {dict(codes)}")
    print(f"/health: median {1000 * statistics.median(health):.1f} ms, worst {1000 * max(health):.1f} ms (at most 100)")
    first, last = (statistics.median(part) for part in (memory[half // 2 : half], memory[half:]))
    print(f"memory: {first:.0f} MiB in the second quarter, {last:.0f} MiB in the second half")


async def _load(
    port: int, pid: int, bodies: list[bytes], seconds: float
) -> tuple[list[float], collections.Counter[int], list[float], list[float]]:
    end = time.perf_counter() + seconds
    took: list[float] = []
    codes: collections.Counter[int] = collections.Counter()
    health: list[float] = []
    memory: list[float] = []

    async def send(head: bytes, body: bytes = b"") -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head + b"Host: 127.0.0.1\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        answer = await reader.read()
        writer.close()
        status = int(answer[9:12])
        if status == 503:
            assert b"retry-after" in answer.lower()
        return status

    async def client(number: int) -> None:
        while (start := time.perf_counter()) < end:
            body = bodies[number % len(bodies)] + os.urandom(8)  # bytes after the end of the JPEG make it a new picture
            status = await send(b"POST /api/v1/palette HTTP/1.1\r\n", body)
            codes[status] += 1
            if status == 200:
                took.append(time.perf_counter() - start)
            else:
                await asyncio.sleep(0.1)
            number += CLIENTS

    def watch() -> None:
        while (start := time.perf_counter()) < end:
            request(port, "GET", "/api/v1/health")
            health.append(time.perf_counter() - start)
            memory.append(_mib(pid))
            time.sleep(0.25)

    await asyncio.gather(asyncio.to_thread(watch), *map(client, range(CLIENTS)))
    return took, codes, health, memory


def _mib(pid: int) -> float:
    """Private and shared memory of a process and its children in MiB, from /proc."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if int(status.parent.name) == pid or f"\nPPid:\t{pid}\n" in text:
            total += next((int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS")), 0)
    return total / 1024


def robust(folder: Path) -> None:
    """Send every file in the folder."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size <= 64 << 20]
    codes: collections.Counter[int] = collections.Counter()
    slowest, failed = 0.0, []
    with served() as (port, _):
        for path in files:
            start = time.perf_counter()
            status, body, _headers = request(port, "POST", "/api/v1/palette?k=5", path.read_bytes())
            slowest = max(slowest, time.perf_counter() - start)
            codes[status] += 1
            if status != 200:
                assert json.loads(body)["status"] == status
            if status >= 500:
                failed.append((path, status))
        lives = request(port, "GET", "/api/v1/health")[0] == 200
        metrics = request(port, "GET", "/api/v1/metrics")[1].decode()
    print(f"{len(files)} files: {dict(sorted(codes.items()))}; slowest {slowest:.1f} s; server alive: {lives}")
    print(*(line for line in metrics.splitlines() if line.startswith("pochade_tasks_total")), sep="\n")
    for path, status in failed:
        print(f"  {status} {path}")


def summary(times: list[float]) -> str:
    return f"best {1000 * min(times):.1f} ms, median {1000 * statistics.median(times):.1f} ms, of {len(times)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=["ratio", "load", "robust"], default=["ratio", "load"])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--data", type=Path, help="A folder of broken and unusual pictures, for robust.")
    options = parser.parse_args()
    for part in options.parts:
        if part == "ratio":
            ratio()
        elif part == "load":
            load(options.seconds)
        elif options.data is None:
            parser.error("robust needs --data")
        else:
            robust(options.data)


if __name__ == "__main__":
    main()
