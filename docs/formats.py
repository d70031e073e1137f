"""Write the table of docs/formats.md from the registry; run it after adding a format."""

from pathlib import Path
from typing import Any

from pochade import Color, OptionError, Palette
from pochade.export import exporters, load
from pochade.registry import Entry

PAGE = Path(__file__).parent / "formats.md"
BEGIN, END = "<!-- table: docs/formats.py -->\n\n", "\n<!-- end -->"

# 16 colors, because themes of terminals have 16, with names that no vocabulary has.
LETTERS = "abcdefghijklmnop"
PROBE = Palette(
    tuple(
        Color((16 * i, 255 - 15 * i, 64), (i + 1) / 136, (i / 16, 0.5), f"buoy {letter}")
        for i, letter in enumerate(LETTERS)
    )
)


def table() -> str:
    """The table, in Markdown: a row for each format."""
    rows = ["| format | suffix | read back | keeps | options | |", "|---|---|---|---|---|---|"]
    return "\n".join([*rows, *map(_row, exporters.entries)]) + "\n"


def _row(entry: Entry[Any, Any]) -> str:
    suffix = f"`{entry.about.suffix}`" + ("" if entry.about.by_suffix else ", by name only")
    options = "; ".join(f"`{o.name}`: {o.allowed} ({_shown(o.default)})" for o in entry.options.values())
    most = f" At most {entry.about.most} colors." if entry.about.most is not None else ""
    back = "yes" if entry.about.read is not None else ""
    cells = [f"`{entry.name}`", suffix, back, ", ".join(_kept(entry)), options, entry.summary + most]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _shown(default: Any) -> str:
    return "empty" if default == "" else f"`{default}`"


def _kept(entry: Entry[Any, Any]) -> list[str]:
    """What loading restores besides the colors; for write-only formats, whether the names are in the file."""
    try:
        content = PROBE.export(entry.name)
    except OptionError:
        return []
    if entry.about.read is None:
        letters = "".join(filter(str.isalnum, content.decode("latin-1").lower()))
        return ["names"] if "buoya" in letters and "buoyp" in letters else []
    back = load(content, entry.name)
    restored = {
        "names": back.names == PROBE.names,
        "shares": abs(back.weights - PROBE.weights).max() < 1e-6,
        "places": back.positions == PROBE.positions,
    }
    return [name for name, equal in restored.items() if equal]


if __name__ == "__main__":
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + table() + END + after, encoding="utf-8")
