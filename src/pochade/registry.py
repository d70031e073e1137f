"""Registries of named values, with facts about each and the options of its signature.

    methods: Registry[Method, About] = Registry("method", "pochade.cluster", about=About)

    @methods.register("kmeans", levels=64)
    def kmeans(points, weights, k, *, rng, n_init: int = 1) -> Clusters: ...

    methods["kmeans"]        # the function
    methods.entry("kmeans")  # its Entry: name, summary, options, facts

The keyword-only parameters of a function are its options, except those that the caller supplies. The command line, the
HTTP schema and the docs read them from here. A look-up first imports the module of that name. A listing imports all
modules of the package and the entry points `pochade.<kind>s` of other distributions. A lock keeps other threads from
seeing a partial registry.
"""

import importlib
import inspect
import threading
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pochade.errors import OptionError, UnknownNameError
from pochade.option import Option

T = TypeVar("T")
A = TypeVar("A")


@dataclass(frozen=True)
class NoFacts:
    """The facts of a registry that records none."""


@dataclass(frozen=True)
class Entry(Generic[T, A]):
    """A registered value, its name, and the facts from its registration.

    about : a dataclass of the registry, such as `pochade.export.About` with a suffix and a media type.
    spellings : other spellings of the name, which look-ups accept and lists leave out.
    supplied : keyword-only parameters that the caller fills in; the others are options.
    """

    name: str
    value: T
    about: A
    supplied: frozenset[str] = frozenset()
    spellings: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The value's own `summary`, or the first paragraph of its docstring, on one line."""
        text = getattr(self.value, "summary", None) or inspect.getdoc(self.value) or ""
        return " ".join(text.split("\n\n")[0].split())

    @cached_property
    def _keywords(self) -> dict[str, inspect.Parameter]:
        parameters = inspect.signature(typing.cast(Callable[..., Any], self.value)).parameters.values()
        return {p.name: p for p in parameters if p.kind is p.KEYWORD_ONLY}

    @cached_property
    def asks(self) -> frozenset[str]:
        """The keyword-only parameters of this function that the caller supplies."""
        return self.supplied & self._keywords.keys()

    @cached_property
    def options(self) -> dict[str, Option]:
        """The keyword-only parameters of the function, except those that the caller supplies."""
        hints = typing.get_type_hints(self.value, include_extras=True)
        return {
            name: Option.of(name, hints.get(name, Any), parameter.default)
            for name, parameter in self._keywords.items()
            if name not in self.supplied
        }

    def parse(self, texts: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """The values of options from pairs of a name and a text.

        Raises
        ------
        UnknownNameError : an option does not exist.
        OptionError : a text is not a value of the option.
        """
        options = self.options
        for name, _ in texts:
            if name not in options:
                raise UnknownNameError(f"option of {self.name}:", name, options)
        return {name: options[name].parse(text) for name, text in texts}

    def check(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The same values of options, with integers of NumPy as int.

        Raises
        ------
        UnknownNameError : an option does not exist.
        OptionError : a value is not allowed.
        """
        if not values:
            return {}
        options = self.options
        for name in values:
            if name not in options:
                raise UnknownNameError(f"option of {self.name}:", name, options)
        return {name: options[name].check(value) for name, value in values.items()}


class Registry(Generic[T, A]):
    """Named values of one kind.

    Parameters
    ----------
    kind : the noun for one value in messages, singular ("method").
    package : the package whose modules register the values.
    about : the dataclass for facts about an entry; `register` takes its fields as keywords.
    supplied : keyword-only parameters that the caller fills in, not the user.
    plural : the plural of `kind`, if it is irregular.
    """

    def __init__(
        self,
        kind: str,
        package: str,
        *,
        about: type[A] = NoFacts,  # type: ignore[assignment]
        supplied: frozenset[str] = frozenset(),
        plural: str | None = None,
    ) -> None:
        self.kind = kind
        self._group = f"pochade.{plural or kind + 's'}"
        self._package = package
        self._about = about
        self._supplied = supplied
        self._entries: dict[str, Entry[T, A]] = {}
        # Two locks: an import may wait for the import of another thread, which must be able to register meanwhile.
        self._loading, self._adding = threading.RLock(), threading.Lock()
        self._loaded = False

    def register(self, name: str, *, spellings: tuple[str, ...] = (), **about: Any) -> Callable[[T], T]:
        """Return a decorator that registers a value under `name`. spellings : other spellings of the name."""

        def decorate(value: T) -> T:
            self.add(name, value, spellings=spellings, **about)
            return value

        return decorate

    def add(self, name: str, value: T, *, spellings: tuple[str, ...] = (), **about: Any) -> None:
        """Register `value` under `name`; OptionError if the name or another spelling of it is taken."""
        with self._adding:
            for spelling in (name, *spellings):
                if self._known(spelling) is not None:
                    raise OptionError(f"the {self.kind} {spelling!r} is registered already.")
            self._entries[name] = Entry(name, value, self._about(**about), self._supplied, spellings)

    def __getitem__(self, name: str) -> T:
        """The value registered under a name; UnknownNameError lists the known names."""
        return self.entry(name).value

    def entry(self, name: str) -> Entry[T, A]:
        """The entry registered under a name; UnknownNameError lists the known names."""
        if isinstance(name, str):
            if self._known(name) is None:  # avoids the import of all modules
                self._load_module(name)
            if self._known(name) is None:
                self._load()
            if (entry := self._known(name)) is not None:
                return entry
        raise UnknownNameError(self.kind, name, self.names)

    def _known(self, name: str) -> Entry[T, A] | None:
        """The entry of a name, or of another spelling of it, among those that are loaded."""
        if name in self._entries:
            return self._entries[name]
        return next((entry for entry in list(self._entries.values()) if name in entry.spellings), None)

    def __contains__(self, name: object) -> bool:
        self._load()
        return isinstance(name, str) and self._known(name) is not None

    def __iter__(self) -> Iterator[str]:
        """All names, sorted."""
        return iter(self.names)

    @property
    def names(self) -> list[str]:
        """All names, sorted."""
        self._load()
        return sorted(self._entries)

    @property
    def entries(self) -> list[Entry[T, A]]:
        """All entries, sorted by name."""
        return [self._entries[name] for name in self.names]

    def _load_module(self, name: str) -> None:
        """Import the module with the name of the entry, if there is one."""
        stem = name.replace("-", "_")
        if not stem.isidentifier() or stem.startswith("_"):
            return
        module = f"{self._package}.{stem}"
        with self._loading:
            try:
                importlib.import_module(module)
            except ModuleNotFoundError as error:
                if error.name != module:
                    raise

    def _load(self) -> None:
        if self._loaded:
            return
        import importlib.metadata  # only listings need it and pkgutil, a fifth of pochade's import time
        import pkgutil

        with self._loading:
            if self._loaded:
                return
            package = importlib.import_module(self._package)
            for module in pkgutil.iter_modules(package.__path__):
                importlib.import_module(f"{self._package}.{module.name}")
            for point in importlib.metadata.entry_points(group=self._group):
                point.load()
            self._loaded = True
