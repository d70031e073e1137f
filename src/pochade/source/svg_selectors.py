"""Selectors of style sheets in drawings: parse them, and test whether an element matches.

References
----------
W3C, Selectors Level 4, and CSS Nesting for `&`. States of a page (`:hover`) and pseudo-elements match nothing in a
drawing.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import tinycss2.nth  # type: ignore[import-untyped]
from tinycss2.ast import LiteralToken  # type: ignore[import-untyped]

MAX_STEPS = 5_000_000
"""Tests of an element against a selector in one drawing; the largest maps with style sheets need a tenth."""


class UnsupportedSelectorError(Exception):
    """A selector that this module does not know, such as `:has()`."""


class TooManyStepsError(Exception):
    """More tests than MAX_STEPS."""


@dataclass(slots=True)
class Tree:
    """The elements above and beside each element of a drawing."""

    root: Element
    parents: dict[Element, Element]
    places: dict[Element, int] = field(default_factory=dict)
    steps: int = 0

    def count(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise TooManyStepsError

    def above(self, element: Element) -> Iterator[Element]:
        """The elements that contain it, innermost first."""
        parent = self.parents.get(element)
        while parent is not None:
            yield parent
            parent = self.parents.get(parent)

    def siblings(self, element: Element) -> Element | list[Element]:
        parent = self.parents.get(element)
        return [element] if parent is None else parent

    def place(self, element: Element) -> int:
        """The number of the element among its siblings, from 0."""
        if element not in self.places:
            self.places.update((sibling, i) for i, sibling in enumerate(self.siblings(element)))
        return self.places[element]


Test = Callable[[Tree, Element], bool]
Specificity = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Compound:
    """Tests that one element must pass; `key` is one of them that an index can hold: "#id", ".class" or a tag."""

    tests: tuple[Test, ...]
    specificity: Specificity
    key: str

    def matches(self, tree: Tree, element: Element) -> bool:
        tree.count()
        return all(test(tree, element) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Selector:
    """Compounds from left to right, and the combinator before each but the first; `key` is that of the last."""

    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...]
    specificity: Specificity
    key: str

    def matches(self, tree: Tree, element: Element) -> bool:
        return self.compounds[-1].matches(tree, element) and self._rest(tree, element, len(self.combinators))

    def _rest(self, tree: Tree, element: Element, left: int) -> bool:
        """Whether the first `left` compounds match elements in their relation to `element`."""
        if left == 0:
            return True
        compound, combinator = self.compounds[left - 1], self.combinators[left - 1]
        for other in _related(tree, element, combinator):
            if compound.matches(tree, other) and self._rest(tree, other, left - 1):
                return True
        return False


def _related(tree: Tree, element: Element, combinator: str) -> Iterator[Element]:
    if combinator in " >":
        above = tree.above(element)
        yield from above if combinator == " " else itertools.islice(above, 1)
        return
    before = tree.place(element)
    siblings = tree.siblings(element)
    for place in range(before - 1, -1 if combinator == "~" else max(before - 2, -1), -1):
        yield siblings[place]


def keys_of(element: Element) -> Iterator[str]:
    """The keys of compounds that the element can match."""
    yield "*"
    yield local_name(element.tag)
    if name := element.get("id"):
        yield "#" + name
    for name in element.get("class", "").split():
        yield "." + name


def local_name(tag: str) -> str:
    """The name of a tag or an attribute without its namespace."""
    return tag.rpartition("}")[2]


def parse_selectors(tokens: Sequence[Any], parent: Sequence[Selector] | None = None) -> list[Selector]:
    """The selectors of a list.

    Parameters
    ----------
    tokens : of tinycss2.
    parent : the selectors of the rule around this one, which `&` stands for.

    Raises
    ------
    ValueError : they break the grammar, so the rule does not count.
    UnsupportedSelectorError : they are correct, but not known here.
    """
    return [_selector(part, parent) for part in _split(tokens)]


_PARENT = LiteralToken(0, 0, "&")


def _sign(token: Any) -> str:
    """The text of a token that is only a sign, else nothing."""
    return str(token.value) if token.type == "literal" else ""


def _split(tokens: Sequence[Any]) -> list[list[Any]]:
    """The tokens between commas, without comments."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if _sign(token) == ",":
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    return parts


