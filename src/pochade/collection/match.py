"""What `find` returns: the pictures, and which color answered which wish."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from pochade.palette import Palette

if TYPE_CHECKING:
    from pochade.collection.collection import Collection


@dataclass(frozen=True)
class Why:
    """The answer of a picture to one wish.

    wish : its text; "like ..." or "no ..." for these. hex : the color that answered, or None. share : the share of the
    picture near the wish, 0..1, or None. distance : how far the answer is from the wish, in Oklab; None for "no ...".
    ciede2000 : the difference of the two colors, for people; pictures are not ranked by it. position : where the color
    is, or None.
    """

    wish: str
    hex: str | None
    share: float | None
    distance: float | None
    ciede2000: float | None
    position: tuple[float, float] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON's types."""
        return {
            "wish": self.wish,
            "hex": self.hex,
            "share": self.share,
            "distance": self.distance,
            "ciede2000": self.ciede2000,
            "position": None if self.position is None else list(self.position),
        }

    def __str__(self) -> str:
        color = [part for part in (self.hex, None if self.share is None else _percent(self.share)) if part]
        parts = [" ".join(color)] if color else []
        parts += [] if self.distance is None else [f"{self.distance:.3f} apart"]
        return f"{self.wish}: {', '.join(parts)}"


@dataclass(frozen=True)
class Match:
    """A picture that was found.

    id : of the collection. distance : from the wishes, in Oklab; 0 is perfect. palette : its colors, the most telling
    first. why : an answer for each wish.
    """

    id: str
    distance: float
    palette: Palette
    why: tuple[Why, ...]

    def to_dict(self) -> dict[str, Any]:
        """The match as JSON's types."""
        colors = [
            {
                "hex": color.hex,
                "weight": color.weight,
                "position": None if color.position is None else list(color.position),
            }
            for color in self.palette
        ]
        why = [one.to_dict() for one in self.why]
        return {"id": self.id, "distance": self.distance, "colors": colors, "why": why}


@dataclass(frozen=True, eq=False)
class Matches(Sequence[Match]):
    """The pictures that `find` found, the best first.

    matches : at most as many as were asked for. fits : how many pictures fit all filters. of : how many were searched.
    empty : if there are none, which wish emptied the result, in a sentence; else None.
    """

    matches: tuple[Match, ...]
    fits: int
    of: int
    empty: str | None
    _collection: "Collection"

    def __len__(self) -> int:
        return len(self.matches)

    def __iter__(self) -> Iterator[Match]:
        return iter(self.matches)

    @overload
    def __getitem__(self, at: int) -> Match: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Match, ...]: ...
    def __getitem__(self, at: int | slice) -> Match | tuple[Match, ...]:
        return self.matches[at]

    def palette(self, k: Any = 8, **options: Any) -> Palette:
        """The palette of the pictures that were found, together; each color with its exemplars among them.

        Raises
        ------
        EmptyError : none was found. SourceError : a picture has to be read again, and cannot be.
        """
        return self._collection.palette_of([match.id for match in self.matches], k, **options)

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON's types."""
        matches = [match.to_dict() for match in self.matches]
        return {"of": self.of, "fits": self.fits, "empty": self.empty, "pictures": matches}

    def to_json(self) -> str:
        """The result as JSON, in one line; the command line and the server give these bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False) + "\n"


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.0f} %"
