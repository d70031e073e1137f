"""Shots of drawn films: how many cuts and gradual changes are found, and how many are wrong.

    python benchmarks/shots.py [--films 6] [--truth truth.json FOLDER]

The films are spliced from drawn scenes with cuts, dissolves, fades through black and wipes; flashes and pans are no
changes. A cut counts within 1 frame, a gradual change within 4 frames of its extent. With --truth, the cuts of real
films are counted too: a JSON file with the frames by name, and the folder of the films.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pochade.films.coding import Coding
from pochade.films.planes import Planes
from pochade.films.shots import COLUMNS, ROWS, SAMPLES, Eye, boundaries
from pochade.source.encoding import Encoding

HEIGHT, WIDTH = 72, 128
Frames = NDArray[np.float32]


def scene(rng: np.random.Generator, count: int) -> Frames:
    """A scene of colored shapes that move, under a camera that rests, pans or zooms: float32 (count, 72, 128, 3)."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    base, slope = rng.uniform(20, 200, 3), rng.normal(0, 60, (2, 3))
    level = rng.uniform(0.35, 1.1)
    blobs = [
        (rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), rng.uniform(4, 28), rng.uniform(4, 22), rng.uniform(0, 255, 3),
         rng.normal(0, 0.35, 2))
        for _ in range(rng.integers(5, 12))
    ]  # fmt: skip
    phase, waves = rng.uniform(0, 6, 3), rng.uniform(0.05, 0.3, 2)
    camera = rng.choice(["rest", "pan", "zoom"], p=[0.55, 0.3, 0.15])
    speed = rng.uniform(0.3, 1.6) * rng.choice([-1, 1])
    frames = np.empty((count, HEIGHT, WIDTH, 3), np.float32)
    for t in range(count):
        at_x, at_y = x.copy(), y.copy()
        if camera == "pan":
            at_x += speed * t
        elif camera == "zoom":
            factor = 1 + 0.004 * speed * t
            at_x, at_y = (x - WIDTH / 2) * factor + WIDTH / 2, (y - HEIGHT / 2) * factor + HEIGHT / 2
        picture = base + slope[0] * at_x[..., None] / WIDTH + slope[1] * at_y[..., None] / HEIGHT
        picture += 14 * np.sin(waves[0] * at_x + waves[1] * at_y + phase[0])[..., None]
        for cx, cy, rx, ry, color, move in blobs:
            far = ((at_x - cx - move[0] * t) / rx) ** 2 + ((at_y - cy - move[1] * t) / ry) ** 2
            cover = np.clip(2 * (1 - far), 0, 1)[..., None]
            picture = picture * (1 - cover) + color * cover
        frames[t] = (picture * level).clip(0, 255)
    return frames


@dataclass
class Splice:
    """A drawn film. cuts : first frames of shots. slow : first and last frame of gradual changes."""

    frames: list[Frames] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    slow: list[tuple[int, int]] = field(default_factory=list)
    flashes: list[int] = field(default_factory=list)


def splice(seed: int, shots: int = 40) -> Splice:
    """A film of `shots` scenes; bars in every second film, grain in all."""
    rng = np.random.default_rng(seed)
    film = Splice()
    for _ in range(shots):
        new = list(scene(rng, int(rng.integers(36, 90))))
        kind = rng.choice(["cut", "dissolve", "fade", "wipe", "flash"], p=[0.5, 0.2, 0.1, 0.1, 0.1])
        if not film.frames:
            film.frames = new
            continue
        old = film.frames
        length = int(rng.integers(8, 25))
        start = len(old) - length
        if kind == "dissolve":
            for i in range(length):
                share = (i + 1) / (length + 1)
                old[start + i] = (1 - share) * old[start + i] + share * new[i]
            film.slow.append((start, len(old)))
            old += new[length:]
        elif kind == "wipe":
            for i in range(length):
                edge = int(WIDTH * (i + 1) / (length + 1))
                mixed = old[start + i].copy()
                mixed[:, :edge] = new[i][:, :edge]
                old[start + i] = mixed
            film.slow.append((start, len(old)))
            old += new[length:]
        elif kind == "fade":
            half = int(rng.integers(6, 16))
            for i in range(half):
                old[len(old) - half + i] = old[len(old) - half + i] * (1 - (i + 1) / half)
                new[i] = new[i] * (i + 1) / half
            film.slow.append((len(old) - half, len(old) + half))
            old += new
        else:
            if kind == "flash":
                at = len(old) - 14
                for i, share in enumerate((0.9, 0.6, 0.3)):
                    old[at + i] = (old[at + i] * (1 - share) + 255 * share).clip(0, 255)
                film.flashes.append(at)
            film.cuts.append(len(old))
            old += new
    for i, frame in enumerate(film.frames):
        noisy = frame + rng.normal(0, 2.5, frame.shape)
        if seed % 2:
            noisy[:9], noisy[-9:] = 0, 0
        film.frames[i] = noisy.clip(0, 255).astype(np.float32)
    return film


