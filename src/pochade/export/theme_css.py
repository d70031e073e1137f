"""theme-css: an interface theme as CSS, light and dark."""

from pochade.export import exporters
from pochade.export.stylesheet import MAGIC, read
from pochade.palette import Palette
from pochade.theme import theme


@exporters.register(
    "theme-css", suffix=".theme.css", media_type="text/css", read=read, magic=MAGIC, general=True, theme=True
)
def theme_css(palette: Palette) -> bytes:
    """Custom properties of an interface theme: light, and dark under `prefers-color-scheme: dark`."""
    light, dark = (
        "".join(
            f"{indent}--{name}: {color};\n" for name, color in theme(palette, "interface", dark=is_dark).hex.items()
        )
        for is_dark, indent in ((False, "  "), (True, "    "))
    )
    return (
        f":root {{\n  color-scheme: light dark;\n{light}}}\n\n"
        f"@media (prefers-color-scheme: dark) {{\n  :root {{\n{dark}  }}\n}}\n"
    ).encode()
