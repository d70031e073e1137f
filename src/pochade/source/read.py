"""read(): open any source of a picture as Pixels. Library, command line and HTTP all call it."""

import math
import numbers
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any

import numpy as np

from pochade.errors import FormatError, OptionError
from pochade.option import Within
from pochade.source.array import open_array
from pochade.source.dispatch import open_encoded
from pochade.source.mask import Mask, open_mask
from pochade.source.material import Material, from_bytes, from_file, from_path, from_standard_input
from pochade.source.picture import MAX_FRAMES, MAX_MEMORY, TIMEOUT, Box, Picture, ReadOptions, refuse_exposure
from pochade.source.pixels import Pixels, Strip
from pochade.source.region import REGION, region_box
from pochade.source.scale import check_scale, scaled_picture
from pochade.source.tone import with_peak
from pochade.source.turn import stored_box, turned_size, turned_strip

MAX_PIXELS = 1_000_000_000
"""The limit for all frames together, above any camera and most scanners; Pillow then needs 4 GB, libvips 0.2."""

MAX_BYTES = 1 << 30
"""The limit for a URL, a pipe or a file object; files on disk have no limit in bytes."""


def read(
    source: Any,
    *,
    scale: Annotated[float, Within(above=0, most=1)] = 1.0,
    region: Annotated[Sequence[float] | None, REGION] = None,
    mask: Any = None,
    frame: Annotated[int | None, Within(0)] = None,
    exposure: Annotated[float | None, Within(-32, 32)] = None,
    truncated: bool = False,
    max_pixels: Annotated[int, Within(1)] = MAX_PIXELS,
    max_frames: Annotated[int, Within(1)] = MAX_FRAMES,
    max_bytes: Annotated[int, Within(1)] = MAX_BYTES,
    max_memory: Annotated[int, Within(1)] = MAX_MEMORY,
    public_only: bool = False,
    timeout: Annotated[float, Within(above=0)] = TIMEOUT,
    isolate: bool = True,
) -> Pixels:
    """The pixels of a picture, in strips: in EXIF orientation, with alpha, in sRGB or with a profile that
    converts to it.

    Parameters
    ----------
    source : a path; an http(s) URL; "-" for standard input; "clipboard:"; bytes; a binary file object; a PIL
        image; or a NumPy array: (h, w), (h, w, 1), (h, w, 2), (h, w, 3) or (h, w, 4) for gray, gray with
        alpha, RGB, RGBA, of uint8, uint16 or floats from 0 to 1.
    scale : above 0, up to 1: reduce the picture first; each pixel is the mean of the codes of the area that it covers.
        Sizes, and a region in pixels, then refer to the smaller picture.
    region : left, top, right, bottom: integers are pixels, numbers with a decimal point are fractions.
    mask : a picture of the same proportions, from any source, or a bool array: white counts, black does not, gray
        counts in part.
    frame : the number of a frame or page, from 0. By default all frames of an animated GIF, WebP, PNG or AVIF count,
        each by its duration; a file with pages (TIFF, PDF, ICO, MPO, HEIC) counts with its first or primary one.
    exposure : only for pictures that store the light of a scene (OpenEXR, Radiance HDR, PFM, floating-point TIFF):
        stops, -32 to 32; 0 shows light of 1 as white, 1 light of 0.5. By default the 99th percentile is white.
    truncated : accept the pixels that arrived of a file that ends early; by default it is refused.
    max_pixels : the most pixels of all frames together, checked before decoding.
    max_frames : the most frames of an animation.
    max_bytes : the most bytes from a URL, a pipe or a file object.
    max_memory : the most bytes of memory for decoding. What the header states is checked before decoding, by what a
        pixel of the format costs; a process of its own is held to it (Linux only).
    public_only : fetch URLs from public addresses only; for servers.
    timeout : seconds for a URL, and seconds for decoding in a process of its own.
    isolate : decode SVG, PDF, camera raw, JPEG 2000, HEIC and JPEG XL in a process of their own, because their
        decoders can crash or run without end on broken files. False decodes them in this process.

    Raises
    ------
    SourceError : the picture cannot be read: FormatError, TruncatedError, TooLargeError, FetchError,
        EmptyError; or the process that decoded it died.
    OptionError : an option has a value that is not allowed for this picture.

    Examples
    --------
    >>> import numpy as np
    >>> pixels = read(np.zeros((2, 3, 3), np.uint8))
    >>> pixels.width, pixels.height
    (3, 2)
    """
    options = ReadOptions(
        frame=_frame(frame),
        truncated=truncated,
        max_pixels=_limit("max_pixels", max_pixels),
        exposure=_exposure(exposure),
        max_frames=_limit("max_frames", max_frames),
        max_memory=_limit("max_memory", max_memory),
        timeout=_seconds(timeout),
        isolate=isolate,
    )
    _limit("max_bytes", max_bytes)
    factor = check_scale(scale)

    def download(url: str) -> bytes:
        from pochade.source.url import fetch

        return fetch(url, timeout=timeout, max_bytes=max_bytes, public_only=public_only)

    def open_source(source: Any, options: ReadOptions) -> tuple[Picture, str | None]:
        if isinstance(source, str) and source == "clipboard:":
            source = _clipboard()
        if isinstance(source, np.ndarray) or _is_pil(source):
            refuse_exposure("an array" if isinstance(source, np.ndarray) else "a PIL image", options)
        if isinstance(source, np.ndarray):
            return open_array(source, options), None
        if _is_pil(source):
            return _open_pil(source, options), None
        material = _material(source, max_bytes, download)
        name = material.name if isinstance(source, str | os.PathLike) else None
        return with_peak(open_encoded(material, options)), name

    def read_mask(mask: Any) -> Pixels:
        return _pixels(*open_source(mask, replace(options, frame=0, truncated=False, exposure=None)))

    picture, name = open_source(source, options)
    picture = scaled_picture(picture, factor)
    size = turned_size(picture.width, picture.height, picture.turn)
    label = name or "the picture"
    box = region_box(region, *size, label)
    return _pixels(picture, name, box, None if mask is None else open_mask(mask, size, label, read_mask))


