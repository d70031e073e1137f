"""tailwind-config: the configuration in JavaScript of Tailwind CSS 3, and other JavaScript with an object `colors`.

References
----------
Tailwind CSS 3: "Customizing Colors". ECMA-262: "String Literals" and "Object Initializer"; only literals are read, no
code is run.
"""

import json
import re
from typing import Any

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.documents import MAX_DEPTH, Computed, named_colors
from pochade.export.identifiers import identifiers
from pochade.export.reading import line_of, text_of
from pochade.palette import Palette

_TOKEN = re.compile(
    r"""(?P<skip>\s+|/\*.*?(?:\*/|\Z)|//[^\n]*) | (?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)
    | (?P<mark>[{}()\[\],:;]) | (?P<word>[^\s{}()\[\],:;"'`/]+|/)""",
    re.DOTALL | re.VERBOSE,
)
_COLORS = re.compile(r"(?<![\w@$.-])colors[\"']?\s*[:=]\s*(?=\{)")
_MAGIC = re.compile(_COLORS.pattern.encode())
_CLOSE = {"{": "}", "(": ")", "[": "]"}

Token = tuple[str, str, int]
"""The kind of a token, its text and its offset."""


def fits(content: bytes) -> bool:
    """Whether the content has an object `colors`, and is no JSON."""
    return not content.lstrip().startswith((b"{", b"[")) and _MAGIC.search(content) is not None


def read(content: bytes) -> Palette:
    """The colors of the objects `colors`, in their order, each with the names of its keys.

    Values that JavaScript must compute, such as `colors.blue[500]` or functions, are listed as omitted.
    """
    text = text_of(content)
    found: list[Any] = []
    end = 0
    for match in _COLORS.finditer(text):
        if match.start() >= end:
            value, end = _object(text, match.end())
            found.append(value)
    if not found:
        raise FormatError("there is no object `colors`, as in `colors: { brick: '#b5402e' }`.")
    return named_colors(found)


def _object(text: str, start: int) -> tuple[dict[str, Any], int]:
    """The object that begins at an offset, and the offset of its end."""
    tokens = _tokens(text, start)
    try:
        value, at = _members(tokens, 1, text, 1)
    except IndexError:  # the last bracket closes the first one, but others between them do not match
        raise FormatError(f"line {line_of(text, start)}: the brackets of the object `colors` do not match.") from None
    return value, tokens[at - 1][2] + 1


def _tokens(text: str, start: int) -> list[Token]:
    """The tokens of the brackets at `start`, to the bracket that closes them."""
    tokens: list[Token] = []
    depth = 0
    for match in _TOKEN.finditer(text, start):
        kind = match.lastgroup or ""
        if kind == "skip":
            continue
        tokens.append((kind, match[0], match.start()))
        depth += match[0] in _CLOSE if kind == "mark" else 0
        depth -= match[0] in _CLOSE.values() if kind == "mark" else 0
        if not depth:
            return tokens
    raise FormatError(f"line {line_of(text, start)}: the object `colors` does not end.")


def _members(tokens: list[Token], at: int, text: str, depth: int) -> tuple[dict[str, Any], int]:
    """The members of an object from the token after its {, and the number of the token after its }."""
    if depth > MAX_DEPTH:
        raise FormatError(f"line {line_of(text, tokens[at][2])}: objects are nested more than {MAX_DEPTH} deep.")
    members: dict[str, Any] = {}
    while tokens[at][1] != "}":
        key, colon = tokens[at], tokens[at + 1]
        if key[1] == ",":
            at += 1
        elif colon[1] != ":" or key[0] == "mark":  # ...spread, a method, a shorthand, a computed key
            _, at = _expression(tokens, at)
            members[f"{key[1]} {at}"] = Computed(key[1])
        elif tokens[at + 2][1] == "{":
            members[_string(key)], at = _members(tokens, at + 3, text, depth + 1)
        else:
            parts, at = _expression(tokens, at + 2)
            value = _string(parts[0]) if len(parts) == 1 and parts[0][0] == "text" else None
            is_plain = value is not None and "${" not in value
            members[_string(key)] = value if is_plain else Computed("".join(part[1] for part in parts))
    return members, at + 1


def _expression(tokens: list[Token], at: int) -> tuple[list[Token], int]:
    """The tokens of an expression, to the comma or bracket that ends it, and the number of that token."""
    start, depth = at, 0
    while depth or tokens[at][1] not in (",", "}") or tokens[at][0] == "text":
        depth += tokens[at][1] in _CLOSE
        depth -= tokens[at][1] in _CLOSE.values()
        at += 1
    return tokens[start:at], at


def _string(token: Token) -> str:
    kind, text, _ = token
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if kind == "text" else text


@exporters.register(
    "tailwind-config",
    suffix=".config.js",
    also=(".config.ts", ".config.mjs", ".config.cjs"),
    media_type="text/javascript",
    read=read,
    magic=fits,
)
def tailwind_config(palette: Palette) -> bytes:
    """A configuration of Tailwind CSS 3, `tailwind.config.js`, which adds the colors to its own."""
    names = identifiers(palette, "kebab")
    rows = "".join(
        f"        {json.dumps(name)}: {json.dumps(color)},\n" for name, color in zip(names, palette.hex, strict=True)
    )
    return (
        "/** @type {import('tailwindcss').Config} */\nmodule.exports = {\n  theme: {\n    extend: {\n      colors: {\n"
        f"{rows}      }},\n    }},\n  }},\n}};\n"
    ).encode()
