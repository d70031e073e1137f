"""Everything that pochade refuses, as one tree.

    PochadeError
    |- SourceError            a picture cannot be had
    |  |- FetchError          a URL cannot be fetched, or must not be
    |  |- FormatError         the file is of no known kind, broken, or needs an extra
    |  |- TruncatedError      the file ends early; `truncated=True` accepts what arrived
    |  |- TooLargeError       more pixels or bytes than the limit allows
    |  `- EmptyError          no pixel counts: all transparent, or outside the region
    |- OptionError            a value that is not allowed (also a ValueError)
    `- UnknownNameError       a method, space or format that does not exist (also a LookupError)

Each message says what was given, what is allowed, and what to do.
"""

from collections.abc import Iterable

MOST_LISTED = 64
"""Known names that an error lists; of more, as of CSS colors, it says how many there are."""


class PochadeError(Exception):
    """The root of every error that pochade raises."""


class SourceError(PochadeError):
    """A picture cannot be had."""


class FetchError(SourceError):
    """A URL cannot be fetched, or must not be."""


class FormatError(SourceError):
    """The bytes are of no known kind, broken, or need an extra that is not installed."""


class TruncatedError(FormatError):
    """The file ends before the picture does."""


class TooLargeError(SourceError):
    """More pixels or bytes than the limit allows."""


class EmptyError(SourceError):
    """No pixel counts."""


class OptionError(PochadeError, ValueError):
    """An option has a value that is not allowed."""


class UnknownNameError(PochadeError, LookupError):
    """A name that is not registered; says which are, and which one is nearest."""

    def __init__(self, kind: str, name: object, known: Iterable[str], more: str = "") -> None:
        import difflib

        names = sorted(known)
        self._given = (kind, name, names, more)
        alike = [one for one in names if one.lower() == str(name).lower()]
        near = alike or difflib.get_close_matches(str(name), names, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        listed = ", ".join(names) if len(names) <= MOST_LISTED else f"{len(names)} names"
        super().__init__(f"unknown {kind} {name!r}.{hint} Known: {listed or 'none'}.{more}")

    @property
    def about(self) -> tuple[str, object]:
        """What kind of name it was looked up as, and the name."""
        return self._given[:2]

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """How to pickle it: by what it was made of, so that it passes between processes."""
        return type(self), self._given
