"""Resolve the styles of a drawing: after it, each element states its own colors in the words of the renderer.

The renderer knows a small part of CSS, and draws in black what it does not know. So the cascade is computed here: style
sheets, style attributes and presentation attributes, with variables, and colors in every notation.

A file may state a color twice, as Figma does: in hex, and with the same three numbers in display-p3, for wide screens.
Then the hex counts: with it, the file itself says what an sRGB screen shows.

References
----------
W3C: CSS Cascading and Inheritance Level 5; CSS Custom Properties for Cascading Variables Level 1; SVG 2, section
"Styling".
"""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

import numpy as np

from pochade.color.css_value import css_rgba
from pochade.errors import FormatError, OptionError, TooLargeError
from pochade.source.svg_selectors import (
    MAX_STEPS,
    Selector,
    TooManyStepsError,
    Tree,
    UnsupportedSelectorError,
    keys_of,
    local_name,
)
from pochade.source.svg_sheet import UNLAYERED, Declaration, Rule, Sheets, declarations_of, media_matches
from pochade.source.svg_values import COLORS, ColorError, color_value, needs_variables, with_colors, with_variables

MAX_COPIES = 50_000
"""Elements that are copied because a `use` may give their variables other values."""

SVG = "{http://www.w3.org/2000/svg}"

_ANIMATIONS = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set", "discard"})
"""Elements whose attribute `fill` is no color."""

_GEOMETRY = frozenset({"x", "y", "width", "height", "cx", "cy", "r", "rx", "ry"})
"""The properties of SVG 2 that the renderer reads as attributes only."""

_P3 = re.compile(r"color\(\s*display-p3\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*(?:/.*)?\)", re.IGNORECASE)
_P3_TOLERANCE = 0.0025
"""Half a code of 255, and the rounding to three decimals."""

_USED_VARIABLE = re.compile(r"var\(\s*(--[^\s,)]+)", re.IGNORECASE)
_REFERENCE = re.compile(r"(url\(\s*[\"']?#)([^)\"'\s]+)")


class _Inherited(NamedTuple):
    """What elements have from those around them.

    color : the color that currentColor stands for.
    drawn : whether they are drawn where they stand, so that each color must be known.
    chain : the elements whose copies are around them, outermost first; no element is copied into itself.
    renames : the new names in the copy.
    """

    variables: dict[str, str]
    color: str = "black"
    drawn: bool = True
    chain: tuple[Element, ...] = ()
    renames: Mapping[str, str] = MappingProxyType({})


class _Job(NamedTuple):
    """An element to resolve.

    source : the element of the file, which selectors match.
    element : the element to write: the same, or its copy for a `use`.
    """

    source: Element
    element: Element
    inherited: _Inherited


def resolve_styles(root: Element, name: str) -> None:
    """Change the drawing so that it has no style sheet, no variable, and no color that the renderer does not know.

    Parameters
    ----------
    root : the whole drawing; it may be nested some hundred levels deep.
    name : of the picture, for messages.

    Raises
    ------
    FormatError : a color, or a selector of a style sheet, is not known. The message gives it.
    TooLargeError : the style sheets need too many steps, or a `use` too many copies.
    """
    try:
        _Cascade(root, name).run()
    except TooManyStepsError:
        raise TooLargeError(f"{name}: its style sheets need more than {MAX_STEPS:,} steps.") from None
    except UnsupportedSelectorError as error:
        raise FormatError(
            f"{name}: its style sheet has the selector {error}, which is not known; write its colors as attributes."
        ) from None


