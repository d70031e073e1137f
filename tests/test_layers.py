"""The layers of docs/design.md: a module imports only from layers below its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pochade

ROOT = Path(pochade.__file__).parent

# From the bottom up; "" is pochade/__init__.py, the library's public names.
LAYERS = (
    ("errors",),
    ("files", "option"),
    ("registry",),
    ("color", "kernel"),
    ("source",),
    ("histograms",),
    ("cluster",),
    ("palette",),
    ("extraction",),
    ("explain",),
    ("sort", "accessibility"),
    ("theme", "similarity", "recoloring"),
    ("draw", "backgrounds"),
    ("export",),
    ("batch", "quantization"),
    ("",),
    ("web",),
    ("cli",),
    ("__main__",),
)
# What a method of a noun hands on to is above it, and is imported when the method is called.
HANDED_ON = {
    "palette": {"export", "explain", "sort", "accessibility", "draw", "theme"},
}
LAYER = {part: layer for layer, parts in enumerate(LAYERS) for part in parts}


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


def wrong(part: str, source: str) -> list[str]:
    """The parts that a module of `part` must not import, and does."""
    allowed = {part, *HANDED_ON.get(part, ())}
    return sorted({name for name in imports(source) if name not in allowed and not LAYER.get(name, 99) < LAYER[part]})


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_lower_layers(path: Path) -> None:
    part = path.relative_to(ROOT).parts[0].removesuffix(".py").replace("__init__", "")
    assert part in LAYER, f"{part} has no layer: say which in docs/design.md and here"
    assert not wrong(part, path.read_text(encoding="utf-8"))


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
