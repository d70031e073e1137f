"""Chapters in FFmpeg's metadata format: `ffmpeg -i film.mp4 -i film.ffmeta -map_metadata 1 -codec copy out.mp4`.

References
----------
FFmpeg, "Metadata" in the documentation of formats: "=", ";", "#", "\\" and newlines are escaped.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pochade.films.film import Film


def encode(film: "Film") -> bytes:
    """The file as UTF-8."""
    lines = [";FFMETADATA1"]
    for shot in film.shots:
        title = re.sub(r"([=;#\\])", r"\\\1", f"Shot {shot.number}: {' '.join(shot.palette.hex)}")
        times = round(shot.start * 1000), round(shot.end * 1000)
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={times[0]}", f"END={times[1]}", f"title={title}"]
    return ("\n".join(lines) + "\n").encode()
