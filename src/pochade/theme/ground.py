"""What a theme stands on: its background, and the text on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pochade.color.contrast import AA, AAA
from pochade.palette import Palette
from pochade.theme.tone import Tone, readable

# Oklab lightness and the most chroma of each, on dark and on light. The backgrounds are a shade off black and white,
# with as much of the picture's tint as still reads as night or as paper: there is room for 15 to 1 on them.
_BACKGROUND = {True: (0.19, 0.03), False: (0.975, 0.012)}
_SURFACE = {True: (0.24, 0.035), False: (0.94, 0.018)}
_SELECTION = {True: (0.31, 0.05), False: (0.89, 0.035)}
_TEXT = {True: (0.91, 0.02), False: (0.27, 0.035)}
_STRONG = {True: (0.97, 0.012), False: (0.16, 0.03)}
_MUTED = {True: (0.70, 0.03), False: (0.49, 0.035)}


@dataclass(frozen=True, slots=True)
class Ground:
    """Tones without a hue of their own, tinted alike."""

    background: Tone
    surface: Tone
    selection: Tone
    text: Tone
    strong: Tone
    muted: Tone


def ground(palette: Palette, tones: Sequence[Tone], *, dark: bool) -> Ground:
    """The ground in the tint of what covers most of the picture's dark, or light, half.

    Text reaches 7 on the background, and 4.5 on surface and selection; muted text 4.5 on background and surface.
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
    return Ground(background, surface, selection, text, strong, readable(tinted(_MUTED), fields, AA))
