"""The page `/docs`: every address with its options, written from the schema. It has no scripts."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

METHODS = "get", "post", "delete"


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
        f"<section><h2>{escape(name.capitalize())}</h2>{''.join(group)}</section>" for name, group in groups.items()
    ]
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The HTTP API of {escape(about["title"])}</title>
<link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/static/css/tokens.css">
<link rel="stylesheet" href="/static/css/reference.css">
</head>
<body>
<main>
<h1>The HTTP API of {escape(about["title"])} {escape(about["version"])}</h1>
{"".join(f"<p>{escape(text)}</p>" for text in about["description"].split(chr(10) * 2))}
<p>For programs: <a href="/api/v1/openapi.json">the OpenAPI schema</a>. For people: <a href="/">the page</a>.</p>
<p><code>HEAD</code> is answered wherever <code>GET</code> is. A picture comes as the bytes of the body, as the field
<code>file</code> of a form, or in JSON as <code>url</code>, <code>data</code> or <code>picture</code>.</p>
<pre>curl --data-binary @photo.jpg 'http://localhost:8017/api/v1/palette?k=6'</pre>
{"".join(sections)}
</main>
</body>
</html>
"""


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    successes = [answer for code, answer in operation["responses"].items() if code.startswith("2")]
    kinds = [kind for answer in successes for kind in answer.get("content", ())]
    texts = escape(operation.get("description") or operation.get("summary", "")).split("\n\n")
    said = "".join(f"<p>{text}</p>" for text in texts)
    answers = f"<p>Answers: {', '.join(f'<code>{escape(kind)}</code>' for kind in kinds)}</p>" if kinds else ""
    return (
        f"<article><h3><code><b>{method.upper()}</b> {escape(path)}</code></h3>{said}"
        f"{_parameters(operation.get('parameters', ()))}{answers}</article>"
    )


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
