"""JSON: everything that a palette knows, on one line."""

from pochade.export import exporters
from pochade.palette import Palette


@exporters.register("json", suffix=".json", media_type="application/json", header=0)
def json(palette: Palette) -> bytes:
    """The palette as one line of JSON; several palettes make JSON Lines.

    Bytes of a file's name that are not UTF-8 come out as escapes, so that the line always is.
    """
    return (palette.to_json() + "\n").encode("utf-8", "backslashreplace")
