"""The color of a palette for each hue that a theme needs."""

from collections.abc import Mapping, Sequence

from pochade.theme.tone import Tone, turn

MAX_TURN = 35.0
"""The largest distance of a color from a named hue, in degrees of Oklch: half that of most neighbors in `HUES`."""

VIVID = 0.06
"""The least Oklab chroma of a vivid color: a dusty rose is one, a warm gray is not."""

CHROMA_BONUS = 100.0
"""The degrees of hue that a chroma of 1 offsets: of two reds the vivid one wins, unless it is 10 degrees farther."""

PULL, MAX_PULL = 0.5, 15.0
"""A hue that the picture lacks turns by this share toward the nearest color, and by at most this many degrees, so it
fits the others and keeps its name. Google's Material color utilities harmonize by the same two figures."""

HUES = {"red": 27.0, "yellow": 95.0, "green": 145.0, "cyan": 195.0, "blue": 258.0, "magenta": 325.0}
"""Oklch hues with common names, in degrees: the sRGB primaries and their mixtures, except yellow (110 is greenish when
dark) and blue (264 is close to violet)."""


def match(hues: Mapping[str, float], tones: Sequence[Tone]) -> dict[str, Tone]:
    """A tone for each hue: the nearest of the palette, each used once, or a new one that fits them.

    A gray palette gives grays.
    """
    colored = [tone for tone in tones if not tone.gray]
    vivid = [tone for tone in colored if tone.chroma >= VIVID] or colored
    if not colored:
        gray = max(tone.chroma for tone in tones)
        return {name: Tone(0.5, gray, tones[0].hue) for name in hues}
    near = sorted(
        (abs(turn(hue, tone.hue)) - tone.chroma * CHROMA_BONUS, place, name)
        for name, hue in hues.items()
        for place, tone in enumerate(vivid)
        if abs(turn(hue, tone.hue)) <= MAX_TURN
    )
    matches: dict[str, Tone] = {}
    used: set[int] = set()
    for _, place, name in near:
        if name not in matches and place not in used:
            matches[name] = vivid[place]
            used.add(place)
    chroma = sorted(tone.chroma for tone in vivid)[len(vivid) // 2]
    return {name: matches.get(name) or _create(hue, chroma, vivid) for name, hue in hues.items()}


def _create(hue: float, chroma: float, colored: Sequence[Tone]) -> Tone:
    """A tone of a hue that the picture lacks."""
    away = min((turn(hue, tone.hue) for tone in colored), key=abs)
    pulled = max(-MAX_PULL, min(MAX_PULL, away * PULL))
    light = sum(tone.lightness for tone in colored) / len(colored)
    return Tone(light, chroma, (hue + pulled) % 360)
