"""The page for people at `/docs`: examples to try, and every address with its options and answers, from the schema."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

METHODS = "get", "post", "delete"
DEPTH = 3
"""How deep the JSON of an answer is written out."""


@dataclass(frozen=True, slots=True)
class Example:
    """A request that the page sends.

    fields : name, label and value of each option; several values are a choice. has_picture : it posts a picture.
    embedded : a page may embed its answer.
    """

    title: str
    path: str
    fields: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    has_picture: bool = False
    embedded: bool = False


EXAMPLES = (
    Example(
        "The palette of a picture",
        "/palette",
        (("k", "Colors", ("6",)), ("format", "Format", ("json", "css", "svg", "png", "gpl"))),
        has_picture=True,
    ),
    Example(
        "A strip for a chat or a README",
        "/palette",
        (
            ("url", "Address of the picture", ("",)),
            ("k", "Colors", ("6",)),
            ("format", "Format", ("png", "svg")),
            ("strip", "As a strip", ("true", "false")),
        ),
        embedded=True,
    ),
    Example("Contrast of colors", "/contrast", (("colors", "Colors", ("8e1a24,f2e8d5,1a5c8e",)),)),
    Example("Roles of colors", "/roles", (("colors", "Colors", ("8e1a24,f2e8d5,1a5c8e",)),)),
    Example("The methods and their options", "/methods"),
)


def index(schema: dict[str, Any]) -> dict[str, Any]:
    """The list of addresses for programs, for an OpenAPI schema."""
    addresses = [
        {"method": method.upper(), "path": path, "summary": _said(operations[method]).split("\n")[0]}
        for path, operations in schema["paths"].items()
        for method in METHODS
        if method in operations
    ]
    about = schema["info"]
    places = {"docs": "/docs", "openapi": "/api/v1/openapi.json", "page": "/"}
    return {"name": about["title"], "version": about["version"], **places, "addresses": addresses}


def _said(operation: dict[str, Any]) -> str:
    return str(operation.get("description") or operation.get("summary", ""))


def reference_page(schema: dict[str, Any]) -> str:
    """The page for an OpenAPI schema."""
    about = schema["info"]
    groups: dict[str, list[str]] = {}
    for path, operations in schema["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                groups.setdefault(operation.get("tags", ["others"])[0], []).append(_operation(method, path, operation))
    sections = [
        f'<section id="{escape(name)}"><h2>{escape(name.capitalize())}</h2>{"".join(group)}</section>'
        for name, group in groups.items()
    ]
    places = [f'<a href="#{escape(name)}">{escape(name.capitalize())}</a>' for name in groups]
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The HTTP API of {escape(about["title"])}</title>
<link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/static/css/tokens.css">
<link rel="stylesheet" href="/static/css/reference.css">
<script type="module" src="/static/js/reference.js"></script>
</head>
<body>
<main>
<h1>The HTTP API of {escape(about["title"])} {escape(about["version"])}</h1>
{"".join(f"<p>{escape(text)}</p>" for text in about["description"].split(chr(10) * 2))}
<p>For programs: <a href="/api/v1/openapi.json">the OpenAPI schema</a>. For people: <a href="/">the page</a>.</p>
<p><code>HEAD</code> is answered wherever <code>GET</code> is. A picture comes as the bytes of the body, as the field
<code>file</code> of a form, or in JSON as <code>url</code>, <code>data</code> or <code>picture</code>.</p>
<pre>curl --data-binary @photo.jpg 'http://localhost:8017/api/v1/palette?k=6'</pre>
<nav aria-label="Groups of addresses"><a href="#try">Try it</a> {" ".join(places)}</nav>
<section id="try"><h2>Try it</h2>{"".join(map(_example, EXAMPLES))}</section>
{"".join(sections)}
</main>
</body>
</html>
"""


