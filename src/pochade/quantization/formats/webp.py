"""Lossless WebP."""

from typing import TYPE_CHECKING

import numpy as np

from pochade.files import PICTURES, encode_image, whole_steps
from pochade.quantization.formats import Encoded, formats

if TYPE_CHECKING:
    from PIL import Image

    from pochade.quantization.result import Quantized


@formats.register("webp", suffix=".webp", media_type=PICTURES[".webp"].media_type)
def webp(picture: "Quantized") -> Encoded:
    """Lossless WebP, still or animated: mostly smaller than PNG, with all levels of alpha."""
    from PIL import Image

    frames, alpha, metadata = picture.frames, picture.frames.alpha, picture.metadata

    def image(i: int) -> "Image.Image":
        srgb = picture.codes[frames.indexes[i]]
        return Image.fromarray(srgb if alpha is None else np.dstack([srgb, alpha[i]]))

    options: dict[str, object] = {"lossless": True, "quality": 100, "method": 4} | metadata.options("WEBP")
    if len(frames.indexes) > 1:
        rest = (image(i) for i in range(1, len(frames.indexes)))
        options |= {"save_all": True, "append_images": rest, "loop": metadata.plays}
        options["duration"] = whole_steps(frames.durations)
    content = encode_image(image(0), "WEBP", **options)
    return Encoded(content, 24 if alpha is None else 32, 1 if alpha is None else len(np.unique(alpha)))
