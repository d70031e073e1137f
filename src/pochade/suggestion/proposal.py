"""Suggestion: a proposed palette, the palette that it follows, and how far it was moved."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from pochade.palette import Palette
from pochade.suggestion.known import After

SAME = 3.0
"""CIEDE2000 within which a proposal is a near copy of a known palette, if all of its colors are."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How the colors of a known palette were changed to fit.

    turn : of all hues, in degrees of Oklch, positive from red to yellow. lightness : added to Oklab's, 0..1.
    chroma : the factor. fitted : the number of colors that were moved further, to meet a limit or to stay apart.

    Examples
    --------
    >>> str(Moved(turn=-10.0, lightness=0.12, chroma=0.8)), str(Moved())
    ('turned by -10 degrees, 12 lighter, 20 % less chroma', 'unchanged')
    """

    turn: float = 0.0
    lightness: float = 0.0
    chroma: float = 1.0
    fitted: int = 0

    def __str__(self) -> str:
        parts = []
        if turn := round(self.turn):
            parts.append(f"turned by {turn} degree{'s' if abs(turn) > 1 else ''}")
        if light := round(100 * self.lightness):
            parts.append(f"{abs(light)} {'lighter' if light > 0 else 'darker'}")
        if percent := round(100 * (self.chroma - 1)):
            parts.append(f"{abs(percent)} % {'more' if percent > 0 else 'less'} chroma")
        if self.fitted:
            parts.append(f"{self.fitted} color{'s' if self.fitted > 1 else ''} moved to meet the limits")
        return ", ".join(parts) or "unchanged"


@dataclass(frozen=True)
class Suggestion:
    """A proposed palette.

    palette : the kept colors first, then the others. kept : the number of kept colors.
    after : the known palette that it follows, with collection, author and license; None for the other methods.
    moved : how that palette was changed. rule : the rule of hues that the method `wheel` followed.

    "After X" says that the colors were moved from X, not that the author of X chose them.
    """

    palette: Palette
    kept: int = 0
    after: After | None = None
    moved: Moved | None = None
    rule: str | None = None

    @cached_property
    def bits(self) -> float:
        """By how many bits its colors are likelier together than alone; see `Palette.likelihood`."""
        return self.palette.likelihood()

    @cached_property
    def near(self) -> After | None:
        """The known palette of which it is a near copy: each color is within 3 (CIEDE2000) of one of that palette's."""
        from pochade.suggestion.copies import near_copy

        return near_copy(self.palette.srgb, SAME)

    @property
    def words(self) -> str:
        """Where it comes from, as "after MetBrewer 12 by Blake Robert Mills (CC0), 12 lighter"; else the rule or ""."""
        if self.after is None:
            return self.rule or ""
        copy = ""
        if self.near is not None:
            copy = ", a near copy" if self.near == self.after else f", a near copy of {self.near}"
        return f"after {self.after}, {self.moved}{copy}"

    def to_dict(self) -> dict[str, Any]:
        """The proposal in the types of JSON; docs/suggest.md explains each field."""
        return {
            "colors": self.palette.hex,
            "kept": self.kept,
            "after": _facts(self.after),
            "moved": None
            if self.moved is None
            else {
                "turn": round(self.moved.turn, 1),
                "lightness": round(self.moved.lightness, 4),
                "chroma": round(self.moved.chroma, 4),
                "fitted": self.moved.fitted,
                "words": str(self.moved),
            },
            "rule": self.rule,
            "bits": round(self.bits, 2),
            "near": _facts(self.near),
            "words": self.words,
        }


def _facts(after: After | None) -> dict[str, Any] | None:
    if after is None:
        return None
    names = "collection", "number", "author", "license"
    return {name: getattr(after, name) for name in names}


@dataclass(frozen=True)
class Suggestions(Sequence[Suggestion]):
    """Proposals, the best first. n : the number that was asked for; `shortfall` says why there are fewer."""

    proposals: tuple[Suggestion, ...]
    n: int
    method: str
    seed: int

    @overload
    def __getitem__(self, at: int) -> Suggestion: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Suggestion, ...]: ...
    def __getitem__(self, at: int | slice) -> Suggestion | tuple[Suggestion, ...]:
        return self.proposals[at]

    def __len__(self) -> int:
        return len(self.proposals)

    def __str__(self) -> str:
        """A line for each proposal: its colors, and what they follow."""
        return "\n".join(f"{' '.join(one.palette.hex)}  {one.words}".rstrip() for one in self)

    @property
    def shortfall(self) -> str | None:
        """Why there are fewer than n proposals, in a sentence; None if there are not."""
        if len(self) == self.n:
            return None
        proposals = "1 proposal" if len(self) == 1 else f"{len(self)} proposals"
        return f"{proposals} instead of {self.n}: the method {self.method} finds no more that differ."

    def to_dict(self) -> dict[str, Any]:
        """The proposals in the types of JSON."""
        return {
            "suggestions": [one.to_dict() for one in self],
            "method": self.method,
            "seed": self.seed,
            "shortfall": self.shortfall,
        }

    def to_json(self) -> str:
        """The proposals as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)
