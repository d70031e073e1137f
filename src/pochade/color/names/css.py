"""css: the 139 named colors of CSS, which took them from SVG and X11."""

from pochade.color.names import Vocabulary, register

register(
    Vocabulary("css", "The named colors of CSS: known to every browser; coarse.", "pochade.color", "css_names.json")
)
