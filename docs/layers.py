"""Draw figures/layers.svg, the parts of pochade and their imports: `python docs/layers.py`.

The layers come from the table in design.md, the arrows from the import statements.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent / "src" / "pochade"
FIGURE = HERE / "figures" / "layers.svg"
FACADE = "palette"
"""The part whose functions import from layers above it: methods of `Palette`."""

WIDTH, ROW, BOX, HEIGHT = 1120, 76, 138, 36
SHIFT = 280  # pixels between layers of one part, which lie left and right of the middle in turn
ROW_OF_TABLE = re.compile(r"^\| ((?:`\w+/?`(?:, )?)+) \|", re.MULTILINE)


def layers(page: str) -> list[list[str]]:
    """The parts of each layer, from the bottom up, in the table of design.md; "" is pochade/__init__.py."""
    rows = ROW_OF_TABLE.findall(page)
    return [[re.sub(r"^__init__$", "", name) for name in re.findall(r"`(\w+)/?`", row)] for row in rows]


def imports(source: str) -> Iterator[str]:
    """The parts of pochade that a module imports, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            names = [node.module or ""]
            if node.module == "pochade":
                names = [f"pochade.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] if "." in name else "" for name in names if name.split(".")[0] == "pochade")


def part_of(path: Path) -> str:
    """The part that a module of pochade belongs to."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py").replace("__init__", "")


def all_imports() -> dict[str, set[str]]:
    """The other parts that each part imports."""
    imported: dict[str, set[str]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        part = part_of(path)
        imported.setdefault(part, set()).update(set(imports(path.read_text(encoding="utf-8"))) - {part})
    return imported


def direct(down: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """The imports that no chain of other imports implies."""

    def below(part: str) -> set[str]:
        return down[part].union(*(below(lower) for lower in down[part]))

    return [
        (part, lower)
        for part in down
        for lower in sorted(down[part])
        if not any(lower in below(other) for other in down[part])
    ]


def svg(rows: Sequence[Sequence[str]], imported: Mapping[str, set[str]]) -> str:
    """The picture: a box for each part, a line for each import, dashed for the facade's upward imports."""
    layer = {part: number for number, row in enumerate(rows) for part in row}
    place: dict[str, tuple[float, int]] = {}
    side = 1
    for number, row in enumerate(rows):
        y = (len(rows) - 1 - number) * ROW + 20
        if len(row) == 1:
            place[row[0]] = WIDTH / 2 + side * SHIFT / 2, y
            side = -side
        else:
            step = WIDTH / (len(row) + 1)
            place |= {part: (step * (at + 1), y) for at, part in enumerate(row)}
    down = {part: {name for name in imported.get(part, ()) if layer[name] < layer[part]} for part in layer}
    up = sorted(name for name in imported[FACADE] if layer[name] > layer[FACADE])
    lines = [_line(place[a], place[b], "#5b6472", "") for a, b in direct(down)]
    lines += [_line(place[b], place[FACADE], "#b4552d", ' stroke-dasharray="5 4"') for b in up]
    boxes = [_box(part, *at) for part, at in place.items()]
    height = len(rows) * ROW
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
            ' font-family="sans-serif" font-size="15">',
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *lines,
            *boxes,
            "</svg>\n",
        ]
    )


def _line(start: tuple[float, int], end: tuple[float, int], color: str, style: str) -> str:
    (x, top), (u, bottom) = start, end
    y, v = top + HEIGHT, bottom
    bend = (v - y) / 2
    path = f"M{x:g} {y}C{x:g} {y + bend:g} {u:g} {v - bend:g} {u:g} {v}"
    return f'<path d="{path}" fill="none" stroke="{color}" stroke-width="1.5"{style}/>'


def _box(part: str, x: float, y: int) -> str:
    fill = "#fbe9e1" if part == FACADE else "#eef1f5"
    return (
        f'<rect x="{x - BOX / 2:g}" y="{y}" width="{BOX}" height="{HEIGHT}" rx="6" fill="{fill}" stroke="#5b6472"/>'
        f'<text x="{x:g}" y="{y + 23}" text-anchor="middle" fill="#14181f">{part or "pochade"}</text>'
    )


if __name__ == "__main__":
    FIGURE.write_text(svg(layers((HERE / "design.md").read_text(encoding="utf-8")), all_imports()), encoding="utf-8")
