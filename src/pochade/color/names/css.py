"""css: the 139 named colors of CSS, most of them from X11 and SVG."""

from pochade.color.names import Vocabulary, register

register(
    Vocabulary("css", "The named colors of CSS: known to every browser; coarse.", "pochade.color", "css_names.json")
)
