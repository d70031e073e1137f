"""Round corners."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image


def corners(size: tuple[int, int], radius: int) -> "Image.Image":
    """A mask of a rectangle with round corners: gray, the coverage of each pixel. size : width, height."""
    from PIL import Image, ImageDraw

    if radius == 0:
        return Image.new("L", size, 255)
    mask = Image.new("L", (size[0] * 4, size[1] * 4))
    ImageDraw.Draw(mask).rounded_rectangle([0, 0, size[0] * 4 - 1, size[1] * 4 - 1], radius * 4, fill=255)
    return mask.reduce(4)