def _selector(tokens: list[Any], parent: Sequence[Selector] | None) -> Selector:
    nested = parent is not None
    groups: list[list[Any]] = [[]]
    combinators: list[str] = []
    waiting = ""
    for token in tokens:
        if token.type == "whitespace":
            waiting = waiting or " "
        elif _sign(token) in (">", "+", "~"):
            waiting = token.value
        else:
            if nested and not groups[-1] and waiting.strip():
                groups[-1].append(_PARENT)  # "> a" inside a rule
            if waiting and groups[-1]:
                combinators.append(waiting)
                groups.append([])
            waiting = ""
            groups[-1].append(token)
    if not groups[-1] or waiting.strip():
        raise ValueError("an empty selector")
    if nested and not any(_sign(token) == "&" for group in groups for token in group):
        groups.insert(0, [_PARENT])
        combinators.insert(0, " ")
    compounds = tuple(_compound(group, parent) for group in groups)
    return Selector(compounds, tuple(combinators), _sum(one.specificity for one in compounds), compounds[-1].key)


def _compound(tokens: list[Any], parent: Sequence[Selector] | None) -> Compound:
    tests: list[Test] = []
    weights: list[Specificity] = []
    key = "*"
    at = 0
    while at < len(tokens):
        token, sign = tokens[at], _sign(tokens[at])
        at += 1
        if sign in ("*", "|"):  # all elements, or the end of a namespace
            continue
        if sign == "&":
            test, weight = _any_of(parent or [])
        elif sign == ".":
            name = _name(tokens, at)
            at, key = at + 1, "." + name if key[0] != "#" else key
            test, weight = _class(name), (0, 1, 0)
        elif sign == ":" and at < len(tokens) and _sign(tokens[at]) == ":":  # a pseudo-element
            test, weight, at = _never, (0, 0, 1), len(tokens)
        elif sign == ":":
            test, weight = _pseudo_class(tokens[at] if at < len(tokens) else None, parent)
            at += 1
        elif token.type == "ident":
            if at < len(tokens) and _sign(tokens[at]) == "|":  # a namespace
                continue
            key = token.value if key == "*" else key
            test, weight = _tag(token.value), (0, 0, 1)
        elif token.type == "hash":
            key = "#" + token.value
            test, weight = _attribute("id", "=", token.value, False), (1, 0, 0)
        elif token.type == "[] block":
            test, weight = _attribute_test(token.content), (0, 1, 0)
        else:
            raise ValueError("an unknown sign in a selector")
        tests.append(test)
        weights.append(weight)
    return Compound(tuple(tests), _sum(weights), key)


def _name(tokens: list[Any], at: int) -> str:
    if at < len(tokens) and tokens[at].type == "ident":
        return str(tokens[at].value)
    raise ValueError("no name in a selector")


def _sum(weights: Any) -> Specificity:
    ids, classes, tags = (sum(column) for column in zip((0, 0, 0), *weights, strict=True))
    return ids, classes, tags


def _never(tree: Tree, element: Element) -> bool:
    return False


def _tag(name: str) -> Test:
    return lambda tree, element: local_name(element.tag) == name


def _class(name: str) -> Test:
    return lambda tree, element: name in element.get("class", "").split()


def _any_of(selectors: Sequence[Selector]) -> tuple[Test, Specificity]:
    def test(tree: Tree, element: Element) -> bool:
        return any(selector.matches(tree, element) for selector in selectors)

    return test, max((selector.specificity for selector in selectors), default=(0, 0, 0))


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda value, wanted: value == wanted,
    "~=": lambda value, wanted: wanted in value.split(),
    "|=": lambda value, wanted: value == wanted or value.startswith(wanted + "-"),
    "^=": lambda value, wanted: bool(wanted) and value.startswith(wanted),
    "$=": lambda value, wanted: bool(wanted) and value.endswith(wanted),
    "*=": lambda value, wanted: bool(wanted) and wanted in value,
}


