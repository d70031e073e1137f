"""Which color of a palette serves where a theme wants a certain hue."""

from collections.abc import Mapping, Sequence

from pochade.theme.tone import Tone, turn

NEAR = 35.0
"""Degrees of Oklch hue within which a color still goes by a hue's name: half the way between most neighbors below."""

VIVID = 0.06
"""Oklab chroma from which a color can lead, or tell: a dusty rose does, a warm gray does not."""

WORTH = 100.0
"""Degrees of hue that a chroma of 1 makes up for: of two reds the vivid one serves, if it is not 10 degrees off."""

PULL, FARTHEST = 0.5, 15.0
"""A hue that the picture lacks is turned half the way to its nearest color, but at most so many degrees, so that it
goes with the rest and keeps its name; Google's Material color utilities harmonize by the same two figures."""

HUES = {"red": 27.0, "yellow": 95.0, "green": 145.0, "cyan": 195.0, "blue": 258.0, "magenta": 325.0}
"""Oklch hues, in degrees, of what people call so: of sRGB's primaries and their mixtures, but for yellow (110, which is
greenish when dark) and blue (264, toward violet)."""


def matched(wanted: Mapping[str, float], tones: Sequence[Tone]) -> dict[str, Tone]:
    """For each wanted hue a tone: the nearest of the palette's, each used once, or one made to go with them.

    Where the palette is gray, all are gray.
    """
    colored = [tone for tone in tones if not tone.gray]
    vivid = [tone for tone in colored if tone.chroma >= VIVID] or colored
    if not colored:
        gray = max(tone.chroma for tone in tones)
        return {name: Tone(0.5, gray, tones[0].hue) for name in wanted}
    near = sorted(
        (abs(turn(hue, tone.hue)) - tone.chroma * WORTH, place, name)
        for name, hue in wanted.items()
        for place, tone in enumerate(vivid)
        if abs(turn(hue, tone.hue)) <= NEAR
    )
    found: dict[str, Tone] = {}
    used: set[int] = set()
    for _, place, name in near:
        if name not in found and place not in used:
            found[name] = vivid[place]
            used.add(place)
    chroma = sorted(tone.chroma for tone in vivid)[len(vivid) // 2]
    return {name: found.get(name) or _made(hue, chroma, vivid) for name, hue in wanted.items()}


def _made(hue: float, chroma: float, colored: Sequence[Tone]) -> Tone:
    """A tone of a hue that the picture lacks."""
    away = min((turn(hue, tone.hue) for tone in colored), key=abs)
    pulled = max(-FARTHEST, min(FARTHEST, away * PULL))
    light = sum(tone.lightness for tone in colored) / len(colored)
    return Tone(light, chroma, (hue + pulled) % 360)
