"""Lossless WebP."""

import numpy as np
from numpy.typing import NDArray

from pochade.files import PICTURES, encode_image
from pochade.quantization.formats import Encoded, formats
from pochade.quantization.reduction import Frames


@formats.register("webp", suffix=".webp", media_type=PICTURES[".webp"].media_type)
def webp(frames: Frames, codes: NDArray[np.uint8]) -> Encoded:
    """Lossless WebP, still or animated: mostly smaller than PNG, with all levels of alpha."""
    from PIL import Image

    alpha = frames.alpha

    def image(i: int) -> Image.Image:
        srgb = codes[frames.indexes[i]]
        return Image.fromarray(srgb if alpha is None else np.dstack([srgb, alpha[i]]))

    options: dict[str, object] = {"lossless": True, "quality": 100, "method": 4}
    if len(frames.indexes) > 1:
        rest = [image(i) for i in range(1, len(frames.indexes))]
        options |= {"save_all": True, "append_images": rest, "duration": list(frames.durations), "loop": 0}
    content = encode_image(image(0), "WEBP", **options)
    return Encoded(content, 24 if alpha is None else 32, 1 if alpha is None else len(np.unique(alpha)))
