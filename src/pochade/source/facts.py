"""The facts that a picture's file states beside its pixels: resolution, repetition, colors, color table, pages."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pochade.files import Metadata
from pochade.source.resolution import Dpi, checked_dpi, exif_dpi, psd_dpi

TAGS = "icc_profile", "srgb", "gamma", "cicp"
"""Pillow's names of what states colors."""

PSD_RESOLUTION = 1005
"""The number of the resource of a PSD that states its resolution."""


def facts_of(image: Image.Image, frames: int = 1, *, stated: bool = False) -> Metadata:
    """The facts of an open Pillow image, before it is loaded.

    frames : how many of its frames count. stated : whether a tag that Pillow does not know states its colors.
    """
    info = image.info
    tagged = stated or any(info.get(name) is not None for name in TAGS)
    return Metadata(_resolution(image), _plays(image) if frames > 1 else 0, tagged, _table(image), _paged(image))


def _resolution(image: Image.Image) -> Dpi | None:
    stated = image.info.get("dpi")
    if isinstance(stated, tuple) and len(stated) == 2:
        return checked_dpi(*stated)
    if image.format == "PSD":
        resources = getattr(image, "resources", ())
        return next((psd_dpi(data) for number, _, data in resources if number == PSD_RESOLUTION), None)
    exif = image.info.get("exif")
    return exif_dpi(exif) if isinstance(exif, bytes) else None


def _paged(image: Image.Image) -> bool:
    """Whether further pictures of the file are pages of a document; MPO and ICO hold other versions of one picture.

    Pillow knows without a search whether a TIFF has a second page.
    """
    if image.format == "TIFF":
        return bool(getattr(image, "is_animated", False))
    return image.format == "HEIF" and int(getattr(image, "n_frames", 1)) > 1


def _plays(image: Image.Image) -> int:
    """How often an animation plays; 0 without end.

    A GIF states how often it repeats, and nothing if it plays once; WebP and PNG state how often they play. AVIF states
    nothing that Pillow reads.
    """
    loop = image.info.get("loop")
    if image.format == "GIF":
        return 1 if loop is None else 0 if loop == 0 else loop + 1
    return loop if isinstance(loop, int) and loop > 0 else 0


def _table(image: Image.Image) -> NDArray[np.uint8] | None:
    """The color table of an indexed picture with its alpha, in the codes of its pixels."""
    if image.mode != "P" or image.palette is None:
        return None
    layout, codes = image.palette.getdata()
    pixel = Image.new("P", (1, 1))  # the picture's own `getpalette` decodes the picture
    try:
        pixel.putpalette(codes, layout)
        colors = np.array(pixel.getpalette("RGB") or [], np.uint8).reshape(-1, 3)[:256]
    except ValueError:
        return None
    if not len(colors):
        return None
    table: NDArray[np.uint8] = np.concatenate([colors, np.full((len(colors), 1), 255, np.uint8)], 1)
    clear = image.info.get("transparency")
    if isinstance(clear, bytes):
        alpha = np.frombuffer(clear[: len(table)], np.uint8)
        table[: len(alpha), 3] = alpha
    elif isinstance(clear, int) and 0 <= clear < len(table):
        table[clear, 3] = 0
    return table
