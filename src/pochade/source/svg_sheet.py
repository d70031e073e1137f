"""Style sheets of drawings as rules, and declarations from the text of a style attribute.

References
----------
W3C: CSS Syntax Level 3 (through tinycss2), CSS Cascade Level 5 (layers), CSS Nesting, Media Queries Level 5.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import tinycss2  # type: ignore[import-untyped]

from pochade.source.svg_selectors import Selector, parse_selectors

VIEWPORT = 1024
"""Pixels of the page for which media queries are answered: the longer side of the drawing."""

UNLAYERED = 1 << 30
"""The number of the layer of rules outside all layers, which win."""


class Declaration(NamedTuple):
    """name : in lower case; a variable keeps its case. value : the text, without !important."""

    name: str
    value: str
    important: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """layer : the number of its cascade layer; a higher one wins."""

    selectors: list[Selector]
    declarations: list[Declaration]
    layer: int


@dataclass(slots=True)
class Sheets:
    """The style sheets of one drawing.

    variables : the initial values of variables that @property states.
    """

    rules: list[Rule] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    layers: dict[str, int] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Add the rules of a style sheet.

        Raises
        ------
        UnsupportedSelectorError : a selector is correct, but not known.
        """
        nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        self._add(nodes, None, "")

    def _add(self, nodes: Sequence[Any], parent: list[Selector] | None, layer: str) -> None:
        own: list[Declaration] = []
        if parent is not None:
            own = [_declaration(node) for node in nodes if node.type == "declaration"]
        if own:
            self.rules.append(Rule(parent or [], own, self.layers[layer] if layer else UNLAYERED))
        for node in nodes:
            if node.type == "qualified-rule":
                try:
                    selectors = parse_selectors(node.prelude, parent)
                except ValueError:
                    continue  # as CSS tells browsers to
                self._add(_contents(node.content, nested=True), selectors, layer)
            elif node.type == "at-rule":
                self._add_at(node, parent, layer)

    def _add_at(self, node: Any, parent: list[Selector] | None, layer: str) -> None:
        prelude = tinycss2.serialize(node.prelude).strip()
        name = node.lower_at_keyword
        if name == "property" and node.content is not None:
            nodes = _contents(node.content, nested=True)
            found = {node.lower_name: tinycss2.serialize(node.value) for node in nodes if node.type == "declaration"}
            if "initial-value" in found:
                self.variables[prelude] = found["initial-value"].strip()
        if name == "layer":
            for label in prelude.split(","):
                inner = f"{layer}.{label.strip() or len(self.layers)}".lstrip(".")
                self.layers.setdefault(inner, len(self.layers))
        applies = (
            name == "layer"
            or (name == "media" and media_matches(prelude))
            or (name == "supports" and not prelude.lower().startswith("not"))
        )
        if node.content is not None and applies:
            self._add(_contents(node.content, nested=parent is not None), parent, inner if name == "layer" else layer)


def declarations_of(text: str) -> list[Declaration]:
    """The declarations of a style attribute, in order. A part that breaks the grammar is left out."""
    if _PLAIN.fullmatch(text):  # most are, and tinycss2 needs 50 times as long
        parts = (part.partition(":") for part in text.split(";"))
        return [
            _made(name.strip(), value.strip())
            for name, colon, value in parts
            if colon and _IDENT.fullmatch(name.strip()) and value.strip()
        ]
    nodes = tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
    return [_declaration(node) for node in nodes if node.type == "declaration"]


_PLAIN = re.compile(r"(?:[^()\[\]{}\\/\"'@]|\([\w\s.,%#+-]*\))*")
_IDENT = re.compile(r"-?-?[A-Za-z_][\w-]*")
_IMPORTANT = re.compile(r"\s*!\s*important$", re.IGNORECASE)


def _made(name: str, value: str) -> Declaration:
    text = _IMPORTANT.sub("", value)
    return Declaration(name if name.startswith("--") else name.lower(), text, text != value)


def _declaration(node: Any) -> Declaration:
    name = node.name if node.name.startswith("--") else node.lower_name
    return Declaration(name, tinycss2.serialize(node.value).strip(), node.important)


def _contents(content: list[Any], *, nested: bool) -> list[Any]:
    """Rules, and declarations too if a rule is around them: there, `a:b{}` is first tried as a declaration."""
    parse = tinycss2.parse_blocks_contents if nested else tinycss2.parse_rule_list
    nodes: list[Any] = parse(content, skip_comments=True, skip_whitespace=True)
    return nodes


def media_matches(query: str) -> bool:
    """Whether a media query list holds for a light sRGB screen, 1024 pixels wide and high. An empty one does."""
    return not query.strip() or any(_query_matches(one.strip().lower()) for one in query.split(","))


def _query_matches(query: str) -> bool:
    if query.startswith("not "):
        return not _query_matches(query[4:].strip())
    parts = re.split(r"\s+and\s+", query.removeprefix("only ").strip())
    return all(any(map(_feature_matches, re.split(r"\s+or\s+", part))) for part in parts)


_TRUE = frozenset(
    {
        *("all", "screen", "color", "hover: hover", "pointer: fine", "color-gamut: srgb", "dynamic-range: standard"),
        *("prefers-color-scheme: light", "prefers-contrast: no-preference", "prefers-reduced-motion: no-preference"),
        *("orientation: landscape", "forced-colors: none", "inverted-colors: none", "scripting: none"),
    }
)
_LENGTH = re.compile(r"(min|max)-(?:width|height): ([\d.]+)(px|em|rem)?")


def _feature_matches(feature: str) -> bool:
    text = re.sub(r"\s*:\s*", ": ", feature.strip(" ()"))
    match = _LENGTH.fullmatch(text)
    if match:
        pixels = float(match[2]) * (1 if match[3] in (None, "px") else 16)
        return pixels <= VIEWPORT if match[1] == "min" else pixels >= VIEWPORT
    return not _feature_matches(text[4:]) if text.startswith("not ") else text in _TRUE
