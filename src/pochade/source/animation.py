"""Animated pictures through Pillow: each frame counts by its duration."""

from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from pochade.errors import TruncatedError
from pochade.source.decoding import decoding
from pochade.source.picture import Box, ReadOptions, check_frame
from pochade.source.pixels import Strip
from pochade.source.still import decode, strips_of

_ANIMATED = frozenset({"GIF", "WEBP", "PNG", "AVIF", "FLI"})
_LAYERED = frozenset({"PSD"})  # Pillow's "frames" of these are layers; the first is the flat picture

DEFAULT_DURATION = 100
"""Milliseconds of a frame that states 0 or none, as in browsers."""

MAX_DURATION = 60_000
"""Milliseconds; a longer frame counts as one minute."""


def chosen_frames(image: Image.Image, name: str, options: ReadOptions) -> list[int]:
    """Pillow's numbers of the frames that count: all frames of an animation, else one frame or page."""
    count = 1 if image.format in _LAYERED else int(getattr(image, "n_frames", 1))
    first = 1 if getattr(image, "default_image", False) and count > 1 else 0  # a PNG's still for old viewers
    animated = image.format in _ANIMATED and count - first > 1
    if animated and options.frame is None:
        return list(range(first, count))
    if options.frame is None and not first:
        return [image.tell()]  # the current page: the first of the file, or the caller's
    noun = "frame" if image.format in _ANIMATED else "page"
    return [first + check_frame(name, options, count - first, noun)]


def animated_strips(image: Image.Image, frames: list[int], box: Box, name: str, *, truncated: bool) -> Iterator[Strip]:
    """The box of each frame in order. Only one frame is in memory at a time."""
    for number, frame in enumerate(frames):
        try:
            with decoding(name):
                image.seek(frame)
                part_of, _ = decode(image, None, name)
                weight, duration = frame_weight(image), _stated_duration(image)
        except TruncatedError:
            if truncated and number:
                return
            raise
        for strip in strips_of(part_of, box, name, weight, number):
            yield replace(strip, duration=duration)


def frame_weight(image: Image.Image) -> int:
    """The duration of the current frame in milliseconds, at most MAX_DURATION."""
    duration = _stated_duration(image)
    if not duration > 0:
        return DEFAULT_DURATION
    return max(1, min(round(duration), MAX_DURATION))


def _stated_duration(image: Image.Image) -> float:
    """The duration of the current frame in milliseconds; 0 if the file states none."""
    duration = image.info.get("duration")
    return duration if isinstance(duration, int | float) and 0 < duration < float("inf") else 0
