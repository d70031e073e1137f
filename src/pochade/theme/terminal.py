"""The sixteen colors of a terminal."""

from pochade.color.contrast import AA
from pochade.palette import Palette
from pochade.theme import Pair, Theme
from pochade.theme.ground import ground
from pochade.theme.hues import HUES, matched
from pochade.theme.tone import Tone, Triple, readable, tones, turn

SLOTS = ("red", "green", "yellow", "blue", "magenta", "cyan")
"""What colors 1 to 6 are called, in a terminal's order."""

RANGE = {True: (0.64, 0.84), False: (0.36, 0.56)}
"""Oklab lightness that colors 1 to 6 begin from, on dark and on light: near to each other, as text of one weight."""

GRAYS = {"blue": 0.0, "magenta": 0.2, "red": 0.4, "green": 0.6, "cyan": 0.8, "yellow": 1.0}
"""Where the picture is gray, the slots are grays, from darkest to lightest as screens' own colors are."""

GRAY_RANGE = {True: (0.68, 0.88), False: (0.28, 0.47)}
"""Their lightness, on dark and on light: all of it can be read, so that none is moved onto its neighbor."""

BROWN = {True: 0.62, False: 0.40}
"""Oklab lightness of brown, a dim orange that editors ask for, before it is moved to be read."""

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
    found = matched({name: HUES[name] for name in SLOTS}, all_tones)
    slots: dict[str, Triple] = {}
    normal: dict[str, Tone] = {}
    for number, (name, tone) in enumerate(found.items(), 1):
        start = tone.at(darkest + GRAYS[name] * (lightest - darkest)) if gray else tone.within(darkest, lightest)
        normal[name] = readable(start, [back, base.selection.codes], AA)
        slots[f"color{number}"] = normal[name].codes
        slots[f"color{number + 8}"] = _farther(normal[name], away).codes
    orange = readable(_between(normal["red"], normal["yellow"]), [back, base.selection.codes], AA)
    brown = readable(orange.at(BROWN[dark], orange.chroma * 0.6), [back, base.selection.codes], AA)
    colors = {
        "background": back,
        "foreground": base.text.codes,
        "cursor": base.text.codes,
        "cursor-text": back,
        "selection": base.selection.codes,
        "selection-text": base.text.codes,
        "surface": base.surface.codes,
        "orange": orange.codes,
        "brown": brown.codes,
        "color0": back,
        "color7": base.text.codes,
        "color8": base.muted.codes,
        "color15": base.strong.codes,
        **slots,
    }
    numbered = [f"color{number}" for number in range(16)]
    others = {name: codes for name, codes in colors.items() if name not in numbered}
    written = ["foreground", *numbered[1:], "orange", "brown"]
    pairs = [Pair(name, "background", AA) for name in written]
    pairs += [Pair(name, "selection", AA) for name in ("selection-text", *(n for n in written if n != "color8"))]
    pairs += [Pair("foreground", "surface", AA), Pair("color8", "surface", AA), Pair("cursor-text", "cursor", AA)]
    return Theme("terminal", dark, others | {name: colors[name] for name in numbered}, tuple(pairs))


def _between(a: Tone, b: Tone) -> Tone:
    """The tone halfway from one to the other, on the shorter arc of hue."""
    hue = (a.hue + turn(a.hue, b.hue) / 2) % 360
    return Tone((a.lightness + b.lightness) / 2, (a.chroma + b.chroma) / 2, hue)


def _farther(tone: Tone, away: float) -> Tone:
    """The tone farther from the background, not beyond black and white."""
    return tone.at(min(max(tone.lightness + away, 0.0), 1.0))
