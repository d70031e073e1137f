"""Types of command line parameters. The library checks values and knows the defaults."""

import inspect
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import click

from pochade.cli.command import Option
from pochade.errors import OptionError
from pochade.option import Option as Value
from pochade.registry import Entry, Registry


class LibraryOption(Option):
    """A keyword of extract() or read(): passed on only if given, and shown with the library's default."""

    def get_help_extra(self, ctx: click.Context) -> Any:
        from pochade.extraction.extract import extract
        from pochade.source import read

        extra = super().get_help_extra(ctx)
        for function in () if "default" in extra else (extract, read):  # a command may have a default of its own
            parameter = inspect.signature(function).parameters.get(self.name or "")
            if parameter is not None and parameter.default not in (None, False, parameter.empty):
                default = parameter.default
                extra["default"] = f"{default:_}" if isinstance(default, int) and default > 9999 else str(default)
        return extra


class RepeatableOption(LibraryOption):
    """A keyword of extract() that may be repeated, or hold several values separated by commas."""

    def __init__(self, *names: Any, **more: Any) -> None:
        super().__init__(*names, **more | {"multiple": True, "callback": self._joined})

    @staticmethod
    def _joined(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> str | None:
        return ",".join(values) if values else None


class Parsed(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """Values of an annotated type, as `pochade.option.Option` parses them.

    name : as the help shows it. type : such as `int | Literal["auto"]`, or `tuple[int, ...]`. completed : the allowed
    words, or the kind of names (see `names_of`) that a list with commas holds.
    """

    def __init__(self, name: str, type: Any, completed: Iterable[str] | str = ()) -> None:
        self.name = name
        self._option, self._completed = Value.of(name, type, None), completed

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return self._option.parse(value)
        except OptionError:
            self.fail(f"{value!r} is not allowed: give {self._option.allowed}.", param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        if not isinstance(self._completed, str):
            return _items(self._completed, incomplete)
        before, comma, _ = incomplete.rpartition(",")
        return _items([before + comma + name for name in names_of(self._completed)], incomplete)


class Millimeters(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """A length: 2.5 or 2.5mm."""

    name = "mm"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            return float(str(value).removesuffix("mm"))
        except ValueError:
            self.fail(f"{value!r} is not allowed: give millimeters, as 2.5 or 2.5mm.", param, ctx)


class Named(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """A name from a registry. The registry is imported only for completion; the library checks the name."""

    def __init__(self, kind: str, *, without: str | None = None) -> None:
        self.name = kind
        self._without = without

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        return _items([name for name in names_of(self.name) if name != self._without], incomplete)


class Listed(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """Names separated by commas. The last one can be completed; the library checks them."""

    def __init__(self, kind: str) -> None:
        self.name = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        before, comma, _ = incomplete.rpartition(",")
        return _items([before + comma + name for name in names_of(self.name)], incomplete)


class Setting(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """OPTION=VALUE, for an option of the method, or of the format named by --format or --to."""

    name = "option=value"

    def __init__(self, *, methods: bool = True, lists: str = "") -> None:
        self._methods = methods
        self._lists = lists or ("`pochade methods`" if methods else "`pochade formats`")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if not isinstance(value, str):
            return value  # type: ignore[no-any-return]  # parsed already
        name, equals, text = value.partition("=")
        if not (equals and name.strip()):
            self.fail(
                f"{value!r} is not allowed: give option=value; {self._lists} lists the options.",
                param,
                ctx,
            )
        return name.strip().replace("-", "_"), text.strip()

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from pochade.cluster import methods
        from pochade.export import exporters

        method, format = ctx.params.get("method") or "", ctx.params.get("format") or ""
        entries: list[Entry[Any, Any]] = [exporters.entry(format)] if format in exporters else []
        if self._methods:
            entries += [methods.entry(method)] if method in methods else methods.entries
        return _items(sorted({f"{option}=" for entry in entries for option in entry.options}), incomplete)


_NAMES = {
    "method": ("pochade.cluster", "methods"),
    "method of suggestion": ("pochade.suggestion.methods", "methods"),
    "space": ("pochade.color.spaces", "spaces"),
    "order": ("pochade.sort", "orders"),
    "vocabulary": ("pochade.color.names", "vocabularies"),
    "layout": ("pochade.draw.layouts", "layouts"),
    "mood": ("pochade.extraction.preference.mood", "MOODS"),
    "difference": ("pochade.color.difference", "differences"),
    "dither": ("pochade.quantization.dither", "dithers"),
    "box": ("pochade.paint.boxes", "boxes"),
    "picture format": ("pochade.quantization.formats", "formats"),
    "deficiency": ("pochade.color.vision", "DEFICIENCIES"),
    "kind,...": ("pochade.extraction.preference.exclusion", "KINDS"),
}
"""Where the names of a kind are: in a registry, or a mapping."""


def names_of(kind: str) -> list[str]:
    """The names of a kind: what a `Named` or `Listed` is called, "method", or "kind,..." of those to ignore."""
    if kind in _NAMES:
        module, attribute = _NAMES[kind]
        found = getattr(import_module(module), attribute)
        return found.names if isinstance(found, Registry) else list(found)
    if kind == "color,...":
        from pochade.color.parse import css_names

        return list(css_names())
    from pochade.export import exporters

    if kind == "theme":
        return [entry.name for entry in exporters.entries if entry.about.theme]
    return ["text", *exporters.names]


def _items(names: Iterable[str], incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
