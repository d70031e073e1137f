"""Options declared by signatures: type, default, words and bounds; checks of values, and the parser of texts.

    def quantize(source, k=16, *, strength: Annotated[float, Within(0, 1)] = 1.0, ...): ...

Functions check their values here. The command line, HTTP and the page parse and describe options from the same data.
"""

import builtins
import inspect
import math
import numbers
import re
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pochade.errors import OptionError


@dataclass(frozen=True, slots=True)
class Within:
    """The bounds of a number, for `Annotated[float, Within(0, 1)]`.

    least, most : the smallest and the largest allowed number. above : an exclusive lower bound. None means no bound.

    Examples
    --------
    >>> Within(1, 20).words, Within(above=0).words, Within(above=0, most=1).words
    ('from 1 to 20', 'above 0', 'above 0, at most 1')
    """

    least: float | None = None
    most: float | None = None
    above: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a number is within the bounds; False for infinity and NaN."""
        low = self.least is None or value >= self.least
        high = self.most is None or value <= self.most
        return low and high and (self.above is None or value > self.above) and math.isfinite(value)

    @property
    def words(self) -> str:
        """The bounds in words that follow "a number"."""
        if self.above is not None:
            return f"above {self.above}" + ("" if self.most is None else f", at most {self.most}")
        if self.least is None:
            return f"of at most {self.most}"
        return f"from {self.least}" + ("" if self.most is None else f" to {self.most}")


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name, its annotated type and its default.

    words : the allowed values in words, from `Annotated[type, "..."]`; empty if there are none.
    bounds : the bounds of a number, from `Annotated[type, Within(...)]`; None if there are none.

    Examples
    --------
    >>> from typing import Literal
    >>> k = Option("k", int | Literal["auto"], 8, bounds=Within(1, 256))
    >>> k.parse("6"), k.parse("auto"), k.allowed
    (6, 'auto', "a whole number from 1 to 256, or 'auto'")
    >>> Option("region", tuple[float, float, float, float], None).parse("0.5,0,1.0,1")
    (0.5, 0, 1.0, 1)
    """

    name: str
    type: Any
    default: Any
    words: str = ""
    bounds: Within | None = None

    @classmethod
    def of(cls, name: str, hint: Any, default: Any) -> "Option":
        """The option of a parameter, from its annotation and default."""
        metadata = getattr(hint, "__metadata__", ())
        words = next((one for one in metadata if isinstance(one, str)), "")
        bounds = next((one for one in metadata if isinstance(one, Within)), None)
        return cls(name, hint.__origin__ if metadata else hint, default, words, bounds)

    @property
    def members(self) -> tuple[Any, ...]:
        """The types of a union, without None; for other types, the type itself."""
        return _members(self.type)

    @property
    def plain(self) -> Any:
        """The type, as `float` for `float | None`; a union of several types stays one."""
        return self.members[0] if len(self.members) == 1 else self.type

    @property
    def choices(self) -> tuple[Any, ...]:
        """The values that a `Literal` annotation allows; empty for other types."""
        return typing.get_args(self.plain) if typing.get_origin(self.plain) is typing.Literal else ()

    @property
    def allowed(self) -> str:
        """The allowed values in words, for messages and help."""
        if self.words:
            return self.words
        if self.choices:
            return "one of " + ", ".join(map(str, self.choices))
        return ", or ".join(_words(member, self.bounds) for member in self.members)

    def check(self, value: Any) -> Any:
        """Return `value`, with integers of NumPy as int; raise OptionError if the annotation does not allow it."""
        value = whole(value)
        if not _fits(value, self.type) or (self.bounds and _is_number(value) and not self.bounds.holds(value)):
            raise self._refusal(value)
        return value

    def parse(self, text: str) -> Any:
        """Parse a text from the command line, a query or a form.

        The members of a union are tried in order, `str` last. Sequences have commas between their items; if `str` is
        a member, text is not split into a sequence of texts. Bounds are not checked here. For types without a text
        form, such as `Mapping`, the text is returned.

        Raises
        ------
        OptionError : the text is not a value of the type.
        """
        for member in sorted(self.members, key=lambda member: member is str):
            value = _parsed(text, member, split_text=str not in self.members)
            if value is not None:
                return value
        if any(not _parses(member) for member in self.members):
            return text
        raise self._refusal(text)

    def _refusal(self, value: Any) -> OptionError:
        default = f"; the default is {self.default}" if self.bounds and self.default is not None else ""
        endless = isinstance(value, float) and not math.isfinite(value)
        allowed = self.allowed.replace("a number", "a finite number") if endless else self.allowed
        return OptionError(f"{self.name}={value!r} is not allowed: give {allowed}{default}.")


_INTEGER = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
_NUMBER = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?\s*")
"""Plain ASCII: Python also reads digits of other scripts, underscores, "nan" and integers of any length."""

_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def _members(type: Any) -> tuple[Any, ...]:
    if not _is_union(type):
        return (type,)
    return tuple(member for member in typing.get_args(type) if member is not types.NoneType)


