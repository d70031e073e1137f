"""What `pochade sight` writes: a picture as it is seen, or a sheet of all views."""

from typing import Any, cast

from pochade.cli.asked import PICTURES, check_suffix, write_picture
from pochade.color.vision import DEFICIENCIES, Deficiency, check
from pochade.errors import OptionError
from pochade.extraction.extract import extract


def simulated(source: str, output: str, deficiency: str, severity: float) -> None:
    """Write the picture as it is seen with a deficiency, in full size."""
    from PIL import Image

    from pochade.accessibility import picture

    check_suffix(output, PICTURES)
    check(deficiency, severity)
    image = Image.fromarray(picture(source, cast(Deficiency, deficiency), severity))
    if image.mode == "RGBA" and output.lower().endswith((".jpg", ".jpeg")):
        raise OptionError(f"{output}: part of the picture is transparent, which a JPEG cannot be: give .png or .webp.")
    write_picture(output, lambda: image)


def sheet(source: str, output: str, severity: float, k: int | str | None) -> None:
    """Write the sheet: normal sight, every deficiency, and the palette mended."""
    from pochade.draw import sight

    check_suffix(output, PICTURES)
    check(DEFICIENCIES[0], severity)
    wishes: dict[str, Any] = {} if k is None else {"k": k}
    palette = extract(source, **wishes)
    write_picture(output, lambda: sight(palette, severity=severity))