def _attribute_test(content: list[Any]) -> Test:
    tokens = [token for token in content if token.type not in ("whitespace", "comment")]
    if any(_sign(token) == "|" for token in tokens[:2]):  # a namespace
        tokens = tokens[1 if _sign(tokens[0]) == "|" else 2 :]
    name = _name(tokens, 0)
    if len(tokens) == 1:
        return lambda tree, element: any(local_name(key) == name for key in element.attrib)
    operator = _sign(tokens[1])
    if len(tokens) < 3 or operator not in _OPERATORS or tokens[2].type not in ("ident", "string"):
        raise ValueError("an attribute selector")
    any_case = len(tokens) > 3 and tokens[3].type == "ident" and tokens[3].lower_value == "i"
    return _attribute(name, operator, tokens[2].value, any_case)


def _attribute(name: str, operator: str, wanted: str, any_case: bool) -> Test:
    compare = _OPERATORS[operator]
    wanted = wanted.lower() if any_case else wanted

    def test(tree: Tree, element: Element) -> bool:
        values = (value for key, value in element.attrib.items() if local_name(key) == name)
        return any(compare(value.lower() if any_case else value, wanted) for value in values)

    return test


def _nth(a: int, b: int, *, of_type: bool = False, from_end: bool = False) -> Test:
    def test(tree: Tree, element: Element) -> bool:
        siblings, place = tree.siblings(element), tree.place(element)
        if of_type:
            tree.count(len(siblings))
            same = [i for i, one in enumerate(siblings) if one.tag == element.tag]
            place, count = same.index(place), len(same)
        else:
            count = len(siblings)
        steps = (count - place if from_end else place + 1) - b
        return steps == 0 if a == 0 else steps % a == 0 and steps // a >= 0

    return test


_SIMPLE: dict[str, list[Test]] = {
    "root": [lambda tree, element: element is tree.root],
    "scope": [lambda tree, element: element is tree.root],
    "empty": [lambda tree, element: len(element) == 0 and not element.text],
    "first-child": [_nth(0, 1)],
    "last-child": [_nth(0, 1, from_end=True)],
    "only-child": [_nth(0, 1), _nth(0, 1, from_end=True)],
    "first-of-type": [_nth(0, 1, of_type=True)],
    "last-of-type": [_nth(0, 1, of_type=True, from_end=True)],
    "only-of-type": [_nth(0, 1, of_type=True), _nth(0, 1, of_type=True, from_end=True)],
}
_NTH = re.compile(r"nth-(last-)?(child|of-type)")
_STATES = re.compile(
    "hover|active|focus(-within|-visible)?|visited|target(-within)?|link|any-link|enabled|disabled|checked|default"
    "|indeterminate|valid|invalid|required|optional|read-only|read-write|fullscreen|playing|paused|autofill"
    "|before|after|first-line|first-letter|-.*"
)
"""States of a page, and the pseudo-elements that may be written with one colon."""


def _pseudo_class(token: Any, parent: Sequence[Selector] | None) -> tuple[Test, Specificity]:
    if token is None or token.type not in ("ident", "function"):
        raise ValueError("no name after a colon")
    one = (0, 1, 0)
    name = token.lower_value if token.type == "ident" else token.lower_name
    if token.type == "ident" and name in _SIMPLE:
        tests = _SIMPLE[name]
        return lambda tree, element: all(test(tree, element) for test in tests), one
    if _STATES.fullmatch(name):
        return _never, one
    if token.type == "function" and name in ("is", "where", "not", "matches", "any"):
        test, weight = _any_of(parse_selectors(token.arguments, parent))
        if name == "not":
            return lambda tree, element: not test(tree, element), weight
        return test, (0, 0, 0) if name == "where" else weight
    match = _NTH.fullmatch(name)
    if match and token.type == "function":
        formula = tinycss2.nth.parse_nth(token.arguments)
        if formula is not None:
            return _nth(*formula, of_type=match[2] == "of-type", from_end=bool(match[1])), one
    raise UnsupportedSelectorError(f":{name}")
