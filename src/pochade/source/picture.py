"""Picture: the output of a decoder, in the orientation of the file. `read` applies EXIF orientation, region and
mask."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pochade.errors import OptionError, TooLargeError, TruncatedError
from pochade.files import Metadata
from pochade.source.pixels import Strip
from pochade.source.profile import Profile

Box = tuple[int, int, int, int]
"""left, top, right, bottom in pixels; right and bottom are exclusive."""

MEGAPIXEL = 1_000_000
STREAM_FROM = 100 * MEGAPIXEL
"""Pictures with more pixels are streamed if a library can: a desktop can spare the 300 MB below it."""

MAX_PIXELS_PER_BYTE = 10_000
"""The most pixels a byte of a common file: Deflate expands one byte to at most 1032, each of 8 pixels."""

MAX_FRAMES = 10_000
"""Frames of an animation: a quarter of an hour at 10 a second. The sketch takes 4 kB for each."""

MAX_MEMORY = 4 << 30
"""Bytes for the decoding of one picture: half of a common computer."""

TIMEOUT = 30.0
"""Seconds to fetch a URL, from the name look-up to the last byte; and seconds to decode a picture in a process of its
own: a raw file of 100 megapixels takes half of them."""

STRIP_PIXELS = 1 << 17
"""A picture that needs a copy or a conversion passes in strips of about so many pixels: a copy stays in the processor's
cache, and is a small part of any picture that takes memory."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The caller's options for the decoder.

    frame : the number of a frame or page, from 0; None for all frames of an animation, or the first page.
    truncated : accept the pixels that arrived of a file that ends early.
    max_pixels : the most pixels, all frames together. max_frames : the most frames.
    exposure : for pictures that store light: stops, where 0 shows light of 1 as white; None for automatic.
    max_memory : the most bytes that decoding may take.
    timeout : seconds for a decoder in a process of its own.
    isolate : whether decoders that can die or hang run in a process of their own.
    """

    frame: int | None
    truncated: bool
    max_pixels: int
    exposure: float | None = None
    max_frames: int = MAX_FRAMES
    max_memory: int = MAX_MEMORY
    timeout: float = TIMEOUT
    isolate: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose header is known.

    width, height : in pixels, as stored.
    blocks : a function that gives the part in a box, as stored, of all frames that count.
    turn : the EXIF orientation, 1 to 8.
    profile : the RGB profile of the codes, or None if they are sRGB.
    frames : the number of frames that count.
    notes : a sentence for each tag of the file that was ignored.
    metadata : the facts that the file states beside the pixels.
    """

    width: int
    height: int
    blocks: Callable[[Box], Iterator[Strip]]
    turn: int = 1
    profile: Profile | None = None
    frames: int = 1
    notes: tuple[str, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)


def rows_of(box: Box) -> Iterator[tuple[int, int]]:
    """The first row of each strip of the box, and the row after its last."""
    left, top, right, bottom = box
    count = max(STRIP_PIXELS // (right - left), 1)
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


def refuse_exposure(name: str, options: ReadOptions) -> None:
    """Raise OptionError if an exposure was asked for: the picture stores codes."""
    if options.exposure is not None:
        raise OptionError(
            f"exposure={options.exposure:g} is not allowed for {name}: only OpenEXR, Radiance HDR, PFM and "
            "floating-point TIFF store the light of a scene; leave it out."
        )


def check_frames(name: str, count: int, options: ReadOptions) -> None:
    """Raise TooLargeError if more frames would count than the limit allows."""
    if count > options.max_frames:
        raise TooLargeError(
            f"{name}: {count:,} frames are more than the {options.max_frames:,} allowed; "
            "choose one frame or raise max_frames."
        )


def check_memory(name: str, size: tuple[int, int], options: ReadOptions, pixel_bytes: int) -> None:
    """Raise TooLargeError if decoding would take more memory than the limit. pixel_bytes : what a pixel takes."""
    needed = size[0] * size[1] * pixel_bytes
    if needed > options.max_memory:
        raise TooLargeError(
            f"{name}: decoding {size[0]} x {size[1]} pixels takes about {_mega_bytes(needed)}, more than the "
            f"{_mega_bytes(options.max_memory)} allowed; raise max_memory."
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


def _mega_bytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count >= 1_000_000 else f"{count:,} bytes"


def _mega(pixels: int) -> str:
    return f"{pixels / MEGAPIXEL:,.1f} megapixels" if pixels >= MEGAPIXEL // 10 else f"{pixels:,} pixels"
