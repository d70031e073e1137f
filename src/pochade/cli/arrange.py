"""Sort and name palettes: --sort, --reverse, --names, --unique-names."""

from dataclasses import dataclass, replace

from pochade.palette import Palette

MAX_UNIQUE = 128
"""The most colors of a palette with unique names by default: the smallest vocabulary has 148."""


@dataclass(frozen=True, slots=True)
class Arrange:
    """order, vocabulary : registered names, or None for no change.

    unique : True for names that occur once each, False for the nearest names; None for names that occur once if the
        vocabulary has enough of them.
    """

    order: str | None = None
    reverse: bool = False
    vocabulary: str | None = None
    unique: bool | None = False

    def check(self) -> None:
        """Refuse unknown names before a picture is read."""
        if self.order is not None:
            from pochade.sort import orders

            orders[self.order]
        if self.vocabulary is not None:
            from pochade.color.names import vocabularies

            vocabularies[self.vocabulary]

    def __call__(self, palette: Palette) -> Palette:
        """Name and sort a palette. Naming comes first, because the order may be by name."""
        palette = self._named(palette)
        if self.order is not None:
            return palette.sort(self.order, reverse=self.reverse)
        return replace(palette, colors=palette.colors[::-1]) if self.reverse else palette

    def _named(self, palette: Palette) -> Palette:
        if self.vocabulary is None and self.unique is False:
            return palette
        vocabulary = self.vocabulary or "css"
        if self.unique is None:
            return palette.named(vocabulary, unique=len(palette) <= MAX_UNIQUE)
        return palette.named(vocabulary, unique=self.unique)
