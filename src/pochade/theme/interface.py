"""The colors of a user interface."""

from collections.abc import Sequence

from pochade.color.contrast import AA, AA_LARGE, wcag
from pochade.palette import Palette
from pochade.theme import Pair, Theme
from pochade.theme.hues import HUES, VIVID, match
from pochade.theme.neutrals import neutrals
from pochade.theme.terminal import RANGE
from pochade.theme.tone import Tone, Triple, readable, tones, turn

BLACK, WHITE = (0, 0, 0), (255, 255, 255)

STATUS = {"success": HUES["green"], "warning": HUES["yellow"], "error": HUES["red"]}

MIN_TURN = 20.0
"""The least distance of two different hues, in degrees of Oklch."""

APART = 0.14
"""The difference of Oklab lightness between primary and accent if the picture has one hue."""

NEUTRAL = {True: (0.86, 0.72), False: (0.32, 0.46)}
"""Oklab lightness of primary and accent for a gray picture, in dark and light themes."""

BORDER = {True: 0.5, False: 0.64}
"""Oklab lightness of borders before they move to be readable, in dark and light themes."""


def interface(palette: Palette, *, dark: bool) -> Theme:
    """The theme of an interface; see `pochade.theme.theme`."""
    all_tones = tones(palette)
    base = neutrals(palette, all_tones, dark=dark)
    fields = [base.background.codes, base.surface.codes]
    first, second = _leading(all_tones, dark)
    primary = readable(first, fields, AA)
    accent = second or primary.at(min(max(primary.lightness + (APART if dark else -APART), 0.0), 1.0))
    status = {name: tone.within(*RANGE[dark]) for name, tone in match(STATUS, all_tones).items()}
    fill_tones = {"primary": primary, "accent": accent, **status}
    fills = {name: readable(tone, fields, AA).codes for name, tone in fill_tones.items()}
    colors = {
        "background": fields[0],
        "surface": fields[1],
        "text": base.text.codes,
        "muted": base.muted.codes,
        "border": readable(base.surface.at(BORDER[dark]), fields, AA_LARGE).codes,
        **fills,
        **{f"on-{name}": _ink(codes) for name, codes in fills.items()},
    }
    pairs = [Pair(name, field, AA) for name in ("text", "muted", *fills) for field in ("background", "surface")]
    pairs += [Pair(f"on-{name}", name, AA) for name in fills]
    pairs += [Pair("border", field, AA_LARGE) for field in ("background", "surface")]
    return Theme("interface", dark, colors, tuple(pairs))


def _leading(all_tones: Sequence[Tone], dark: bool) -> tuple[Tone, Tone | None]:
    """Primary: the vivid color with the largest share; accent: the vivid color with the hue farthest from it."""
    colored = [tone for tone in all_tones if not tone.gray]
    if not colored:
        first, second = NEUTRAL[dark]
        return all_tones[0].at(first), all_tones[0].at(second)
    primary = next((tone for tone in colored if tone.chroma >= VIVID), max(colored, key=lambda tone: tone.chroma))
    away = [(abs(turn(primary.hue, tone.hue)) * tone.chroma, tone) for tone in colored]
    others = [(worth, tone) for worth, tone in away if abs(turn(primary.hue, tone.hue)) >= MIN_TURN]
    return primary, max(others)[1] if others else None


def _ink(fill: Triple) -> Triple:
    """Black or white, the one with more contrast: it always reaches 4.5."""
    return BLACK if wcag(BLACK, fill) >= wcag(WHITE, fill) else WHITE
