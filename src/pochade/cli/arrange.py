"""How palettes are sorted and named: --sort, --reverse, --names, --unique-names."""

from dataclasses import dataclass, replace

from pochade.palette import Palette

PROMINENCE = "prominence"


@dataclass(frozen=True, slots=True)
class Arrange:
    """order, vocabulary : registered names, or None where the palette stays as it is."""

    order: str | None
    reverse: bool
    vocabulary: str | None
    unique: bool

    def check(self) -> None:
        """Refuse, before anything is read, names that do not exist."""
        if self.order is not None:
            from pochade.sort import orders

            orders[self.order]
        if self.vocabulary is not None:
            from pochade.color.names import vocabularies

            vocabularies[self.vocabulary]

    def __call__(self, palette: Palette) -> Palette:
        """A palette as extract() answered, sorted and named; named first, as it may be sorted by name."""
        if self.vocabulary is not None or self.unique:
            palette = palette.named(self.vocabulary or "css", unique=self.unique)
        if self.order not in (None, PROMINENCE):
            return palette.sort(self.order, reverse=self.reverse)
        # It is by prominence as it comes; one of extract_many() no longer knows how it was made, and cannot say so.
        return replace(palette, colors=palette.colors[::-1]) if self.reverse else palette
