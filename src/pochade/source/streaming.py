"""Pictures past 100 megapixels through libvips, if it is installed: strips as they are decoded, in constant memory.

Not used for progressive JPEG: each scan covers the whole picture, so no decoder can stream it.
"""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.errors import FormatError
from pochade.source.array import eight_bits, split
from pochade.source.material import Material
from pochade.source.modes import deep_profile
from pochade.source.picture import Box, Picture, ReadOptions, check_size, ends_early
from pochade.source.pixels import Strip
from pochade.source.profile import gray_table, rgb_profile
from pochade.source.tags import Meaning

STRIP_PIXELS = 1 << 22
"""4 megapixels: 12 MB, about the size of a CPU cache, and few calls."""

_TYPES = {"uchar": np.uint8, "ushort": np.uint16}
_SPACES = {"b-w", "srgb", "grey16", "rgb16", "rgb"}


def open_stream(material: Material, meaning: Meaning, options: ReadOptions) -> Picture | None:
    """The picture, not yet decoded; None if libvips is missing or cannot read it. `meaning`: by the file's tags."""
    vips = _vips()
    if vips is None:
        return None
    try:
        image = _image(vips, material)
        fields = set(image.get_fields())
    except vips.Error:
        return None  # Pillow may know the format
    bands, interpretation = image.bands, image.interpretation
    if image.format not in _TYPES or interpretation not in _SPACES or not 1 <= bands <= 4:
        return None
    check_size(material.name, (image.width, image.height), options, file_bytes=material.size)
    turn = image.get("orientation") if "orientation" in fields else 1
    profile, deep = deep_profile(meaning.profile) if image.format == "ushort" else (meaning.profile, None)
    table = gray_table(profile) if bands < 3 else None

    def blocks(box: Box) -> Iterator[Strip]:
        for top, levels in _rows(vips, material, box):
            codes, alpha = split(eight_bits(levels))
            if deep is not None:
                codes, _ = split(deep[levels])
            yield Strip(codes if table is None else table[codes[..., 0]], alpha, box[0], top)

    turn = turn if isinstance(turn, int) and 1 <= turn <= 8 else 1
    return Picture(image.width, image.height, blocks, turn, rgb_profile(profile), notes=meaning.notes)


def _rows(vips: ModuleType, material: Material, box: Box) -> Iterator[tuple[int, NDArray[Any]]]:
    """The first row and the levels of each strip of the box, decoded in order from the top of the file."""
    left, top, right, bottom = box
    try:
        image = _image(vips, material)
        region = vips.Region.new(image)
        rows = max(1, STRIP_PIXELS // image.width)
        for row in range(top, bottom, rows):
            count = min(rows, bottom - row)
            data = region.fetch(left, row, right - left, count)
            yield row, np.frombuffer(data, _TYPES[image.format]).reshape(count, right - left, image.bands)
    except vips.Error as error:
        reason = " ".join(str(error.detail or error.message).split())
        if any(word in reason.lower() for word in ("premature", "end of", "truncat", "read error")):
            raise ends_early(material.name) from None
        raise FormatError(f"{material.name}: the file is broken: {reason[:200]}.") from None


def _vips() -> ModuleType | None:
    try:
        import pyvips  # type: ignore[import-untyped]
    except (ImportError, OSError):  # OSError: the binding without the library
        return None
    pyvips.cache_set_max(0)  # else it keeps decoded tiles of earlier pictures
    vips: ModuleType = pyvips
    return vips


def _image(vips: ModuleType, material: Material) -> Any:
    options = {"access": "sequential", "fail_on": "error"}
    if material.path is not None:
        return vips.Image.new_from_file(material.path, **options)
    return vips.Image.new_from_buffer(material.bytes(), "", **options)
