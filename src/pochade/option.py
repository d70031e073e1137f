"""What a keyword of a function may be, as its signature says: type, default, words, and the bounds of a number.

    def quantize(source, k=16, *, strength: Annotated[float, Within(0, 1)] = 1.0, ...): ...

Who takes the value has it checked here; the command line, HTTP and the page are told the same.
"""

import inspect
import math
import numbers
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pochade.errors import OptionError


@dataclass(frozen=True, slots=True)
class Within:
    """The bounds of a number, for `Annotated[float, Within(0, 1)]`.

    least, most : the smallest and the largest that is allowed. above : what it must exceed, where it must not be equal.
    None is no bound.

    Examples
    --------
    >>> Within(1, 20).words, Within(above=0).words, Within(above=0, most=1).words
    ('from 1 to 20', 'above 0', 'above 0, at most 1')
    """

    least: float | None = None
    most: float | None = None
    above: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a number is within; infinity and what is no number are not."""
        low = self.least is None or value >= self.least
        high = self.most is None or value <= self.most
        return low and high and (self.above is None or value > self.above) and math.isfinite(value)

    @property
    def words(self) -> str:
        """The bounds, behind "a number"."""
        if self.above is not None:
            return f"above {self.above}" + ("" if self.most is None else f", at most {self.most}")
        if self.least is None:
            return f"of at most {self.most}"
        return f"from {self.least}" + ("" if self.most is None else f" to {self.most}")


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name, its annotated type and its default.

    words : what may be given, where the annotation says it in an `Annotated[type, "..."]`.
    bounds : of a number, where the annotation has them, as `Annotated[type, Within(...)]`.
    """

    name: str
    type: Any
    default: Any
    words: str = ""
    bounds: Within | None = None

    @classmethod
    def of(cls, name: str, hint: Any, default: Any) -> "Option":
        """The option that a parameter's annotation and default declare."""
        said = getattr(hint, "__metadata__", ())
        words = next((one for one in said if isinstance(one, str)), "")
        bounds = next((one for one in said if isinstance(one, Within)), None)
        return cls(name, hint.__origin__ if said else hint, default, words, bounds)

    @property
    def plain(self) -> Any:
        """The type without the None of `float | None`, which stands for what the function then finds by itself."""
        parts = [part for part in typing.get_args(self.type) if part is not types.NoneType]
        return parts[0] if isinstance(self.type, types.UnionType) and len(parts) == 1 else self.type

    @property
    def choices(self) -> tuple[Any, ...]:
        """The values that a `Literal` annotation allows; empty where any value of the type will do."""
        return typing.get_args(self.type) if typing.get_origin(self.type) is typing.Literal else ()

    @property
    def allowed(self) -> str:
        """What may be given, in words, for messages and help."""
        if self.words:
            return self.words
        if self.choices:
            return "one of " + ", ".join(map(str, self.choices))
        words = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}
        said = words.get(self.plain, str(self.plain))
        return f"{said} {self.bounds.words}" if self.bounds else said

    def check(self, value: Any) -> Any:
        """`value` itself, where the annotation allows it, whole numbers of NumPy as int; OptionError where not."""
        value = whole(value)
        if not self._fits(value) or (self.bounds and _is_number(value) and not self.bounds.holds(value)):
            usual = f"; the default is {self.default}" if self.bounds and self.default is not None else ""
            endless = isinstance(value, float) and not math.isfinite(value)
            allowed = self.allowed.replace("a number", "a finite number") if endless else self.allowed
            raise OptionError(f"{self.name}={value!r} is not allowed: give {allowed}{usual}.")
        return value

    def _fits(self, value: Any) -> bool:
        """Whether the value is of the type."""
        if self.choices:
            return value in self.choices
        if value is None and self.plain is not self.type:
            return True
        if self.plain is float:
            return _is_number(value)
        if self.plain is int:
            return _is_number(value) and isinstance(value, int)
        return not isinstance(self.plain, type | types.UnionType) or isinstance(value, self.plain)

    def parse(self, text: str) -> Any:
        """The value that a command line's or a query's text means."""
        if self.choices:
            return self.check(next((c for c in self.choices if str(c) == text), text))
        if self.plain is bool:
            known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
            return self.check(known.get(text.lower(), text))
        try:
            return self.plain(text) if self.plain in (int, float) else text
        except ValueError:
            return self.check(text)


def whole(value: Any) -> Any:
    """A whole number of any library as int, so that it is equal to one, and pickled like one; all else as it is.

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
    """The options of a function, by name: its parameters with a default.

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


def check_options(function: Callable[..., Any], **given: Any) -> None:
    """Refuse what the signature of a function does not allow, as OptionError.

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
    for name, value in given.items():
        options[name].check(value)
