"""Draw a short film, a day at the harbor, and the timeline of its palettes: `python examples/film.py`.

The film is not kept; the picture is docs/figures/film.png. It needs the extra `film`.
"""

import tempfile
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

import pochade
from pochade.color.srgb import decode, to_codes

HERE = Path(__file__).parent
FIGURE = HERE.parent / "docs" / "figures" / "film.png"
WIDTH, HEIGHT, RATE = 480, 270, 12

LIGHTS = {
    "dawn": (1.0, 0.72, 0.62),
    "noon": (1.0, 1.0, 1.0),
    "dusk": (0.85, 0.45, 0.3),
    "night": (0.07, 0.11, 0.25),
}
"""The light of each time of day, by which linear light is multiplied."""

PLAN = [
    ("harbor", "night", "dawn", 5),
    ("street", "dawn", "dawn", 3),
    ("harbor", "dawn", "noon", 4),
    ("desert", "noon", "noon", 4),
    ("corridor", "noon", "noon", 2),
    ("street", "noon", "noon", 3),
    ("desert", "noon", "dusk", 5),
    ("corridor", "dusk", "dusk", 2),
    ("street", "dusk", "night", 4),
    ("harbor", "dusk", "night", 6),
]
"""Scene, light at its start and end, and seconds."""


def frames() -> list[NDArray[np.uint8]]:
    """The frames, uint8 (270, 480, 3): a slow pan over each scene while its light changes."""
    from PIL import Image

    scenes = {"harbor": HERE / "harbor.jpg"}
    scenes |= {name: HERE / f"still-{name}.jpg" for name in ("street", "corridor", "desert")}
    wide = {}
    for name, path in scenes.items():
        with Image.open(path) as image:
            tall = round(image.height * 1.2 * WIDTH / image.width)
            size = round(1.2 * WIDTH * max(1, HEIGHT / tall)), max(tall, HEIGHT)
            wide[name] = decode(np.asarray(image.convert("RGB").resize(size)))
    film = []
    for name, early, late, seconds in PLAN:
        scene = wide[name]
        room = scene.shape[1] - WIDTH
        top = (scene.shape[0] - HEIGHT) // 2
        count = seconds * RATE
        for i in range(count):
            share = i / (count - 1)
            light = np.array(LIGHTS[early]) ** (1 - share) * np.array(LIGHTS[late]) ** share
            left = round(room * share)
            film.append(to_codes(scene[top : top + HEIGHT, left : left + WIDTH] * light))
    return film


def write(path: Path) -> None:
    """Write the film as H.264."""
    with av.open(str(path), "w") as out:
        track = out.add_stream("libx264", rate=RATE, options={"crf": "16"})
        track.width, track.height, track.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number, codes in enumerate(frames()):
            frame = av.VideoFrame.from_ndarray(codes, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            for packet in track.encode(frame):
                out.mux(packet)
        for packet in track.encode():
            out.mux(packet)


def main() -> None:
    """Draw the film and its timeline."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a day at the harbor.mp4"
        write(path)
        pochade.film(path, resume=False).save(FIGURE, view="timeline")


if __name__ == "__main__":
    main()
