"""CMX 3600 edit decision lists, which editors read: a line for each shot, its colors in comments.

References
----------
CMX, 1988: "CMX 3600 edit list format", as SMPTE ST 258:2004, annex. A reel has 8 characters, events 3 digits.
"""

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from pochade.errors import FormatError, OptionError
from pochade.films.timecode import Rate

if TYPE_CHECKING:
    from pochade.films.film import Film

_EVENT = re.compile(
    r"^\s*\d{1,6}\s+\S+\s+\S+\s+(C|D|W\d*|K\S*)\s+(?:\d+\s+)?(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*$", re.IGNORECASE
)


def encode(film: "Film") -> bytes:
    """The list as text."""
    timing = film.timing
    title = re.sub(r"[^\x20-\x7e]", "_", film.name.replace("\\", "/").rsplit("/", 1)[-1])
    lines = [f"TITLE: {title[:70]}", f"FCM: {'DROP FRAME' if timing.drop else 'NON-DROP FRAME'}", ""]
    ends = [timing.frame_of(shot.start) for shot in film.shots[1:]] + [timing.frame_of(film.end)]
    first = timing.frame_of(film.start)
    for shot, end in zip(film.shots, ends, strict=True):
        start = timing.frame_of(shot.start)
        codes = [timing.code(frame) for frame in (start, end, start - first, end - first)]
        lines.append(f"{shot.number:03d}  AX       V     C        {' '.join(codes)}")
        lines.append(f"* FROM CLIP NAME: {title}")
        lines.append(f"* COLORS: {' '.join(f'{color.hex} {color.weight:.1%}' for color in shot.palette)}")
    return ("\n".join(lines) + "\n").encode("ascii")


def starts(text: str, name: str, rate: Fraction | None) -> list[Fraction]:
    """The starts of events in seconds of the source, at the rate of the film.

    Raises
    ------
    FormatError : there is no event, or a time code is none.
    """
    timing = Rate.of(rate)
    if re.search(r"^FCM:\s*NON", text, re.MULTILINE | re.IGNORECASE):
        timing = Rate(timing.real, timing.nominal, False)
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _EVENT.match(line)
        if match is None:
            continue
        try:
            found.append(timing.frame_at(match[2]) / timing.real)
        except OptionError as error:
            raise FormatError(f"{name}: line {number}: {error}") from None
    if not found:
        raise FormatError(f"{name}: it has no event of an edit decision list, such as '001 AX V C 00:00:00:00 ...'.")
    return found
