"""The code in the documentation runs, links and schema are valid, and every method and public name is documented."""

import doctest
import json
import re
import runpy
import shutil
from pathlib import Path

import jsonschema
import numpy as np
import pytest

import pochade
from pochade.cluster import methods
from pochade.color.names import vocabularies
from pochade.color.spaces import spaces
from pochade.export import exporters
from pochade.sort import orders

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
BLOCK = re.compile(r"^```(python|pycon)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Working folder with the pictures that the pages use."""
    for picture in ("harbor.jpg", "photo.jpg"):
        shutil.copy(ROOT / "examples" / "harbor.jpg", tmp_path / picture)
    shutil.copy(ROOT / "examples" / "aurora.jpg", tmp_path)
    monkeypatch.chdir(tmp_path)
    for registry in (methods, spaces, exporters, orders, vocabularies):  # undo registrations of a page
        assert registry.names
        monkeypatch.setattr(registry, "_entries", dict(registry._entries))
    return tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if BLOCK.search(page.read_text())], ids=name)
def test_the_code_of_a_page_runs(page: Path, pictures: Path) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    text = page.read_text()
    for block in BLOCK.finditer(text):
        kind, code = block.groups()
        line = text.count("\n", 0, block.start()) + 1
        if kind == "python":
            exec(compile("\n" * line + code, page, "exec"), names)  # the blocks of a page share variables
        else:
            test = doctest.DocTestParser().get_doctest(code, names, name(page), str(page), line)
            failures: list[str] = []
            doctest.DocTestRunner(optionflags=FLAGS).run(test, out=failures.append, clear_globs=False)
            assert not failures, "".join(failures)
            names = test.globs


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_links_of_a_page_have_targets(page: Path) -> None:
    dead = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert not dead


def test_every_method_has_a_page() -> None:
    pages = {page.stem for page in (DOCS / "methods").glob("*.md")} - {"index", "bench"}
    assert pages == set(methods.names)


@pytest.mark.parametrize("method", methods.names)
def test_the_page_of_a_method_documents_its_options_and_limits(method: str) -> None:
    page = (DOCS / "methods" / f"{method}.md").read_text()
    assert "When not to use it" in page
    assert [option for option in methods.entry(method).options if f"`{option}`" not in page] == []


def test_the_table_of_formats_matches_the_registry() -> None:
    script = runpy.run_path(str(DOCS / "formats.py"))
    page = (DOCS / "formats.md").read_text()
    assert script["BEGIN"] + script["table"]() + script["END"] in page, "run: python docs/formats.py"


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    loaded = json.loads((DOCS / "palette.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(loaded)
    return jsonschema.Draft202012Validator(loaded)


@pytest.mark.parametrize(
    "palette",
    [
        lambda: pochade.extract(ROOT / "examples" / "harbor.jpg", 8),
        lambda: pochade.extract(np.zeros((2, 2, 3), np.uint8), "auto", method="kmeans", seed=3, init="random"),
        lambda: pochade.extract(pochade.histogram(pochade.read(np.zeros((2, 2, 3), np.uint8)))),
        lambda: pochade.Palette.from_dict({"colors": ["#8e1a24"]}),
        lambda: pochade.Palette(()),
    ],
    ids=["picture", "array", "histogram", "by hand", "empty"],
)
def test_the_json_of_a_palette_matches_the_schema(palette, schema: jsonschema.Draft202012Validator) -> None:
    each = palette()
    schema.validate(json.loads(each.to_json()))
    assert json.loads(each.to_json()) == each.to_dict()


def test_the_schema_refuses_invalid_palettes(schema: jsonschema.Draft202012Validator) -> None:
    good = pochade.Palette.from_dict({"colors": ["#8e1a24"]}).to_dict()
    for change in ({"k": "many"}, {"colors": [{"hex": "#8E1A24"}]}, {"more": 1}, {"k": 0}):
        assert not schema.is_valid(good | change)


def test_the_page_on_json_documents_every_field(schema: jsonschema.Draft202012Validator) -> None:
    page = (DOCS / "json.md").read_text()
    definition = schema.schema
    assert isinstance(definition, dict)
    fields = [*definition["properties"], *definition["$defs"]["color"]["properties"]]
    assert [field for field in fields if f"`{field}`" not in page] == []


def test_the_page_on_the_api_documents_every_public_name() -> None:
    page = (DOCS / "api.md").read_text()
    names = [*pochade.__all__, *(name for kind in (pochade.Palette, pochade.Color) for name in vars(kind))]
    missing = [name for name in names if not name.startswith("_") and not re.search(rf"[`( ]{name}[`(]", page)]
    assert missing == []