def _example(example: Example) -> str:
    """The form of an example; its script adds the command and the answer."""
    picture = (
        '<label>Picture <input type="file" accept="image/*"></label><p>Without a choice: the harbor.</p>'
        if example.has_picture
        else ""
    )
    fields = "".join(_field(*field) for field in example.fields)
    return (
        f'<form data-method="{"POST" if example.has_picture else "GET"}" data-path="/api/v1{example.path}"'
        f"{' data-sample=/static/samples/harbor.jpg' if example.has_picture else ''}"
        f"{' data-embed' if example.embedded else ''}>"
        f"<h3>{escape(example.title)}</h3><div>{picture}{fields}<button>Send</button></div>"
        f'<pre tabindex="0"><code></code></pre><output></output></form>'
    )


def _field(name: str, label: str, values: tuple[str, ...]) -> str:
    if len(values) > 1:
        choices = "".join(f"<option>{escape(value)}</option>" for value in values)
        return f'<label>{escape(label)} <select name="{name}">{choices}</select></label>'
    needed = "" if values[0] else ' type="url" required'
    size = "" if len(values[0]) == 1 else ' class="long"'
    return f'<label>{escape(label)} <input name="{name}" value="{escape(values[0])}"{needed}{size}></label>'


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    successes = [answer for code, answer in operation["responses"].items() if code.startswith("2")]
    kinds = [kind for answer in successes for kind in answer.get("content", ())]
    texts = escape(_said(operation)).split("\n\n")
    said = "".join(f"<p>{text}</p>" for text in texts)
    answers = f"<p>Answers: {', '.join(f'<code>{escape(kind)}</code>' for kind in kinds)}</p>" if kinds else ""
    return (
        f"<article><h3><code><b>{method.upper()}</b> {escape(path)}</code></h3>{said}"
        f"{_parameters(operation.get('parameters', ()))}{answers}{_json_of(successes)}</article>"
    )


def _json_of(answers: Iterable[dict[str, Any]]) -> str:
    """The form of the JSON that an address answers."""
    schemas = [
        one["content"]["application/json"]["schema"] for one in answers if "application/json" in one.get("content", ())
    ]
    if not schemas:
        return ""
    return f"<details><summary>The JSON</summary><pre>{escape(shape(schemas[0]))}</pre></details>"


def shape(schema: dict[str, Any], depth: int = DEPTH) -> str:
    """The form of a JSON value, on a line or two.

    Examples
    --------
    >>> shape({"type": "object", "properties": {"mean": {"type": "number"}, "hex": {"type": "array", "items": {}}}})
    '{"mean": number, "hex": [...]}'
    """
    if "const" in schema:
        return repr(schema["const"])
    if "enum" in schema:
        return " | ".join(repr(value) if isinstance(value, str) else str(value) for value in schema["enum"])
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return " | ".join(dict.fromkeys(shape(choice, depth) for choice in choices))
    kind = schema.get("type")
    if kind == "array":
        items = schema.get("items") or {}
        return f"[{shape(items, depth - 1)}, ...]" if items and depth else "[...]"
    if kind == "object":
        fields = schema.get("properties")
        if not fields or not depth:
            return "{...}"
        return "{" + ", ".join(f'"{name}": {shape(one, depth - 1)}' for name, one in fields.items()) + "}"
    return " | ".join(kind) if isinstance(kind, list) else str(kind or "...")


def _parameters(parameters: Iterable[dict[str, Any]]) -> str:
    rows = [
        f"<tr><th><code>{escape(one['name'])}</code></th><td>{escape(one.get('description', ''))}</td>"
        f"<td>{', '.join(_facts(one['schema']))}</td></tr>"
        for one in parameters
    ]
    if not rows:
        return ""
    count = "1 option" if len(rows) == 1 else f"{len(rows)} options"
    return f"<details><summary>{count}</summary><table>{''.join(rows)}</table></details>"


def _facts(schema: dict[str, Any]) -> Iterator[str]:
    """The types, choices, bounds and default of an option."""
    for one in schema.get("anyOf", (schema,)):
        if "enum" in one:
            yield " | ".join(f"<code>{escape(str(choice))}</code>" for choice in one["enum"])
        else:
            yield escape(one.get("type", ""))
        bounds = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to"}
        yield from (f"{word} {one[bound]:g}" for bound, word in bounds.items() if bound in one)
    if "default" in schema:
        yield f"default <code>{escape(str(schema['default']))}</code>"
