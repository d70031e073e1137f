"""The neutral tones of a theme: its backgrounds and the text on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from pochade.color.contrast import AA, AAA
from pochade.palette import Palette
from pochade.theme.tone import Tone, readable

# Oklab lightness and the largest chroma, for dark and light themes. The backgrounds are close to black and white, with
# a weak tint of the picture, so that text can reach 15 to 1.
_BACKGROUND = {True: (0.19, 0.03), False: (0.975, 0.012)}
_SURFACE = {True: (0.24, 0.035), False: (0.94, 0.018)}
_SELECTION = {True: (0.31, 0.05), False: (0.89, 0.035)}
_TEXT = {True: (0.91, 0.02), False: (0.27, 0.035)}
_STRONG = {True: (0.97, 0.012), False: (0.16, 0.03)}
_MUTED = {True: (0.70, 0.03), False: (0.49, 0.035)}


@dataclass(frozen=True, slots=True)
class Neutrals:
    """Near-gray tones with one tint."""

    background: Tone
    surface: Tone
    selection: Tone
    text: Tone
    strong: Tone
    muted: Tone


def neutrals(palette: Palette, tones: Sequence[Tone], *, dark: bool) -> Neutrals:
    """Neutral tones in the tint of the largest color in the dark, or light, half of the palette.

    Text reaches a ratio of 7 on the background and 4.5 on surface and selection; muted text reaches 4.5 on background
    and surface.
    """
    ranked = sorted(range(len(tones)), key=lambda i: (tones[i].lightness if dark else -tones[i].lightness, i))
    half = ranked[: max(1, len(tones) // 2)]
    tint = tones[max(half, key=lambda i: (palette[i].weight, -i))]

    def tinted(kind: dict[bool, tuple[float, float]]) -> Tone:
        return tint.at(*kind[dark])

    background, surface, selection = tinted(_BACKGROUND), tinted(_SURFACE), tinted(_SELECTION)
    fields = [background.codes, surface.codes]
    text = readable(readable(tinted(_TEXT), fields[:1], AAA), [*fields, selection.codes], AA)
    strong = readable(tinted(_STRONG), [*fields, selection.codes], AA)
    return Neutrals(background, surface, selection, text, strong, readable(tinted(_MUTED), fields, AA))