def _is_union(type: Any) -> bool:
    return typing.get_origin(type) in (typing.Union, types.UnionType)


def _is_sequence(type: Any) -> bool:
    """Whether the type is a `tuple`, `list`, `Sequence` or `Iterable` of items."""
    origin = typing.get_origin(type)
    return isinstance(origin, builtins.type) and origin in (tuple, list, Sequence, Iterable)


def _items(type: Any) -> tuple[Any, int | None]:
    """The type of a sequence's items, and their number, or None if it is not fixed."""
    arguments = typing.get_args(type)
    fixed = typing.get_origin(type) is tuple and Ellipsis not in arguments
    return arguments[0], len(arguments) if fixed else None


def _parses(type: Any) -> bool:
    """Whether texts can be parsed as values of the type."""
    return type in (bool, int, float, str) or typing.get_origin(type) is typing.Literal or _is_sequence(type)


def _parsed(text: str, type: Any, *, split_text: bool = True) -> Any:
    """Parse a text as a value of a type, not a union; None if it is not such a value."""
    if typing.get_origin(type) is typing.Literal:
        return next((choice for choice in typing.get_args(type) if str(choice) == text.strip()), None)
    if type is bool:
        return _BOOLEANS.get(text.strip().lower())
    if type is int:
        return int(text) if _INTEGER.fullmatch(text) else None
    if type is float:
        return float(text) if _NUMBER.fullmatch(text) else None
    if _is_sequence(type):
        item, count = _items(type)
        if not split_text and any(_parsed("a", member) is not None for member in _members(item)):
            return None
        return _parsed_items(text.split(","), item, count)
    return text if type is str else None


def _parsed_items(texts: list[str], type: Any, count: int | None) -> tuple[Any, ...] | None:
    """Parse the items of a sequence; None if one is not a value of the type, or if their number is not `count`.

    Integers among floats stay int, because a region distinguishes pixels from fractions by type.
    """
    members = (int, *_members(type)) if type is float else _members(type)
    items = []
    for text in texts:
        values = (_parsed(text.strip(), member) for member in sorted(members, key=lambda member: member is str))
        items.append(next((value for value in values if value is not None), None))
    return None if None in items or count not in (None, len(items)) else tuple(items)


def _fits(value: Any, type: Any) -> bool:
    """Whether a value is of the type; the items of sequences are not checked."""
    if _is_union(type):
        return any(_fits(value, member) for member in typing.get_args(type))
    origin = typing.get_origin(type)
    if origin is typing.Literal:
        return value in typing.get_args(type)
    if type is float:
        return _is_number(value)
    if type is int:
        return _is_number(value) and isinstance(value, int)
    if origin is not None:
        return not isinstance(origin, builtins.type) or isinstance(value, origin)
    return not isinstance(type, builtins.type) or isinstance(value, type)


def _words(type: Any, bounds: Within | None) -> str:
    """The values of a type, not a union, in words."""
    if typing.get_origin(type) is typing.Literal:
        return " or ".join(map(repr, typing.get_args(type)))
    if _is_sequence(type):
        item, count = _items(type)
        kind = {int: "whole numbers", float: "numbers"}.get(item, "values")
        return f"{'' if count is None else f'{count} '}{kind} with commas between them"
    words = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}
    text = words.get(type, getattr(type, "__name__", str(type)))
    return f"{text} {bounds.words}" if bounds and type in (int, float) else text


def whole(value: Any) -> Any:
    """Return an integer of any library as int, which pickles the same everywhere, and other values unchanged.

    Examples
    --------
    >>> import numpy as np
    >>> whole(np.int64(4)), whole("auto"), whole(True)
    (4, 'auto', True)
    """
    return int(value) if isinstance(value, numbers.Integral) and not isinstance(value, bool) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@cache
def options_of(function: Callable[..., Any]) -> dict[str, Option]:
    """The options of a function by name: the parameters with a default.

    Examples
    --------
    >>> from typing import Annotated
    >>> def shade(color: str, *, by: Annotated[float, Within(0, 1)] = 0.5): ...
    >>> options_of(shade)["by"].allowed
    'a number from 0 to 1'
    """
    hints = typing.get_type_hints(function, include_extras=True)
    parameters = inspect.signature(function).parameters.values()
    return {
        p.name: Option.of(p.name, hints.get(p.name, Any), p.default) for p in parameters if p.default is not p.empty
    }


def check_options(function: Callable[..., Any], **values: Any) -> None:
    """Raise OptionError if the signature of a function does not allow a value.

    Examples
    --------
    >>> from typing import Annotated
    >>> def shade(color: str, *, by: Annotated[float, Within(0, 1)] = 0.5): ...
    >>> check_options(shade, by=2)
    Traceback (most recent call last):
        ...
    pochade.errors.OptionError: by=2 is not allowed: give a number from 0 to 1; the default is 0.5.
    """
    options = options_of(function)
    for name, value in values.items():
        options[name].check(value)
