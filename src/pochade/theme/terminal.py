"""The sixteen colors of a terminal."""

from pochade.color.contrast import AA
from pochade.palette import Palette
from pochade.theme import Pair, Theme
from pochade.theme.ground import ground
from pochade.theme.hues import HUES, matched
from pochade.theme.tone import Codes, Tone, readable, tones

SLOTS = ("red", "green", "yellow", "blue", "magenta", "cyan")
"""What colors 1 to 6 are called, in a terminal's order."""

RANGE = {True: (0.64, 0.84), False: (0.36, 0.56)}
"""Oklab lightness that colors 1 to 6 begin from, on dark and on light: near to each other, as text of one weight."""

GRAYS = {"blue": 0.0, "magenta": 0.2, "red": 0.4, "green": 0.6, "cyan": 0.8, "yellow": 1.0}
"""Where the picture is gray, the slots are grays, from darkest to lightest as screens' own colors are."""

GRAY_RANGE = {True: (0.68, 0.88), False: (0.28, 0.47)}
"""Their lightness, on dark and on light: all of it can be read, so that none is moved onto its neighbor."""

BRIGHTER = 0.08
"""How much farther from the background, in Oklab lightness, the bright color of each slot lies: seen beside it."""


def terminal(palette: Palette, *, dark: bool) -> Theme:
    """A terminal's theme; see `pochade.theme.theme`.

    color0 is the background, color7 the foreground, color8 muted text, color15 the strongest text, as in base16: so a
    program that writes "black" on any other color can be read.
    """
    all_tones = tones(palette)
    base = ground(palette, all_tones, dark=dark)
    back = base.background.codes
    away = BRIGHTER if dark else -BRIGHTER
    gray = all(tone.gray for tone in all_tones)
    darkest, lightest = GRAY_RANGE[dark] if gray else RANGE[dark]
    slots: dict[str, Codes] = {}
    for number, (name, tone) in enumerate(matched({name: HUES[name] for name in SLOTS}, all_tones).items(), 1):
        start = tone.at(darkest + GRAYS[name] * (lightest - darkest)) if gray else tone.within(darkest, lightest)
        normal = readable(start, [back, base.selection.codes], AA)
        slots[f"color{number}"] = normal.codes
        slots[f"color{number + 8}"] = _farther(normal, away).codes
    colors = {
        "background": back,
        "foreground": base.text.codes,
        "cursor": base.text.codes,
        "cursor-text": back,
        "selection": base.selection.codes,
        "selection-text": base.text.codes,
        "color0": back,
        "color7": base.text.codes,
        "color8": base.muted.codes,
        "color15": base.strong.codes,
        **slots,
    }
    numbered = sorted((n for n in colors if n.startswith("color")), key=lambda name: int(name[5:]))
    ordered = {name: colors[name] for name in [*list(colors)[:6], *numbered]}
    written = ["foreground", *numbered[1:]]
    pairs = [Pair(name, "background", AA) for name in written]
    pairs += [Pair(name, "selection", AA) for name in ("selection-text", *(n for n in written if n != "color8"))]
    pairs += [Pair("cursor-text", "cursor", AA)]
    return Theme("terminal", dark, ordered, tuple(pairs))


def _farther(tone: Tone, away: float) -> Tone:
    """The tone farther from the background, not beyond black and white."""
    return tone.at(min(max(tone.lightness + away, 0.0), 1.0))
