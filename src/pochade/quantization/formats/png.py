"""Indexed PNG."""

import numpy as np
from numpy.typing import NDArray

from pochade.files import PICTURES, encode_image
from pochade.quantization.formats import Encoded, Format, formats, one_frame
from pochade.quantization.formats.entries import entries
from pochade.quantization.reduction import Frames

MAX_TINY_PIXELS = 1 << 14
"""Pixels up to which 24 bits are tried too: in a tiny file a palette may cost more than it saves."""

LEVEL = 8
"""Of zlib. 9 takes two to three times as long and saves up to 1.5 %; Pillow's `optimize` takes as long and saves
less."""


@formats.register("png", suffix=".png", media_type=PICTURES[".png"].media_type)
def png(frames: Frames, codes: NDArray[np.uint8]) -> Encoded:
    """Indexed PNG of 1, 2, 4 or 8 bits a pixel, the least that suffices; a tiny picture in 24 bits if that is
    smaller."""
    from PIL import Image

    one_frame(frames, "png")
    table = entries(frames, codes)
    height, width = table.indexes.shape[1:]
    image = Image.frombuffer("P", (width, height), table.indexes[0].tobytes(), "raw", "P", 0, 1)
    image.putpalette(table.codes.tobytes())
    options = {"transparency": table.alpha.tobytes().rstrip(b"\xff")} if frames.alpha is not None else {}
    content = encode_image(image, "PNG", compress_level=LEVEL, bits=table.bits, **options)
    indexed = Encoded(content, table.bits, table.alpha_levels)
    if frames.alpha is not None or height * width > MAX_TINY_PIXELS:
        return indexed
    rgb: Format = formats["rgb"]
    return min(indexed, rgb(frames, codes), key=lambda one: len(one.content))
