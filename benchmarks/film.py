"""The cost of counting a film, beside the bare decode of it: CPU time, in one run.

    python benchmarks/film.py [FILM] [--seconds 20] [--runs 3]

Without a film it draws one: 1080p H.264 of some 8 Mb/s, with moving shapes and grain. Every row decodes the same
frames; its ratio is its CPU time over that of PyAV's bare decode, the least of the runs.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

import pochade
from pochade import kernel
from pochade.films.library import quiet
from pochade.films.material import open_file
from pochade.films.reel import open_reel


def draw(path: Path, seconds: int, width: int = 1920, height: int = 1080) -> None:
    """Draw a film of shots of 3 seconds."""
    rng = np.random.default_rng(1)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    with av.open(str(path), "w") as out:
        track = out.add_stream("libx264", rate=24, options={"preset": "veryfast", "b": "7700000"})
        track.width, track.height, track.pix_fmt = width, height, "yuv420p"
        grain = rng.normal(0, 3, (height + 64, width + 64)).astype(np.float32)
        for number in range(24 * seconds):
            if number % 72 == 0:
                low, high = rng.uniform(0, 140, 3), rng.uniform(90, 255, 3)
                slope = (x / width * rng.uniform(0, 1) + y / height * rng.uniform(0, 1))[..., None] / 2
                still = low + (high - low) * slope
                for _ in range(24):
                    cx, cy, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(30, 260)
                    still[(x - cx) ** 2 + (y - cy) ** 2 < r * r] = rng.uniform(0, 255, 3)
            dx, dy = rng.integers(0, 64, 2)
            frame = np.roll(still, 3 * (number % 72), 1) + grain[dy : dy + height, dx : dx + width, None]
            picture = av.VideoFrame.from_ndarray(frame.clip(0, 255).astype(np.uint8), format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, 24)
            for packet in track.encode(picture):
                out.mux(packet)
        for packet in track.encode():
            out.mux(packet)


def cpu(work: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds and seconds of a call."""
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.perf_counter() - began


def bare(path: Path) -> int:
    """Decode all frames, and do nothing."""
    with quiet(av), av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        return sum(1 for _ in container.decode(stream))


def counting(path: Path, sampling: str) -> None:
    """Decode and count, without shots."""
    tally = kernel.PlaneTally()
    reel = open_reel(
        open_file(str(path), max_bytes=1 << 40, public_only=False, timeout=1.0), truncated=False, max_pixels=1 << 30
    )
    for number, frame in enumerate(reel.frames(None, None)):
        planes = frame.planes
        planes.count(tally, (0, 0, planes.width, planes.height), number % 4 if sampling == "quarter" else -1)
    reel.close()
    tally.result()


def whole(path: Path, **options: str) -> None:
    """All of `film()`, and the palettes of its shots."""
    film = pochade.film(path, resume=False, **options)  # type: ignore[arg-type]
    for shot in film.shots:
        _ = shot.palette


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("film", nargs="?", type=Path)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.film
        if path is None:
            path = Path(folder) / "drawn.mp4"
            draw(path, given.seconds)
        rows: dict[str, Callable[[], object]] = {
            "bare decode": lambda: bare(path),
            "quarter: counting": lambda: counting(path, "quarter"),
            "quarter: shots, palettes": lambda: whole(path),
            "all: counting": lambda: counting(path, "all"),
            "all: shots, palettes": lambda: whole(path, sampling="all"),
            "keyframes": lambda: whole(path, every="keyframe"),
        }
        best = dict.fromkeys(rows, (1e9, 1e9))
        for _ in range(given.runs):
            for name, work in rows.items():
                best[name] = min(best[name], cpu(work))
        frames = bare(path)
        one, other = (pochade.film(path, sampling=sampling, resume=False) for sampling in ("quarter", "all"))
        apart = [pochade.compare(a.palette, b.palette).distance for a, b in zip(one.shots, other.shots, strict=False)]
    base = best["bare decode"][0]
    print(f"{frames} frames; kernel: {kernel.name}")
    print(f"{'':28} CPU s   ms a frame   ratio")
    for name, (spent, _) in best.items():
        print(f"{name:28} {spent:6.2f}   {1000 * spent / frames:8.2f}   {spent / base:6.2f}")
    distance = pochade.compare(one.palette(), other.palette()).distance
    print(f"quarter against all, EMD by CIEDE2000: film {distance:.2f}, median shot {float(np.median(apart)):.2f}")
    print(f"greatest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
