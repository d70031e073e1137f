"""Variables of style sheets: a name and a hex for each color, and for its tints and shades."""

from pochade.export.identifiers import identifiers
from pochade.palette import Palette
from pochade.palette.tints import STEPS, tints


def variables(palette: Palette, prefix: str, *, with_tints: bool = False) -> list[tuple[str, str]]:
    """Names and `#rrggbb`, in order: of each color, and after it of its tints, the name with the step at its end.

    A color whose own name is that of a tint gets the suffix "color".

    Examples
    --------
    >>> palette = Palette.from_dict({"colors": ["#8e1a24"]})
    >>> variables(palette, "color", with_tints=True)[:2]
    [('color-brown', '#8e1a24'), ('color-brown-50', '#fef4f3')]
    """
    names = identifiers(palette, "kebab", prefix=prefix)
    if not with_tints:
        return list(zip(names, palette.hex, strict=True))
    reserved: set[str] = set()
    while not (of_tints := {f"{name}-{step}" for name in names for step in STEPS}).isdisjoint(names):
        reserved |= of_tints
        names = identifiers(palette, "kebab", prefix=prefix, reserved=" ".join(sorted(reserved)))
    pairs: list[tuple[str, str]] = []
    for name, color in zip(names, palette, strict=True):
        pairs.append((name, color.hex))
        pairs += [(f"{name}-{step}", one.hex) for step, one in tints(color).items()]
    return pairs
