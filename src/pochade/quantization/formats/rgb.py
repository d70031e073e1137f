"""PNG of 24 bits."""

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.files import PICTURES, encode_image
from pochade.quantization.formats import Encoded, formats, one_frame
from pochade.quantization.reduction import Frames


@formats.register("rgb", suffix=".png", media_type=PICTURES[".png"].media_type, by_suffix=False)
def rgb(frames: Frames, codes: NDArray[np.uint8]) -> Encoded:
    """PNG of 24 bits a pixel, for programs that cannot read palettes; without alpha."""
    from PIL import Image

    one_frame(frames, "rgb")
    if frames.alpha is not None:
        raise OptionError(
            "rgb holds no alpha, and the picture has transparent pixels: write png or webp, or give a background."
        )
    return Encoded(encode_image(Image.fromarray(codes[frames.indexes[0]]), "PNG", optimize=True), 24)
