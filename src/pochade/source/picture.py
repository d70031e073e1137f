"""Picture: what a decoder hands on, as the file stores it. Its turn, region and mask are applied in
`read`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pochade.errors import OptionError, TooLargeError, TruncatedError
from pochade.source.pixels import Strip

Box = tuple[int, int, int, int]
"""left, top, right, bottom in pixels; right and bottom are outside."""

MEGAPIXEL = 1_000_000
STREAM_FROM = 100 * MEGAPIXEL
"""Pictures with more pixels than this are streamed where a library can: 300 MB is what a desktop spares."""

LIKELY_PIXELS_PER_BYTE = 10_000
"""No common file holds more: Deflate's best is 1032 bytes for one, of 8 pixels each."""

STRIPS = 16
SMALLEST_STRIP = 1 << 16
"""What must be copied or converted is handed on in about 16 strips, so that the copy is a sixteenth; small
pictures in fewer, for speed."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller asked of the decoder.

    frame : which frame or page, from 0; None for all frames of an animation, else the first.
    truncated : whether a file that ends early gives what arrived.
    max_pixels : the most pixels, all frames together.
    """

    frame: int | None
    truncated: bool
    max_pixels: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose header is known.

    width, height : in pixels, as stored.
    blocks : a call with a box, as stored, gives that part of all frames that count.
    turn : the EXIF orientation, 1 to 8, that makes the stored picture the one that viewers show.
    profile : an RGB ICC profile that the codes still carry, or None where they are sRGB.
    frames : how many frames count.
    """

    width: int
    height: int
    blocks: Callable[[Box], Iterator[Strip]]
    turn: int = 1
    profile: bytes | None = None
    frames: int = 1


def rows_of(box: Box) -> Iterator[tuple[int, int]]:
    """The first row of each strip of the box, and the row after its last."""
    left, top, right, bottom = box
    count = max(-(-(bottom - top) // STRIPS), SMALLEST_STRIP // (right - left), 1)
    for row in range(top, bottom, count):
        yield row, min(row + count, bottom)


def check_size(name: str, size: tuple[int, int], wishes: Wishes, *, frames: int = 1, file_bytes: int = 0) -> None:
    """TooLargeError where the header claims more pixels than the limit, or more than the file can hold.

    Parameters
    ----------
    file_bytes : the file's size; 0 where it says nothing about the pixels.
    """
    pixels = size[0] * size[1] * frames
    shape = f"{size[0]} x {size[1]}" + (f" x {frames} frames" if frames > 1 else "")
    if pixels > wishes.max_pixels:
        instead = "choose one frame or " if frames > 1 else ""
        raise TooLargeError(
            f"{name}: {shape} are {_mega(pixels)}, more than the {_mega(wishes.max_pixels)} allowed; "
            f"{instead}raise max_pixels."
        )
    if file_bytes and pixels > STREAM_FROM and pixels > LIKELY_PIXELS_PER_BYTE * file_bytes:
        raise TooLargeError(
            f"{name}: the header claims {shape} pixels, but {file_bytes:,} bytes cannot hold them; "
            "the file is broken or hostile."
        )


def check_frame(name: str, wishes: Wishes, count: int, what: str = "frame") -> int:
    """The chosen frame, 0 where none was; OptionError that says how many there are."""
    frame = wishes.frame or 0
    if frame >= count:
        there = f"there is only {what} 0" if count == 1 else f"there are {count} {what}s, 0 to {count - 1}"
        raise OptionError(f"{name}: frame={frame} does not exist; {there}.")
    return frame


def ends_early(name: str, detail: str = "") -> TruncatedError:
    """The error for a file that ends before its picture does."""
    return TruncatedError(
        f"{name}: the file ends before the picture does{detail}; truncated=True accepts what arrived."
    )


def _mega(pixels: int) -> str:
    return f"{pixels / MEGAPIXEL:,.1f} megapixels" if pixels >= MEGAPIXEL // 10 else f"{pixels:,} pixels"
