"""WebVTT chapters: a cue for each shot, with its colors.

References
----------
W3C, 2019: "WebVTT: The Web Video Text Tracks Format", 1.4 (chapters).
"""

from typing import TYPE_CHECKING

from pochade.films.timecode import clock

if TYPE_CHECKING:
    from pochade.films.film import Film


def encode(film: "Film") -> bytes:
    """The file as UTF-8."""
    cues = ["WEBVTT\n"]
    for shot in film.shots:
        colors = " ".join(shot.palette.hex)
        cues.append(f"{shot.number}\n{clock(shot.start)} --> {clock(shot.end)}\nShot {shot.number}: {colors}\n")
    return "\n".join(cues).encode()
