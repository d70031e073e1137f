"""GIF, still or animated, with one palette for all frames."""

import io

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.quantized.formats import Encoded, formats
from pochade.quantized.formats.entries import entries
from pochade.quantized.reduction import Frames

RESTORED = 2
"""GIF89a's disposal method: before the next frame the picture is transparent again."""


@formats.register("gif", suffix=".gif", media_type="image/gif")
def gif(frames: Frames, codes: NDArray[np.uint8]) -> Encoded:
    """GIF, still or animated, with one palette for all frames; a pixel is opaque or transparent. Loops without end."""
    from PIL import Image

    alpha = frames.alpha
    if alpha is not None and ((alpha > 0) & (alpha < 255)).any():
        raise OptionError(
            "gif holds no alpha besides opaque and transparent, and the picture has half-transparent pixels: write png "
            "or webp, or give a background."
        )
    found = entries(frames, codes)
    size = found.indexes.shape[:0:-1]

    def image(i: int) -> Image.Image:
        one = Image.frombuffer("P", size, found.indexes[i].tobytes(), "raw", "P", 0, 1)
        one.putpalette(found.codes.tobytes())
        return one

    options: dict[str, object] = {"optimize": False, "interlace": 0}
    if alpha is not None:
        options |= {"transparency": 0, "disposal": RESTORED}
    if len(found.indexes) > 1:
        rest = [image(i) for i in range(1, len(found.indexes))]
        options |= {"save_all": True, "append_images": rest, "duration": list(frames.durations), "loop": 0}
    file = io.BytesIO()
    image(0).save(file, "GIF", **options)
    return Encoded(file.getvalue(), max(1, (len(found.codes) - 1).bit_length()), found.alpha_levels)
