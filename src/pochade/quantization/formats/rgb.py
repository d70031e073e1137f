"""PNG of 24 bits."""

from typing import TYPE_CHECKING

from pochade.errors import OptionError
from pochade.files import PICTURES, apng, encode_image
from pochade.quantization.formats import Encoded, formats

if TYPE_CHECKING:
    from pochade.quantization.result import Quantized


@formats.register("rgb", suffix=".png", media_type=PICTURES[".png"].media_type, by_suffix=False)
def rgb(picture: "Quantized") -> Encoded:
    """PNG of 24 bits a pixel, for programs that cannot read palettes; animated if the picture is; without alpha."""
    from PIL import Image

    frames, metadata = picture.frames, picture.metadata
    if frames.alpha is not None:
        raise OptionError(
            "rgb holds no alpha, and the picture has transparent pixels: write png or webp, or give a background."
        )
    options = metadata.options("PNG") | {"optimize": True}
    files = (encode_image(Image.fromarray(picture.codes[one]), "PNG", **options) for one in frames.indexes)
    content = apng(files, frames.durations, metadata.plays) if len(frames.durations) > 1 else next(files)
    return Encoded(content, 24)
