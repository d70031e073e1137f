"""Animated pictures through Pillow: each frame counts by its duration."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from PIL import Image

from pochade.errors import TruncatedError
from pochade.source.decoding import decoding
from pochade.source.picture import Box, ReadOptions, check_frame, check_frames, check_size
from pochade.source.pixels import Strip
from pochade.source.profile import Profile
from pochade.source.still import decode, strips_of

_ANIMATED = frozenset({"GIF", "WEBP", "PNG", "AVIF", "FLI"})
_LAYERED = frozenset({"PSD"})  # Pillow's "frames" of these are layers; the first is the flat picture

DEFAULT_DURATION = 100
"""Milliseconds of a frame that states 0 or none, as in browsers."""

MAX_DURATION = 60_000
"""Milliseconds; a longer frame counts as one minute."""


MIN_GIF_FRAME_BYTES = 12
"""Bytes of a GIF for each of its frames, at least: a descriptor, the size of a code, and an empty block."""


def chosen_frames(image: Image.Image, name: str, options: ReadOptions) -> Sequence[int]:
    """Pillow's numbers of the frames that count: all frames of an animation, else one frame or page."""
    if image.format not in _ANIMATED:
        return [_page(image, name, options)]
    count = int(getattr(image, "n_frames", 1))
    first = 1 if getattr(image, "default_image", False) and count > 1 else 0  # a PNG's still for old viewers
    if count - first > 1 and options.frame is None:
        check_frames(name, count - first, options)
        return range(first, count)
    if options.frame is None and not first:
        return [image.tell()]  # the current frame of the caller's image
    return [first + check_frame(name, options, count - first)]


def _page(image: Image.Image, name: str, options: ReadOptions) -> int:
    """The number of the page that counts. Pages are not counted: Pillow's time for that is quadratic in TIFF."""
    if options.frame is None:
        return image.tell()  # the first or primary page of the file, or the current one of the caller's image
    if image.format in _LAYERED:
        return check_frame(name, options, 1, "page")
    check_frames(name, options.frame + 1, options)
    for page in range(options.frame + 1):
        try:
            image.seek(page)
        except EOFError:
            check_frame(name, options, page, "page")
            raise
    return options.frame


def gif_frames(file: BinaryIO, most: int) -> int:
    """The number of frames of a GIF; counting stops above `most`. Damaged data end the count, as in Pillow.

    References
    ----------
    GIF89a Specification (CompuServe, 1990), sections 18 to 27.
    """

    def skip_blocks() -> None:
        while length := file.read(1):
            if not length[0]:
                return
            file.seek(length[0], 1)

    def skip_table(flags: int) -> None:
        if flags & 128:
            file.seek(3 << (flags & 7) + 1, 1)

    screen = file.read(13)
    if len(screen) == 13:
        skip_table(screen[10])
    count = 0
    while count <= most:
        block = file.read(1)
        if block in (b"", b";"):
            break
        if block == b"!":
            file.seek(1, 1)
            skip_blocks()
        elif block == b",":
            descriptor = file.read(9)
            if len(descriptor) < 9:
                break
            count += 1
            skip_table(descriptor[8])
            file.seek(1, 1)
            skip_blocks()
    return count


def animated_strips(
    image: Image.Image, profile: Profile | None, frames: Sequence[int], box: Box, name: str, options: ReadOptions
) -> Iterator[Strip]:
    """The box of each frame in order. Only one frame is in memory at a time."""
    for number, frame in enumerate(frames):
        try:
            with decoding(name):
                image.seek(frame)
                check_size(name, image.size, options)  # a frame of a GIF may extend beyond those before it
                part_of, _ = decode(image, profile, None, name)
                weight, duration = frame_weight(image), _stated_duration(image)
        except TruncatedError:
            if options.truncated and number:
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
