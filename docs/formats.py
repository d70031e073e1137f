"""Write the table in docs/formats.md from the registry. Run it after adding a format."""

from pathlib import Path
from typing import Any

from pochade import Color, OptionError, Palette
from pochade.export import exporters, load
from pochade.registry import Entry

PAGE = Path(__file__).parent / "formats.md"
BEGIN, END = "<!-- table: docs/formats.py -->\n\n", "\n<!-- end -->"

# Sixteen colors, enough for a terminal theme, with names that are not CSS names.
LETTERS = "abcdefghijklmnop"
PROBE = Palette(
    tuple(
        Color((16 * i, 255 - 15 * i, 64), (i + 1) / 136, (i / 16, 0.5), f"buoy {letter}")
        for i, letter in enumerate(LETTERS)
    )
)


def table() -> str:
    """The table in Markdown, with a row for each format."""
    rows = ["| format | suffix | read back | keeps | options | |", "|---|---|---|---|---|---|"]
    return "\n".join([*rows, *map(_row, exporters.entries)]) + "\n"


def _row(entry: Entry[Any, Any]) -> str:
    suffix = ", ".join(f"`{suffix}`" for suffix in entry.about.suffixes)
    suffix += "" if entry.about.by_suffix else ", by name only"
    options = "; ".join(f"`{o.name}`: {o.allowed} ({_default(o.default)})" for o in entry.options.values())
    limit = f" At most {entry.about.most} colors." if entry.about.most is not None else ""
    read_back = "yes" if entry.about.read is not None else ""
    cells = [f"`{entry.name}`", suffix, read_back, ", ".join(_restored(entry)), options, entry.summary + limit]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(default: Any) -> str:
    return "empty" if default == "" else f"`{default}`"


def _restored(entry: Entry[Any, Any]) -> list[str]:
    """The fields that loading restores besides the colors; of write-only formats, "names" if the file has them."""
    try:
        content = PROBE.export(entry.name)
    except OptionError:
        return []
    if entry.about.read is None:
        letters = "".join(filter(str.isalnum, content.decode("latin-1").lower()))
        return ["names"] if "buoya" in letters and "buoyp" in letters else []
    if entry.about.theme:
        return []  # the file has the colors of the theme, not those of the palette
    loaded = load(content, entry.name)
    equal = {
        "names": loaded.names == PROBE.names,
        "shares": abs(loaded.weights - PROBE.weights).max() < 1e-6,
        "positions": loaded.positions == PROBE.positions,
    }
    return [field for field, is_equal in equal.items() if is_equal]


if __name__ == "__main__":
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + table() + END + after, encoding="utf-8")