def _pixels(picture: Picture, name: str | None, box: Box | None = None, mask: Mask | None = None) -> Pixels:
    """The picture in EXIF orientation, cut to the box and the mask."""
    width, height, turn = picture.width, picture.height, picture.turn
    size = turned_size(width, height, turn)
    stored = stored_box(box or (0, 0, *size), width, height, turn)

    def strips() -> Iterator[Strip]:
        for block in picture.blocks(stored):
            strip = turned_strip(block, width, height, turn)
            yield strip if mask is None else mask.apply(strip)

    metadata = picture.metadata
    if size != (width, height) and metadata.dpi:
        metadata = replace(metadata, dpi=metadata.dpi[::-1])
    return Pixels(*size, strips, name, box, picture.frames, picture.profile, picture.notes, metadata)


def _material(source: Any, max_bytes: int, download: Callable[[str], bytes]) -> Material:
    if isinstance(source, bytes | bytearray | memoryview):
        return from_bytes(source)
    if isinstance(source, os.PathLike):
        source = os.fspath(source)
    if isinstance(source, str):
        if source == "-":
            return from_standard_input(max_bytes)
        if source[:8].lower().startswith(("http://", "https://")):
            return from_bytes(download(source), source)
        return from_path(source, max_bytes)
    if callable(getattr(source, "read", None)):
        name = getattr(source, "name", None)
        return from_file(source, name if isinstance(name, str) else "file object", max_bytes)
    raise FormatError(
        f"a {type(source).__name__} is not a picture; give a path, a URL, '-', 'clipboard:', bytes, "
        "a binary file object, a PIL image or a NumPy array."
    )


def _is_pil(source: Any) -> bool:
    """Whether it is a PIL image. This imports no PIL: a caller with an image has imported it."""
    module = sys.modules.get("PIL.Image")
    return module is not None and isinstance(source, module.Image)


def _open_pil(image: Any, options: ReadOptions) -> Picture:
    from pochade.source.raster import open_image

    return open_image(image, options, "PIL image")


def _clipboard() -> Any:
    """The PIL image or the path on the clipboard."""
    from pochade.source.clipboard import grab

    content = grab()
    if len(content) > 1:
        raise FormatError(f"clipboard: it holds {len(content)} files; copy one, or give their paths.")
    return content[0]


def _frame(frame: int | None) -> int | None:
    if frame is None or (isinstance(frame, int) and not isinstance(frame, bool) and frame >= 0):
        return frame
    raise OptionError(f"frame={frame!r} is not allowed: give an integer from 0, or None for all frames.")


def _exposure(stops: float | None) -> float | None:
    if stops is None or (isinstance(stops, int | float) and not isinstance(stops, bool) and -32 <= stops <= 32):
        return stops
    raise OptionError(f"exposure={stops!r} is not allowed: give a number of stops from -32 to 32, or None.")


def _limit(name: str, value: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    raise OptionError(f"{name}={value!r} is not allowed: give a positive integer.")


def _seconds(timeout: float) -> float:
    if isinstance(timeout, numbers.Real) and not isinstance(timeout, bool) and 0 < timeout < math.inf:
        return float(timeout)
    raise OptionError(f"timeout={timeout!r} is not allowed: give a number of seconds above 0.")
