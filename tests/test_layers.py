"""The layers of docs/design.md: a module imports only from layers below its own."""

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
tools = runpy.run_path(str(DOCS / "layers.py"))
ROOT, FACADE, imports, part_of = (tools[name] for name in ("ROOT", "FACADE", "imports", "part_of"))
LAYERS: list[list[str]] = tools["layers"]((DOCS / "design.md").read_text(encoding="utf-8"))
LAYER = {part: layer for layer, parts in enumerate(LAYERS) for part in parts}

# Methods of `Palette` import these parts when they are called: `Palette` is a facade.
FACADE_IMPORTS = {"export", "explain", "sort", "accessibility", "draw", "suggestion", "theme"}


def wrong(part: str, source: str) -> list[str]:
    """The parts that a module of `part` imports and must not import."""
    allowed = {part} | (FACADE_IMPORTS if part == FACADE else set())
    return sorted({name for name in imports(source) if name not in allowed and not LAYER.get(name, 99) < LAYER[part]})


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_lower_layers(path: Path) -> None:
    part = part_of(path)
    assert part in LAYER, f"{part} has no layer: add it to the table in docs/design.md"
    assert not wrong(part, path.read_text(encoding="utf-8"))


def test_the_table_names_each_part_once_and_no_other() -> None:
    parts = [part for layer in LAYERS for part in layer]
    assert sorted(parts) == sorted({part_of(path) for path in ROOT.rglob("*.py")})


def test_the_picture_shows_the_imports() -> None:
    picture = tools["svg"](LAYERS, tools["all_imports"]())
    assert tools["FIGURE"].read_text(encoding="utf-8") == picture, "draw it again: python docs/layers.py"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import pochade.extraction.extract", ["extraction"]),
        ("from pochade import kernel, cli", ["cli"]),
        ("def f():\n    from pochade.web.app import app", ["web"]),
        ("import pochade", [""]),
        ("from pochade.palette.origin import Origin", ["palette"]),
        ("from pochade.cluster.kmeans import kmeans\nimport numpy", []),
    ],
)
def test_upward_and_sideways_imports_are_found(source: str, expected: list[str]) -> None:
    assert wrong("cluster", source) == expected
