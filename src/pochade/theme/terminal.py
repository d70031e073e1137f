"""The sixteen colors of a terminal."""

from pochade.color.contrast import AA
from pochade.palette import Palette
from pochade.theme import Pair, Theme
from pochade.theme.hues import HUES, match
from pochade.theme.neutrals import neutrals
from pochade.theme.tone import Tone, Triple, readable, tones, turn

SLOTS = ("red", "green", "yellow", "blue", "magenta", "cyan")
"""The names of colors 1 to 6, in the order of terminals."""

RANGE = {True: (0.64, 0.84), False: (0.36, 0.56)}
"""The range of Oklab lightness of colors 1 to 6 at the start, in dark and light themes: narrow, for even text."""

GRAYS = {"blue": 0.0, "magenta": 0.2, "red": 0.4, "green": 0.6, "cyan": 0.8, "yellow": 1.0}
"""The places of the slots between darkest and lightest in a gray theme: the order of the screen's primaries."""

GRAY_RANGE = {True: (0.68, 0.88), False: (0.28, 0.47)}
"""The range of their lightness, in dark and light themes: all readable, so none moves onto its neighbor."""

BROWN = {True: 0.62, False: 0.40}
"""Oklab lightness of brown, a dim orange that editors need, before it moves to be readable."""

BRIGHTER = 0.08
"""The extra distance of each bright color from the background, in Oklab lightness: visible side by side."""


def terminal(palette: Palette, *, dark: bool) -> Theme:
    """The theme of a terminal; see `pochade.theme.theme`.

    color0 is the background, color7 the foreground, color8 muted text, color15 the strongest text, as in base16, so
    "black" text is readable on every other color.
    """
    all_tones = tones(palette)
    base = neutrals(palette, all_tones, dark=dark)
    back = base.background.codes
    away = BRIGHTER if dark else -BRIGHTER
    gray = all(tone.gray for tone in all_tones)
    darkest, lightest = GRAY_RANGE[dark] if gray else RANGE[dark]
    matches = match({name: HUES[name] for name in SLOTS}, all_tones)
    slots: dict[str, Triple] = {}
    normal: dict[str, Tone] = {}
    for number, (name, tone) in enumerate(matches.items(), 1):
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
    """The tone halfway between two, on the shorter arc of hue."""
    hue = (a.hue + turn(a.hue, b.hue) / 2) % 360
    return Tone((a.lightness + b.lightness) / 2, (a.chroma + b.chroma) / 2, hue)


def _farther(tone: Tone, away: float) -> Tone:
    """The tone farther from the background, at most black or white."""
    return tone.at(min(max(tone.lightness + away, 0.0), 1.0))
