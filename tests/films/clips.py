"""Clips, drawn with PyAV: lossless where a color matters."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

MATRICES = {"601": (6, 0.299, 0.114), "709": (1, 0.2126, 0.0722), "2020": (9, 0.2627, 0.0593)}
"""Code point, and the share of red and blue in luma: ITU-R BT.601-7, BT.709-6, BT.2020-2."""


def yuv_of(rgb: Sequence[float], matrix: str, *, full: bool, bits: int = 8) -> tuple[int, int, int]:
    """Samples of a color, by the formulas of H.273, 8.3."""
    _, kr, kb = MATRICES[matrix]
    r, g, b = (value / 255 for value in rgb)
    y = kr * r + (1 - kr - kb) * g + kb * b
    u, v = (b - y) / (2 * (1 - kb)), (r - y) / (2 * (1 - kr))
    scale = 1 << (bits - 8)
    if full:
        top = (1 << bits) - 1
        return round(top * y), round(128 * scale + top * u), round(128 * scale + top * v)
    return tuple(round(part * scale) for part in (16 + 219 * y, 128 + 224 * u, 128 + 224 * v))


def drawn(
    path: Path,
    frames: Iterable[Any],
    format: str = "rgb24",
    *,
    codec: str = "ffv1",
    pix_fmt: str | None = None,
    rate: Any = 24,
    times: Sequence[int] | None = None,
    base: Fraction | None = None,
    tags: dict[str, int] | None = None,
    options: dict[str, str] | None = None,
    stream: Callable[[Any], None] | None = None,
    **container: Any,
) -> Path:
    """A clip of arrays in a pixel format of FFmpeg. tags : colorspace, color_range, color_primaries, color_trc."""
    av = pytest.importorskip("av", reason="PyAV is not installed: pip install 'pochade[film]'")
    with av.open(str(path), "w", **container) as out:
        track = None
        for number, array in enumerate(frames):
            frame = array if isinstance(array, av.VideoFrame) else av.VideoFrame.from_ndarray(array, format=format)
            if track is None:
                track = out.add_stream(codec, rate=rate, options=options or {})
                track.width, track.height, track.pix_fmt = frame.width, frame.height, pix_fmt or format
                if base is not None:
                    track.codec_context.time_base = base
                for name, value in (tags or {}).items():
                    setattr(track.codec_context, name, value)
                if stream is not None:
                    stream(track)
            for name, value in (tags or {}).items():
                setattr(frame, name, value)
            frame.pts = number if times is None else times[number]
            frame.time_base = base or 1 / Fraction(rate)
            for packet in track.encode(frame):
                out.mux(packet)
        if track is not None:
            for packet in track.encode():
                out.mux(packet)
    return path


def flat(color: Sequence[float], matrix: str, *, full: bool, width: int = 64, height: int = 48) -> np.ndarray:
    """A frame of one color in 4:2:0: uint8 (3 / 2 height, width)."""
    y, u, v = yuv_of(color, matrix, full=full)
    frame = np.empty((height * 3 // 2, width), np.uint8)
    frame[:height], frame[height : height + height // 4], frame[height + height // 4 :] = y, u, v
    return frame


def picture(color: Sequence[int], width: int = 64, height: int = 48) -> np.ndarray:
    """A frame of one color: uint8 (height, width, 3)."""
    return np.full((height, width, 3), color, np.uint8)


def scene(seed: int, count: int, width: int = 96, height: int = 72) -> list[np.ndarray]:
    """A scene of moving disks on a slope of color: uint8 frames (height, width, 3)."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    base, slope = rng.uniform(30, 200, 3), rng.normal(0, 50, 3)
    disks = [
        (rng.uniform(0, width), rng.uniform(0, height), rng.uniform(6, 20), rng.uniform(0, 255, 3)) for _ in range(6)
    ]
    frames = []
    for t in range(count):
        frame = base + slope * (x / width)[..., None]
        for cx, cy, radius, color in disks:
            frame[(x - cx - 0.3 * t) ** 2 + (y - cy) ** 2 < radius**2] = color
        frames.append(frame.clip(0, 255).astype(np.uint8))
    return frames
