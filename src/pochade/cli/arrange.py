"""Sort and name palettes: --sort, --reverse, --names, --unique-names."""

from dataclasses import dataclass, replace

from pochade.palette import Palette

PROMINENCE = "prominence"


@dataclass(frozen=True, slots=True)
class Arrange:
    """order, vocabulary : registered names, or None for no change."""

    order: str | None
    reverse: bool
    vocabulary: str | None
    unique: bool

    def check(self) -> None:
        """Refuse unknown names before a picture is read."""
        if self.order is not None:
            from pochade.sort import orders

            orders[self.order]
        if self.vocabulary is not None:
            from pochade.color.names import vocabularies

            vocabularies[self.vocabulary]

    def __call__(self, palette: Palette) -> Palette:
        """Name and sort a palette of extract(). Naming comes first, because the order may be by name."""
        if self.vocabulary is not None or self.unique:
            palette = palette.named(self.vocabulary or "css", unique=self.unique)
        if self.order not in (None, PROMINENCE):
            return palette.sort(self.order, reverse=self.reverse)
        # extract() sorts by prominence already; a palette of extract_many() has no origin to sort by.
        return replace(palette, colors=palette.colors[::-1]) if self.reverse else palette
