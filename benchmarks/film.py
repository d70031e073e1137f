"""The cost of counting a film, beside the bare decode of it: CPU time, in one run.

    python benchmarks/film.py [FILM] [--seconds 20] [--runs 3] [--codec libx265]
    python benchmarks/film.py --apart FILM...
    python benchmarks/film.py --hours 2 [--rate 4]

Without a film it draws one: 1080p H.264 of some 8 Mb/s, with moving shapes and grain; libx265 gives 10 bits. Every row
decodes the same frames; its ratio is its CPU time over that of PyAV's bare decode, the least of the runs. The last row
is compared with a decoder that skips all but key frames.

--apart compares palettes with the exact ones, of every pixel of every frame: Earth Mover's Distance by CIEDE2000.
--hours repeats a short film to that length, counts it with and without cuts, and prints the memory on the way.
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


def draw(path: Path, seconds: int, codec: str = "libx264", rate: int = 24, *, cuts: bool = True) -> None:
    """Draw a film of shots of 72 frames, or of one."""
    width, height = 1920, 1080
    rng = np.random.default_rng(1)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    with av.open(str(path), "w") as out:
        options = {"preset": "veryfast", "b": "7700000"} | (
            {"x265-params": "log-level=none"} if codec == "libx265" else {}
        )
        track = out.add_stream(codec, rate=rate, options=options)
        track.width, track.height = width, height
        track.pix_fmt = "yuv420p10le" if codec == "libx265" else "yuv420p"
        grain = rng.normal(0, 3, (height + 64, width + 64)).astype(np.float32)
        for number in range(rate * seconds):
            if number == 0 or (cuts and number % 72 == 0):
                low, high = rng.uniform(0, 140, 3), rng.uniform(90, 255, 3)
                slope = (x / width * rng.uniform(0, 1) + y / height * rng.uniform(0, 1))[..., None] / 2
                still = low + (high - low) * slope
                for _ in range(24):
                    cx, cy, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(30, 260)
                    still[(x - cx) ** 2 + (y - cy) ** 2 < r * r] = rng.uniform(0, 255, 3)
            dx, dy = rng.integers(0, 64, 2)
            frame = np.roll(still, 3 * (number % 72), 1) + grain[dy : dy + height, dx : dx + width, None]
            picture = av.VideoFrame.from_ndarray(frame.clip(0, 255).astype(np.uint8), format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, rate)
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


def loop(path: Path, source: Path, seconds: float) -> None:
    """Repeat the packets of a film up to a length."""
    with quiet(av), av.open(str(source)) as container, av.open(str(path), "w") as out:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.size]
        stamps = [(packet.pts, packet.dts) for packet in packets]
        length = max(pts for pts, _ in stamps) - min(pts for pts, _ in stamps) + packets[0].duration
        base, track = packets[0].time_base, out.add_stream_from_template(stream)
        for turn in range(round(seconds / float(length * base))):
            for packet, (pts, dts) in zip(packets, stamps, strict=True):
                packet.pts, packet.dts, packet.time_base = pts + turn * length, dts + turn * length, base
                packet.stream = track
                out.mux(packet)


def bare(path: Path, skip: str = "DEFAULT") -> int:
    """Decode all frames, and do nothing."""
    with quiet(av), av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        stream.codec_context.skip_frame = skip
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


def apart(paths: list[Path]) -> None:
    """Print how far palettes of fewer pixels or frames are from the exact ones."""
    print(f"{'':36} quarter: film  median shot   keyframes   every second")
    for path in paths:
        exact = pochade.film(path, sampling="all", resume=False)
        quarter = pochade.film(path, resume=False)
        shots = [
            pochade.compare(one.palette, other.palette).distance
            for one, other in zip(quarter.shots, exact.shots, strict=True)
        ]
        whole = pochade.compare(quarter.palette(), exact.palette()).distance
        few = [
            pochade.compare(pochade.film(path, every=every, resume=False).palette(), exact.palette()).distance
            for every in ("keyframe", 1)
        ]
        print(f"{path.name:36} {whole:13.2f} {float(np.median(shots)):12.2f} {few[0]:11.2f} {few[1]:14.2f}", flush=True)


def memory(hours: float, rate: int) -> None:
    """Print the memory on the way through a long film: with cuts, and of one shot."""
    for cuts in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            short, long = Path(folder) / "short.mp4", Path(folder) / "long.mp4"
            draw(short, 288 // rate, rate=rate, cuts=cuts)
            loop(long, short, hours * 3600)
            seen: list[tuple[float, float]] = []

            def look(done: Fraction, _: Fraction | None, seen: list[tuple[float, float]] = seen) -> None:
                if not seen or done >= seen[-1][0] + hours * 360:
                    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
                    seen.append((float(done), pages * resource.getpagesize() / 1e6))

            film = pochade.film(long, progress=look, resume=False)
            frames = film.records[-1].first + film.records[-1].frames
            print(f"{frames} frames, {len(film.shots)} shots, {float(film.duration) / 3600:.2f} hours; MB on the way:",
                  *(f"{megabytes:.0f}" for _, megabytes in seen), flush=True)  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("film", nargs="?", type=Path)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--codec", default="libx264", choices=["libx264", "libx265"])
    parser.add_argument("--apart", nargs="+", type=Path, metavar="FILM")
    parser.add_argument("--hours", type=float)
    parser.add_argument("--rate", type=int, default=4)
    given = parser.parse_args()
    if given.apart:
        apart(given.apart)
    elif given.hours:
        memory(given.hours, given.rate)
    else:
        ratios(given)


def ratios(given: argparse.Namespace) -> None:
    """Print the cost of counting beside that of decoding."""
    with tempfile.TemporaryDirectory() as folder:
        path = given.film
        if path is None:
            path = Path(folder) / "drawn.mp4"
            draw(path, given.seconds, given.codec)
        rows: dict[str, Callable[[], object]] = {
            "bare decode": lambda: bare(path),
            "quarter: counting": lambda: counting(path, "quarter"),
            "quarter: shots, palettes": lambda: whole(path),
            "all: counting": lambda: counting(path, "all"),
            "all: shots, palettes": lambda: whole(path, sampling="all"),
            "bare decode, key frames": lambda: bare(path, "NONKEY"),
            "keyframes": lambda: whole(path, every="keyframe"),
        }
        best = dict.fromkeys(rows, (1e9, 1e9))
        for _ in range(given.runs):
            for name, work in rows.items():
                best[name] = min(best[name], cpu(work))
        frames = bare(path)
    base = best["bare decode"][0]
    print(f"{frames} frames; kernel: {kernel.name}")
    print(f"{'':28} CPU s   ms a frame   ratio")
    for name, (spent, _) in best.items():
        print(f"{name:28} {spent:6.2f}   {1000 * spent / frames:8.2f}   {spent / base:6.2f}")
    print(f"keyframes, of a bare decode of these: {best['keyframes'][0] / best['bare decode, key frames'][0]:.2f}")
    print(f"greatest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
