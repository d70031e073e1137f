"""Reason: why one color is in a palette."""

from dataclasses import dataclass

from pochade.explain.place import Place
from pochade.explain.words import SHORT, WORDS, listed, percent, times

STANDS_OUT = 3.0
"""A color stands out if its prominence is at least this many times its share."""

NEAR, FAR = 10.0, 20.0
"""CIEDE2000 to the nearest other color: below the first the text says "only"; above the second the color stands out."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Another color of the palette, and its CIEDE2000 to this one."""

    hex: str
    difference: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a color is in a palette; `str()` gives the sentences.

    hex, name : the color, and the nearest CSS name. share : of the picture, 0..1.
    prominence : its part of the method's ranking, 0..1; the colors of an extracted palette sum to 1.
    parts : the factors of the prominence, by name; their product is the prominence. "share" is the share;
        "diminishing" is the factor by which a pixel of it counts more than the average because few pixels are like it;
        "chroma" the one for its chroma. Methods that weigh by share alone have no other part.
    place : where it lies. nearest : the nearest other color of the palette, or None for the only color.
    marks : its superlatives in the palette: "most" (covers most), "chromatic", "light", "dark".
    method : the method that chose it.
    """

    hex: str
    name: str
    share: float
    prominence: float
    parts: tuple[tuple[str, float], ...]
    place: Place
    nearest: Nearest | None
    marks: tuple[str, ...]
    method: str

    @property
    def stands_out(self) -> bool:
        """Whether its prominence, not its share, brings it here."""
        return 0 < STANDS_OUT * self.share <= self.prominence

    @property
    def short(self) -> str:
        """The reason in a line, for a caption."""
        clauses = [", ".join(SHORT[mark] for mark in self.marks)] if self.marks else []
        if self._weighed:
            clauses.append(self._counts())
        line = "; ".join(clauses if self.marks else [*clauses, self.place.words])
        return line[0].upper() + line[1:]

    @property
    def percent(self) -> str:
        """The share in words: "0.04 %"."""
        return percent(self.share)

    def __str__(self) -> str:
        first = f"{self.hex} ({self.name}) covers {self.percent} of the picture, {self.place.words}."
        if not self.share:
            first = f"{self.hex} ({self.name}) stands for no pixel of the picture."
        apart = self._apart()
        distinctive = self.stands_out and (bool(self.marks) or self.nearest is None or self.nearest.difference >= FAR)
        second = f"It stands out: {apart}." if distinctive else f"{apart[0].upper()}{apart[1:]}."
        prominence = self._prominence()
        if self.stands_out and not distinctive:
            prominence = f"It stands out: {prominence[0].lower()}{prominence[1:]}"
        return f"{first} {second} {prominence}"

    @property
    def _weighed(self) -> bool:
        """Whether the method weighs by more than the share."""
        return len(self.parts) > 1 or abs(self.prominence - self.share) > 1e-6

    def _counts(self) -> str:
        if self.stands_out:
            return f"prominence {times(self.prominence / self.share)} its share"
        return f"{percent(self.prominence)} of the prominence"

    def _apart(self) -> str:
        """Its superlatives and its distance to the nearest other color."""
        if self.nearest is None:
            return "it is the only color"
        only = "only " if self.nearest.difference < NEAR else ""
        near = f"the nearest other color, {self.nearest.hex}, is {only}{self.nearest.difference:.0f} away (CIEDE2000)"
        return f"it is {listed([WORDS[mark] for mark in self.marks])}, and {near}" if self.marks else near

    def _prominence(self) -> str:
        """The factors of its prominence."""
        if not self._weighed:
            return f"The method {self.method} goes by the share alone."
        has = f"It has {percent(self.prominence)} of the prominence"
        if self.stands_out:
            has += f", {times(self.prominence / self.share)} its share"
        factors = (
            []
            if not self.share
            else [
                f"{times(part)} {_WHY.get(name, (f'by {name}', f'by {name}'))[part < 1]}"
                for name, part in self.parts[1:]
                if abs(part - 1) >= 0.1
            ]
        )
        if not factors:
            return f"{has}."
        factors[0] = factors[0].replace(" times ", " times the average ", 1)
        return f"{has}: a pixel of it counts {listed(factors)}."


# The reasons for a pixel to count more than the average, and less.
_WHY = {
    "diminishing": ("because few are like it", "because many are like it"),
    "chroma": ("for its chroma", "for having little chroma"),
    "mood": ("for the mood", "for not being of the mood"),
}
