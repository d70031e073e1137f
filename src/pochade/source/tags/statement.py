"""The statement of one tag: an ICC profile, an encoding, a problem, or nothing."""

from dataclasses import dataclass

from pochade.source.encoding import Encoding

SRGB = Encoding()


@dataclass(frozen=True, slots=True)
class Problem:
    """A tag that cannot be used. reason : a clause, such as "color primaries 0 are reserved"."""

    reason: str


Statement = bytes | Encoding | Problem | None
"""None: the tag is missing, or leaves the color open."""
