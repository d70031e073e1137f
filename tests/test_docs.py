"""The documentation does what it says: its code runs, its schema holds, no method lacks its page."""

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
    """A folder to work in, with the pictures that the pages speak of."""
    for picture in ("harbor.jpg", "photo.jpg"):
        shutil.copy(ROOT / "examples" / "harbor.jpg", tmp_path / picture)
    monkeypatch.chdir(tmp_path)
    for registry in (methods, spaces, exporters, orders, vocabularies):  # what a page registers is gone after it
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
            exec(compile("\n" * line + code, page, "exec"), names)  # the blocks of a page share their names
        else:
            test = doctest.DocTestParser().get_doctest(code, names, name(page), str(page), line)
            said: list[str] = []
            doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append, clear_globs=False)
            assert not said, "".join(said)
            names = test.globs


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    dead = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert not dead


def test_every_method_has_its_page() -> None:
    pages = {page.stem for page in (DOCS / "methods").glob("*.md")} - {"index", "bench"}
    assert pages == set(methods.names)


@pytest.mark.parametrize("method", methods.names)
def test_the_page_of_a_method_names_its_options_and_its_limits(method: str) -> None:
    page = (DOCS / "methods" / f"{method}.md").read_text()
    assert "When not to use it" in page
    assert [option for option in methods.entry(method).options if f"`{option}`" not in page] == []


def test_the_table_of_formats_is_that_of_the_registry() -> None:
    made = runpy.run_path(str(DOCS / "formats.py"))
    page = (DOCS / "formats.md").read_text()
    assert made["BEGIN"] + made["table"]() + made["END"] in page, "run: python docs/formats.py"


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    given = json.loads((DOCS / "palette.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(given)
    return jsonschema.Draft202012Validator(given)


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
def test_the_json_of_a_palette_fits_its_schema(palette, schema: jsonschema.Draft202012Validator) -> None:
    found = palette()
    schema.validate(json.loads(found.to_json()))
    assert json.loads(found.to_json()) == found.to_dict()


def test_the_schema_refuses_what_is_no_palette(schema: jsonschema.Draft202012Validator) -> None:
    good = pochade.Palette.from_dict({"colors": ["#8e1a24"]}).to_dict()
    for change in ({"k": "many"}, {"colors": [{"hex": "#8E1A24"}]}, {"more": 1}, {"requested": 0}):
        assert not schema.is_valid(good | change)


def test_the_page_on_json_names_every_field(schema: jsonschema.Draft202012Validator) -> None:
    page = (DOCS / "json.md").read_text()
    given = schema.schema
    assert isinstance(given, dict)
    fields = [*given["properties"], *given["$defs"]["color"]["properties"]]
    assert [field for field in fields if f"`{field}`" not in page] == []


def test_every_public_name_is_on_its_page() -> None:
    page = (DOCS / "api.md").read_text()
    names = [*pochade.__all__, *(name for kind in (pochade.Palette, pochade.Color) for name in vars(kind))]
    missing = [name for name in names if not name.startswith("_") and not re.search(rf"[`( ]{name}[`(]", page)]
    assert missing == []
