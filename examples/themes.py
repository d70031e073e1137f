#!/usr/bin/env python3
"""Draw themes.png: a terminal and an interface in the harbor's colors, dark and light.

python themes.py [FOLDER]
"""

import sys
from pathlib import Path

from PIL import Image

import pochade
from pochade.draw.canvas import Raster, font
from pochade.theme import Theme

HERE = Path(__file__).parent
WIDTH, HEIGHT, GAP = 380, 232, 20

LINES = (
    (("color2", "~/harbor"), ("foreground", "git status")),
    (("foreground", "On branch "), ("color4", "main")),
    (("color2", "  new file:   buoy.py"),),
    (("color1", "  deleted:    fog.py"),),
    (("color3", "warning: "), ("foreground", "line ends differ")),
    (("color5", "def"), ("color4", "moor"), ("foreground", "(boat):"), ("color8", "# at the pier")),
    (("color5", "    return"), ("color6", "boat.rope"), ("foreground", "+"), ("orange", "12")),
)


def terminal(canvas: Raster, theme: Theme, left: int, top: int) -> None:
    canvas.box(left, top, WIDTH, HEIGHT, theme["background"], 8)
    for row, line in enumerate(LINES):
        at = left + 18.0
        for name, text in line:
            canvas.text((at, top + 24 + row * 22), text, 13, theme[name])
            at += font(13).getlength(text) + 5
    for slot in range(16):
        canvas.box(left + 18 + slot % 8 * 43, top + 186 + slot // 8 * 14, 40, 11, theme[f"color{slot}"], 2)


def interface(canvas: Raster, theme: Theme, left: int, top: int) -> None:
    canvas.box(left, top, WIDTH, HEIGHT, theme["background"], 8)
    canvas.text((left + 18, top + 26), "Harbor master", 17, theme["text"])
    canvas.text((left + 18, top + 48), "Three boats are expected today", 12, theme["muted"])
    canvas.box(left + 17, top + 65, WIDTH - 34, 150, theme["border"], 6)
    canvas.box(left + 18, top + 66, WIDTH - 36, 148, theme["surface"], 5)
    canvas.text((left + 32, top + 86), "The ", 13, theme["text"])
    canvas.text((left + 60, top + 86), "red buoy", 13, theme["primary"])
    canvas.text((left + 118, top + 86), "marks the channel.", 13, theme["text"])
    for i, name in enumerate(("primary", "accent")):
        canvas.box(left + 32 + i * 110, top + 106, 100, 30, theme[name], 4)
        canvas.text((left + 82 + i * 110, top + 121), name.title(), 13, theme[f"on-{name}"], "m")
    for i, (name, text) in enumerate((("success", "Moored"), ("warning", "Late"), ("error", "Aground"))):
        canvas.box(left + 32 + i * 110, top + 150, 100, 24, theme[name], 4)
        canvas.text((left + 82 + i * 110, top + 162), text, 12, theme[f"on-{name}"], "m")
        canvas.text((left + 32 + i * 110, top + 194), text, 13, theme[name])


def main(folder: Path) -> None:
    palette = pochade.extract(HERE / "harbor.jpg", 16)
    canvas = Raster(2 * WIDTH + 3 * GAP, 2 * HEIGHT + 3 * GAP)
    for column, dark in enumerate((True, False)):
        left = GAP + column * (WIDTH + GAP)
        terminal(canvas, palette.theme("terminal", dark=dark), left, GAP)
        interface(canvas, palette.theme("interface", dark=dark), left, HEIGHT + 2 * GAP)
    small = canvas.image().quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(folder / "themes.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
