"""Picture: the output of a decoder, in the orientation of the file. `read` applies EXIF orientation, region and
mask."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pochade.errors import OptionError, TooLargeError, TruncatedError
from pochade.files import Metadata
from pochade.source.pixels import Strip

Box = tuple[int, int, int, int]
"""left, top, right, bottom in pixels; right and bottom are exclusive."""

MEGAPIXEL = 1_000_000
STREAM_FROM = 100 * MEGAPIXEL
"""Pictures with more pixels are streamed if a library can: a desktop can spare the 300 MB below it."""

MAX_PIXELS_PER_BYTE = 10_000
"""The most pixels a byte of a common file: Deflate expands one byte to at most 1032, each of 8 pixels."""

STRIPS = 64
MIN_STRIP_PIXELS = 1 << 16
"""A picture that needs a copy or a conversion passes in 64 strips, so each copy is a small part of it. Strips of small
pictures have at least MIN_STRIP_PIXELS, for speed."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The caller's options for the decoder.

    frame : the number of a frame or page, from 0; None for all frames of an animation, or the first page.
    truncated : accept the pixels that arrived of a file that ends early.
    max_pixels : the most pixels, all frames together.
    """

    frame: int | None
    truncated: bool
    max_pixels: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose header is known.

    width, height : in pixels, as stored.
    blocks : a function that gives the part in a box, as stored, of all frames that count.
    turn : the EXIF orientation, 1 to 8.
    profile : the RGB ICC profile of the codes, or None if they are sRGB.
    frames : the number of frames that count. metadata : what the file states beside the pixels.
    """

    width: int
    height: int
    blocks: Callable[[Box], Iterator[Strip]]
    turn: int = 1
    profile: bytes | None = None
    frames: int = 1
    metadata: Metadata = field(default_factory=Metadata)


def rows_of(box: Box) -> Iterator[tuple[int, int]]:
    """The first row of each strip of the box, and the row after its last."""
    left, top, right, bottom = box
    count = max(-(-(bottom - top) // STRIPS), MIN_STRIP_PIXELS // (right - left), 1)
    for row in range(top, bottom, count):
        yield row, min(row + count, bottom)


def check_size(name: str, size: tuple[int, int], options: ReadOptions, *, frames: int = 1, file_bytes: int = 0) -> None:
    """Raise TooLargeError if the header claims more pixels than the limit, or more than the file can hold.

    Parameters
    ----------
    file_bytes : the size of the file; 0 if it does not bound the pixels.
    """
    pixels = size[0] * size[1] * frames
    shape = f"{size[0]} x {size[1]}" + (f" x {frames} frames" if frames > 1 else "")
    if pixels > options.max_pixels:
        advice = "choose one frame or " if frames > 1 else ""
        raise TooLargeError(
            f"{name}: {shape} are {_mega(pixels)}, more than the {_mega(options.max_pixels)} allowed; "
            f"{advice}raise max_pixels."
        )
    if file_bytes and pixels > STREAM_FROM and pixels > MAX_PIXELS_PER_BYTE * file_bytes:
        raise TooLargeError(
            f"{name}: the header claims {shape} pixels, but {file_bytes:,} bytes cannot hold them; "
            "the file is broken or hostile."
        )


def check_frame(name: str, options: ReadOptions, count: int, noun: str = "frame") -> int:
    """The chosen frame, or 0; OptionError if the file has fewer."""
    frame = options.frame or 0
    if frame >= count:
        frames = f"there is only {noun} 0" if count == 1 else f"there are {count} {noun}s, 0 to {count - 1}"
        raise OptionError(f"{name}: frame={frame} does not exist; {frames}.")
    return frame


def ends_early(name: str, detail: str = "") -> TruncatedError:
    """The error for a file that ends before its picture does."""
    return TruncatedError(
        f"{name}: the file ends before the picture does{detail}; truncated=True accepts the pixels that arrived."
    )


def _mega(pixels: int) -> str:
    return f"{pixels / MEGAPIXEL:,.1f} megapixels" if pixels >= MEGAPIXEL // 10 else f"{pixels:,} pixels"
