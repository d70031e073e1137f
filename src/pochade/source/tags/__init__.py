"""The tags of a file that say what its codes mean, in the order in which they count.

One table for all formats, `order.ORDER`. Each tag becomes a profile, as an embedded ICC profile is one, so the pixels
take the one road that profiles take. A tag that contradicts itself or cannot be used is ignored, with a note, and the
next one counts; without any, the codes are sRGB.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pochade.source.encoding import Encoding
from pochade.source.jpeg_header import JpegHeader
from pochade.source.matrix_profile import hdr_code_points
from pochade.source.profile import Profile, profile_problem
from pochade.source.tags.exif import exif_color
from pochade.source.tags.statement import Problem, Statement

COLOR, GRAY, CMYK, LAB = ("RGB",), ("L", "RGB"), ("CMYK",), ("LAB",)
"""The modes of the profiles that a picture in color, in gray, in CMYK or in CIELAB can use."""

INCOMPLETE = Problem("parts of it are missing")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the codes of a picture mean. profile : None for sRGB. notes : a sentence for each tag that is ignored."""

    profile: Profile | None = None
    notes: tuple[str, ...] = ()


def jpeg_meaning(header: JpegHeader) -> Meaning:
    """What the codes of a JPEG mean; the line "JPEG" of ORDER, without Pillow."""
    if header.profile is None and header.exif is None and not header.incomplete:
        return Meaning()
    profile = INCOMPLETE if header.incomplete else header.profile
    tags = ("ICC profile", profile), ("Exif", exif_color(header.exif))
    return first_usable(tags, GRAY if header.components == 1 else COLOR)


def first_usable(tags: Iterable[tuple[str, Statement]], modes: tuple[str, ...]) -> Meaning:
    """The first of the tags, pairs of a name and a statement, that can be used for a picture of these modes."""
    problems: list[tuple[str, str]] = []
    for name, statement in tags:
        usable = _usable(statement, modes)
        if isinstance(usable, Problem):
            problems.append((name, usable.reason))
        elif usable is not None:
            return Meaning(usable, _notes(problems, f"its {name} counts"))
    return Meaning(None, _notes(problems, "its colors are read as sRGB"))


def _usable(statement: Statement, modes: tuple[str, ...]) -> Statement:
    """The statement; None if it does not concern the picture, a problem if it cannot be used."""
    is_rgb = "RGB" in modes
    if isinstance(statement, Encoding):
        return statement if is_rgb else None  # it says nothing about ink
    if not isinstance(statement, bytes):
        return statement
    points = hdr_code_points(statement) if is_rgb else None
    if points is not None:
        from pochade.source.tags.code_points import encoding_of  # rarely needed

        return encoding_of(*points)
    problem = profile_problem(statement, modes)
    return statement if problem is None else Problem(problem)


def _notes(problems: list[tuple[str, str]], instead: str) -> tuple[str, ...]:
    return tuple(f"the color tag {name} is ignored: {reason}; {instead}." for name, reason in problems)