def found_in(frames: list[Frames]) -> Iterator[tuple[int, int]]:
    """Frame and length of each change."""
    eye, coding = Eye(), Coding(0, True, Encoding())
    glances = []
    for frame in frames:
        codes = frame.astype(np.uint8)
        planes = Planes((codes[..., 0], codes[..., 1], codes[..., 2]), rgb=True)
        left, top, right, bottom = planes.content(coding.dark)
        box = left / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT
        glances.append(eye.see(planes.miniature(ROWS, COLUMNS, SAMPLES), coding, box))
    return ((one.frame, one.length) for one in boundaries(glances))


def scored(found: list[tuple[int, int]], cuts: list[int], slow: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Right, wrong and missed cuts; the same of gradual changes. Either kind of answer serves for a gradual change."""
    left, sharp = list(cuts), [0, 0, 0]
    rest = []
    for frame, length in found:
        near = [t for t in left if abs(t - frame) <= 1 and not length]
        if near:
            left.remove(near[0])
            sharp[0] += 1
        else:
            rest.append((frame, length))
    sharp[2] = len(left)
    hit, gradual = set[int](), [0, 0, 0]
    for frame, length in rest:
        near_slow = [i for i, (a, b) in enumerate(slow) if a - 4 <= frame <= b + 4]
        if near_slow:
            hit.add(near_slow[0])
        else:
            (gradual if length else sharp)[1] += 1
    gradual[0], gradual[2] = len(hit), len(slow) - len(hit)
    return sharp, gradual


def rates(right: int, wrong: int, missed: int) -> str:
    """Precision, recall and F1."""
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    both = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{right:5d} {wrong:5d} {missed:6d}   {precision:.3f}  {recall:.3f}  {both:.3f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--films", type=int, default=6)
    parser.add_argument("--truth", nargs=2, metavar=("JSON", "FOLDER"))
    given = parser.parse_args()
    sharp, slow = np.zeros(3, int), np.zeros(3, int)
    flashes = wrong_flashes = 0
    for seed in range(given.films):
        film = splice(seed)
        found = list(found_in(film.frames))
        one, other = scored(found, film.cuts, film.slow)
        sharp, slow = sharp + one, slow + other
        flashes += len(film.flashes)
        wrong_flashes += sum(any(at - 1 <= frame <= at + 4 for frame, _ in found) for at in film.flashes)
    print("                 right wrong missed   P      R      F1")
    print("drawn: cuts     ", rates(*sharp))
    print("drawn: gradual  ", rates(*slow))
    print(f"drawn: cuts at a flash: {wrong_flashes} of {flashes}")
    if given.truth:
        print("films: cuts     ", rates(*real(*given.truth)))


def real(truth: str, folder: str) -> tuple[int, int, int]:
    """Right, wrong and missed cuts of real films; nothing counts within a gradual change."""
    import pochade

    total = np.zeros(3, int)
    for name, about in json.loads(Path(truth).read_text(encoding="utf-8")).items():
        paths = [path for path in Path(folder).rglob(f"{name}.*") if path.suffix in (".mp4", ".webm", ".mkv")]
        if not paths:
            continue
        film = pochade.film(paths[0], resume=False)
        found = [shot.frames[0] for shot in film.shots[1:]]
        slow = [(a - 4, b + 4) for a, b in about["gradual"]]
        right = sum(any(abs(t - frame) <= 1 for frame in found) for t in about["cuts"])
        outside = [t for t in found if not any(a <= t <= b for a, b in slow)]
        wrong = sum(all(abs(t - frame) > 1 for frame in about["cuts"]) for t in outside)
        total += (right, wrong, len(about["cuts"]) - right)
    return int(total[0]), int(total[1]), int(total[2])


if __name__ == "__main__":
    main()
