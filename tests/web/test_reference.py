"""OpenAPI has a schema for every answer, answers agree with it, and /docs shows it."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from pochade.export import exporters
from pochade.web.reference import EXAMPLES
from pochade.web.results import COLOR, PALETTE

DOCS = Path(__file__).parents[2] / "docs" / "palette.schema.json"


@pytest.fixture(scope="module")
def schema(client) -> dict:
    return client.get("/api/v1/openapi.json").json()


def operations(schema: dict) -> list[tuple[str, str, dict]]:
    return [(method, path, one) for path, ones in schema["paths"].items() for method, one in ones.items()]


def test_every_answer_of_success_has_a_schema(schema: dict) -> None:
    for method, path, operation in operations(schema):
        success = {code: answer for code, answer in operation["responses"].items() if code.startswith("2")}
        assert success, (method, path)
        for code, answer in success.items():
            assert ("content" in answer) == (code != "204"), (method, path)
            for kind, content in answer.get("content", {}).items():
                assert content["schema"], (method, path, kind)
                jsonschema.Draft202012Validator.check_schema(content["schema"])


def checked(client, schema: dict, path: str, place: str = "", method: str = "get", **query: object) -> None:
    url = "/api/v1" + (place or path)
    answer = client.request(method, url, params=query) if method == "get" else client.request(method, url, **query)
    assert answer.status_code in (200, 201), answer.text
    content = schema["paths"]["/api/v1" + path][method]["responses"][str(answer.status_code)]["content"]
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind in content, (kind, list(content))
    if kind == "application/json":
        jsonschema.validate(answer.json(), content[kind]["schema"])


def test_answers_agree_with_their_schemas(client, schema: dict, stored: str, png: bytes) -> None:
    for path in ("/palette", "/clusters", "/palette-url", "/explain", "/fidelity", "/cloud", "/labels", "/poster"):
        checked(client, schema, path, picture=stored, k=3)
    for format in ("array", "vega", "dtcg", "css", "ase", "svg"):
        checked(client, schema, "/palette", picture=stored, format=format)
    checked(client, schema, "/suggest", keep="8e1a24", n=2)
    checked(client, schema, "/suggest", picture=stored, n=1)
    checked(client, schema, "/suggest/methods")
    checked(client, schema, "/colormind", method="post", json={"model": "default"})
    checked(client, schema, "/colormind/list")
    checked(client, schema, "/collections")
    for path in ("/quantize", "/quantize/report", "/quantize/table"):
        checked(client, schema, path, picture=stored)
    checked(client, schema, "/quantize/report", picture=stored, palette="8e1a24,fff")
    for format in ("json", "png", "cube", "lut"):
        checked(client, schema, "/recolor", picture=stored, change="", format=format)
    for format in ("json", "css", "png"):
        checked(client, schema, "/background", picture=stored, format=format, size="60x60")
    for format in ("json", "svg"):
        checked(client, schema, "/numbers", picture=stored, format=format, box="zorn", n=4, paper="a5")
    checked(client, schema, "/paints", picture=stored, n=3, parts=4)
    checked(client, schema, "/boxes")
    checked(client, schema, "/compare", a=stored, b=stored)
    checked(client, schema, "/compare", pictures=f"{stored},{stored}")
    checked(client, schema, "/compare", pictures=stored, like=stored)
    for path in ("/contrast", "/sight", "/roles", "/tints"):
        checked(client, schema, path, colors="8e1a24,fff,102030")
    checked(client, schema, "/problems/{kind}", "/problems/busy")
    checked(client, schema, "/pictures", method="post", content=png)
    checked(client, schema, "/pictures/{digest}", f"/pictures/{stored}")
    lists = ["methods", "spaces", "formats", "orders", "dithers", "differences", "picture-formats", "vocabularies"]
    for name in (*lists, "moods", "options", "health", "metrics"):
        checked(client, schema, f"/{name}")


def test_the_schema_of_a_palette_names_what_the_published_one_names() -> None:
    published = json.loads(DOCS.read_text())
    assert set(PALETTE["properties"]) == set(published["properties"])
    assert set(PALETTE["required"]) == set(published["required"])
    assert set(COLOR["properties"]) == set(published["$defs"]["color"]["properties"])


class Tags(HTMLParser):
    """The tags of a page that are open, and the addresses that it links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input"):
            self.open.append(tag)
        self.links += [value or "" for name, value in attributes if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_docs_lists_every_address_and_option(client, schema: dict) -> None:
    answer = client.get("/docs")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    page = answer.text
    for method, path, operation in operations(schema):
        assert f"<b>{method.upper()}</b> {path}<" in page
        assert all(f"<code>{one['name']}</code>" in page for one in operation.get("parameters", ()))
    tags = Tags(page)
    assert tags.open == []
    assert all(client.get(link).status_code == 200 for link in tags.links)
    assert re.findall("<script[^>]*>", page) == ['<script type="module" src="/static/js/reference.js">']
    assert not re.search("style=|https?://(?!localhost)", page)


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/docs", BROWSER, "text/html; charset=utf-8"),
        ("/docs", "*/*", "text/html; charset=utf-8"),
        ("/docs", "application/json", "application/json"),
        ("/api/v1", BROWSER, "text/html; charset=utf-8"),
        ("/api/v1", "text/html", "text/html; charset=utf-8"),
        ("/api/v1", "application/json", "application/json"),
        ("/api/v1", "application/json;q=0.5, text/html;q=0.1", "application/json"),
        ("/api/v1", "*/*", "application/json"),
        ("/api/v1", "image/png", "application/json"),
    ],
)
def test_a_browser_gets_a_page_and_a_program_json(client, path: str, accept: str, kind: str) -> None:
    answer = client.get(path, headers={"Accept": accept}, follow_redirects=False)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["vary"] == "Accept"
    if kind.startswith("text/html"):
        assert answer.text == client.get("/docs", headers={"Accept": "text/html"}).text
        assert "style-src 'self'" in answer.headers["content-security-policy"]
        assert "sandbox" not in answer.headers["content-security-policy"]


def test_the_list_of_addresses_has_each_once(client, schema: dict) -> None:
    listed = client.get("/api/v1").json()
    assert [(one["method"].lower(), one["path"]) for one in listed["addresses"]] == [
        (method, path) for method, path, _ in operations(schema)
    ]
    assert all(one["summary"].endswith((".", "}")) for one in listed["addresses"]), "sentences"
    checked(client, schema, "")
    for place in ("docs", "openapi", "page"):
        assert client.get(listed[place]).status_code == 200


def test_the_examples_name_addresses_and_options_that_exist(schema: dict) -> None:
    for example in EXAMPLES:
        operation = schema["paths"]["/api/v1" + example.path]["post" if example.has_picture else "get"]
        known = {one["name"] for one in operation.get("parameters", ())} | set(exporters.entry("png").options)
        assert {name for name, _, _ in example.fields} <= known


def test_the_page_writes_out_the_json_of_answers(client) -> None:
    page = html.unescape(client.get("/docs").text)
    assert '{"mean": number, "worst": number}' in page
    assert "'auto'" in page


@pytest.mark.parametrize("path", ["/docs/", "/redoc", "/api/v1/docs", "/api/v1/redoc", "/api/v1/", "/openapi.json"])
def test_usual_addresses_of_a_reference_lead_to_it(client, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == 308
    assert client.get(answer.headers["location"]).status_code == 200


def test_an_unknown_address_is_answered_with_the_reference(client) -> None:
    assert "/docs lists all addresses" in client.get("/api/v1/nothing").json()["detail"]