@dataclass(slots=True)
class _Cascade:
    root: Element
    name: str
    sheets: Sheets = field(default_factory=Sheets)
    rules: dict[str, list[tuple[int, Rule, Selector]]] = field(default_factory=dict)
    tree: Tree = field(init=False)
    ids: dict[str, Element] = field(init=False)
    declared: dict[Element, list[Declaration]] = field(init=False)
    used: set[Element] = field(init=False)
    varying: dict[Element, bool] = field(default_factory=dict)
    given: dict[Element, dict[str, str]] = field(default_factory=dict)
    copies: int = 0
    copied: Element | None = None

    def run(self) -> None:
        self.tree = Tree(self.root, {child: parent for parent in self.root.iter() for child in parent})
        self.ids = {key: element for element in self.root.iter() if (key := element.get("id"))}
        self._take_sheets()
        self.declared = {element: self._matching(element) for element in self.root.iter()}
        self.used = {target for element in self.root.iter() if (target := self._target(element)) is not None}
        for target in self.used:
            if self._varies(target):  # keep what is written over before it is copied
                self.given.update((element, dict(element.attrib)) for element in target.iter())
        pending = [_Job(self.root, self.root, _Inherited(self.sheets.variables))]
        while pending:
            pending += self._resolve(pending.pop())

    def _take_sheets(self) -> None:
        """Collect the rules. The style elements stay, without text, because selectors count siblings."""
        for element in self.root.iter():
            if local_name(element.tag) != "style":
                continue
            kind = element.get("type", "").strip().lower()
            if kind in ("", "text/css") and media_matches(element.get("media", "")):
                self.sheets.add("".join(element.itertext()))
            element.text = None
        for order, rule in enumerate(self.sheets.rules):
            for selector in rule.selectors:
                self.rules.setdefault(selector.key, []).append((order, rule, selector))

    def _resolve(self, job: _Job) -> Iterator[_Job]:
        """Write the values of an element. Gives the jobs for its children, and for the copy that it uses."""
        source, element, inherited = job
        namespace, tag = source.tag[: len(SVG)], source.tag[len(SVG) :]
        if namespace != SVG or tag in _ANIMATIONS:
            return
        if source is element and self._is_stored(source):
            inherited = inherited._replace(drawn=False)
        declared = self.declared[source]
        variables = self._variables(declared, inherited.variables)
        if variables is not inherited.variables:
            inherited = inherited._replace(variables=variables)
        color = self._write(_Job(source, element, inherited), declared)
        if color is not inherited.color:
            inherited = inherited._replace(color=color)
        for child, written in zip(list(source), list(element), strict=True):
            yield _Job(child, written, inherited)
        if tag == "use" and inherited.drawn:
            yield from self._copies(_Job(source, element, inherited))

    def _is_stored(self, element: Element) -> bool:
        """Whether it is drawn only where a `use` shows it, as a copy if it depends on variables."""
        if local_name(element.tag) == "symbol":
            return True
        return element in self.used and any(one.tag == SVG + "defs" for one in self.tree.above(element))

    def _matching(self, element: Element) -> list[Declaration]:
        """The declarations for the element, from the weakest to the strongest."""
        style = declarations_of(element.get("style", "")) if "style" in element.attrib else []
        if not self.rules and not any(one.important for one in style):
            return style
        found = []
        for key in keys_of(element) if self.rules else ():
            for order, rule, selector in self.rules.get(key, ()):
                if selector.matches(self.tree, element):
                    for one in rule.declarations:
                        layer = -rule.layer if one.important else rule.layer
                        found.append(((one.important, layer, selector.specificity, order), one))
        for one in style:
            layer = UNLAYERED + 1  # a style attribute wins over sheets, if it is important too
            found.append(((one.important, layer, (0, 0, 0), 0), one))
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def _variables(self, declared: list[Declaration], inherited: dict[str, str]) -> dict[str, str]:
        """The variables of the element: the inherited ones and its own, whose values may use others."""
        own = {one.name: one.value for one in declared if one.name[:2] == "--"}
        pending = {key: value for key, value in own.items() if value.lower() not in ("inherit", "unset", "revert")}
        if not pending:
            return inherited
        self.tree.count(len(inherited))
        variables = {**inherited, **dict.fromkeys(pending, "initial")}
        while pending:
            self.tree.count(len(pending))
            ready = [key for key in pending if not pending.keys() & set(_USED_VARIABLE.findall(pending[key]))]
            if not ready:
                break  # they use each other in a circle, and have no value
            for key in ready:
                try:
                    variables[key] = with_variables(pending.pop(key), variables)
                except ColorError:
                    continue
        return variables

    def _write(self, job: _Job, declared: list[Declaration]) -> str:
        """Write the values, and return the color that currentColor stands for below."""
        attributes = job.element.attrib
        candidates = {key: [attributes[key]] for key in attributes if key in COLORS}
        style: dict[str, str] = {}
        for one in declared:
            if one.name in COLORS:
                candidates.setdefault(one.name, []).append(one.value)
            elif one.name[:2] != "--":
                style.pop(one.name, None)  # a shorthand resets what stands before it
                style[one.name] = one.value
        color = job.inherited.color
        for key in sorted(candidates):  # `color` first
            value = self._color(job, key, candidates[key], color)
            if value is None:
                attributes.pop(key, None)
            else:
                attributes[key] = value
            if key == "color" and value not in (None, "inherit"):
                color = value or color
        self._write_others(job, style, color)
        return color

    def _write_others(self, job: _Job, style: dict[str, str], color: str) -> None:
        """Write what is no color: the attributes, and then the rest of the style."""
        attributes = job.element.attrib
        attributes.pop("style", None)
        for values in (attributes, style):
            for key in [key for key, value in values.items() if key == "filter" or needs_variables(value)]:
                value = values.pop(key)
                try:
                    values[key] = with_colors(with_variables(value, job.inherited.variables), color)
                except ColorError as error:
                    if key == "filter":
                        self._refuse(job, key, value, error)
        if style:
            attributes.update((key, style.pop(key)) for key in _GEOMETRY & style.keys())
            attributes["style"] = ";".join(f"{key}:{value}" for key, value in style.items())
        renames = job.inherited.renames
        for key, value in attributes.items() if renames else ():
            attributes[key] = _REFERENCE.sub(lambda match: match[1] + renames.get(match[2], match[2]), value)
            if value.strip()[:1] == "#" and local_name(key) == "href":
                attributes[key] = "#" + renames.get(value.strip()[1:], value.strip()[1:])

    def _color(self, job: _Job, key: str, candidates: list[str], color: str) -> str | None:
        """The strongest valid color of the candidates, which go from the weakest to the strongest."""
        problem: tuple[str, ColorError] | None = None
        values = [value for value in candidates if value.strip()]
        for place in range(len(values) - 1, -1, -1):
            value = values[place].strip()
            try:
                text = with_variables(value, job.inherited.variables).strip()
                resolved = color_value(key, text, color)
            except ColorError as error:
                problem = problem or (value, error)
                if needs_variables(value):
                    break  # CSS tells browsers not to look at weaker ones
                continue
            return _stated_in_srgb(text, values[:place]) or resolved
        if problem:
            self._refuse(job, key, *problem)
        return None

    def _refuse(self, job: _Job, key: str, value: str, error: ColorError) -> None:
        """Raise FormatError, unless the value only waits for the variables that a `use` gives its copy."""
        if not job.inherited.drawn and needs_variables(value):
            return
        where = f"{local_name(job.source.tag)} {job.source.get('id', '')}".strip()
        raise FormatError(
            f"{self.name}: the {key} {value[:60]!r} of its element {where[:60]!r} cannot be drawn: {error}; "
            "give a color such as #rrggbb."
        ) from None

    def _copies(self, job: _Job) -> Iterator[_Job]:
        """The job for a copy of what a `use` shows, if that depends on variables: it inherits those of the `use`."""
        chain = job.inherited.chain
        original = self._target(job.source)
        if original is None or not self._varies(original):
            return
        key = next(key for key in job.element.attrib if local_name(key) == "href")
        if original in chain or original in self.tree.above(job.source):
            del job.element.attrib[key]  # a circle, which is not drawn
            return
        twin = copy.deepcopy(original)
        renames = {}
        for element, source in zip(twin.iter(), original.iter(), strict=True):
            self.copies += 1
            element.attrib = dict(self.given[source])
            if name := element.get("id"):
                renames[name] = f"{name}-copy-{self.copies}"
                element.set("id", renames[name])
        if self.copies > MAX_COPIES:
            raise TooLargeError(f"{self.name}: its variables need copies of more than {MAX_COPIES:,} elements.")
        if self.copied is None:
            self.copied = SubElement(self.root, SVG + "defs")
        self.copied.append(twin)
        job.element.set(key, "#" + twin.attrib["id"])
        yield _Job(original, twin, job.inherited._replace(chain=(*chain, original), renames=renames))

    def _target(self, element: Element) -> Element | None:
        """The element that a `use` shows."""
        if element.tag != SVG + "use":
            return None
        attributes = self.given.get(element, element.attrib)
        href = next((value.strip() for key, value in attributes.items() if local_name(key) == "href"), "")
        return self.ids.get(href[1:]) if href.startswith("#") else None

    def _varies(self, element: Element) -> bool:
        """Whether the element, or one that it contains or uses, has a value with a variable."""
        if element not in self.varying:
            self.varying[element] = False  # for a circle of uses
            self.varying[element] = any(self._uses_variables(one) for one in element.iter())
        return self.varying[element]

    def _uses_variables(self, element: Element) -> bool:
        values = *element.attrib.values(), *(one.value for one in self.declared[element])
        target = self._target(element)
        return any(map(needs_variables, values)) or (target is not None and self._varies(target))


def _stated_in_srgb(text: str, weaker: list[str]) -> str | None:
    """The sRGB color among the weaker candidates that has the same numbers as a display-p3 color; see above."""
    match = _P3.fullmatch(text)
    if match is None:
        return None
    try:
        wide = css_rgba(text)
        for value in weaker:
            narrow = css_rgba(value)
            if wide is None or narrow is None:
                continue
            if np.abs(np.array(narrow[:3]) / 255 - np.array(match.groups(), float)).max() < _P3_TOLERANCE:
                return color_value("fill", f"rgb({narrow[0]} {narrow[1]} {narrow[2]} / {wide[3]:.6f})", "black")
    except (OptionError, ValueError):
        return None
    return None
