"""Portable Float Map in color (.pfm), decoded here. Pillow reads the gray ones.

References
----------
Paul Debevec: "PFM Portable FloatMap Image Format", 2001 (hdrlabs.com and netpbm's page "pfm").
"""

import re

import numpy as np

from pochade.errors import EmptyError, TruncatedError
from pochade.source.formats import formats
from pochade.source.light import open_light
from pochade.source.material import Material
from pochade.source.picture import Picture, ReadOptions, check_frame, check_memory, check_size

_PIXEL_BYTES = 25
"""Bytes of memory that one pixel takes, measured with RGB."""

_HEADER = re.compile(rb"PF\s+(\d{1,7})\s+(\d{1,7})\s+([-+]?[\d.]+(?:e[-+]?\d+)?)\s", re.IGNORECASE)


def is_pfm(material: Material) -> bool:
    """Whether the file has the header of a color float map."""
    return material.head.startswith(b"PF") and _HEADER.match(material.head) is not None


@formats.register("pfm", recognizes=is_pfm, light=True)
def pfm(material: Material, options: ReadOptions) -> Picture:
    """The exposed picture. The file has its rows from the bottom up."""
    name = material.name
    check_frame(name, options, 1)
    match = _HEADER.match(material.head)
    assert match is not None
    width, height = int(match[1]), int(match[2])
    check_size(name, (width, height), options)
    check_memory(name, (width, height), options, _PIXEL_BYTES)
    count = 3 * width * height
    data = material.bytes()[match.end() : match.end() + 4 * count]
    if not count:
        raise EmptyError(f"{name}: {width} x {height} holds no pixel.")
    if len(data) < 4 * count:
        raise TruncatedError(f"{name}: the file ends early, and a float map cannot be read in part.")
    order = "<" if match[3].startswith(b"-") else ">"
    return open_light(np.frombuffer(data, order + "f4").reshape(height, width, 3)[::-1], None, options, name)
