"""Indexed PNG."""

from typing import TYPE_CHECKING

from pochade.files import PICTURES, apng, encode_image
from pochade.quantization.formats import Encoded, Format, formats
from pochade.quantization.formats.entries import Codes, Entries

if TYPE_CHECKING:
    from pochade.quantization.result import Quantized

MAX_TINY_PIXELS = 1 << 14
"""Pixels up to which 24 bits are tried too: in a tiny file a palette may cost more than it saves."""

LEVEL = 8
"""Of zlib. 9 takes two to three times as long and saves up to 1.5 %; Pillow's `optimize` takes as long and saves
less."""


@formats.register("png", suffix=".png", media_type=PICTURES[".png"].media_type, indexed=True)
def png(picture: "Quantized") -> Encoded:
    """Indexed PNG of 1, 2, 4 or 8 bits a pixel, the least that suffices, animated if the picture is; a tiny picture in
    24 bits if that is smaller, unless the order of its palette was given."""
    table, metadata = picture.entries, picture.metadata
    files = (_file(table, indexes, metadata.options("PNG")) for indexes in table.indexes)
    durations = picture.frames.durations
    content = apng(files, durations, metadata.plays) if len(durations) > 1 else next(files)
    indexed = Encoded(content, table.bits, table.alpha_levels)
    if table.ordered or not table.opaque or table.indexes.size > MAX_TINY_PIXELS:
        return indexed
    rgb: Format = formats["rgb"]
    return min(indexed, rgb(picture), key=lambda one: len(one.content))


def _file(table: Entries, indexes: Codes, options: dict[str, object]) -> bytes:
    from PIL import Image

    height, width = indexes.shape
    image = Image.frombuffer("P", (width, height), indexes.tobytes(), "raw", "P", 0, 1)
    image.putpalette(table.codes.tobytes())
    if not table.opaque:
        options["transparency"] = table.alpha.tobytes().rstrip(b"\xff")
    return encode_image(image, "PNG", compress_level=LEVEL, bits=table.bits, **options)
