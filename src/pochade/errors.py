"""The errors of pochade, as one tree.

    PochadeError
    |- SourceError            a picture cannot be read
    |  |- FetchError          a URL cannot be fetched, or must not be
    |  |- FormatError         the file has no known format, is broken, or needs an extra
    |  |- TruncatedError      the file ends early; `truncated=True` accepts its beginning
    |  |- TooLargeError       more pixels, frames, bytes, memory or time than the limit allows
    |  `- EmptyError          no pixel counts: all transparent, or outside the region
    |- OptionError            an option has a value that is not allowed (also a ValueError)
    `- UnknownNameError       a method, space or format does not exist (also a LookupError)

Each message gives the value, the allowed values, and a remedy.
"""

from collections.abc import Iterable

MAX_LISTED = 64
"""The most known names that an error lists; of more, such as CSS colors, it gives the number."""


class PochadeError(Exception):
    """The root of every error that pochade raises."""


class SourceError(PochadeError):
    """A picture cannot be read."""


class FetchError(SourceError):
    """A URL cannot be fetched, or must not be."""


class FormatError(SourceError):
    """The bytes have no known format, are broken, or need an extra or a feature that is not there."""


class TruncatedError(FormatError):
    """The file ends before the picture does."""


class TooLargeError(SourceError):
    """More pixels, frames, bytes, memory or time than the limit allows."""


class EmptyError(SourceError):
    """No pixel counts: all are transparent, or outside the region."""


class OptionError(PochadeError, ValueError):
    """An option has a value that is not allowed."""


class UnknownNameError(PochadeError, LookupError):
    """A name is not registered; the message lists the known names and the nearest one."""

    def __init__(self, kind: str, name: object, known: Iterable[str], more: str = "") -> None:
        import difflib

        names = sorted(known)
        self._arguments = (kind, name, names, more)
        same = [one for one in names if one.lower() == str(name).lower()]
        near = same or difflib.get_close_matches(str(name), names, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        listed = ", ".join(names) if len(names) <= MAX_LISTED else f"{len(names)} names"
        super().__init__(f"unknown {kind} {name!r}.{hint} Known: {listed or 'none'}.{more}")

    @property
    def about(self) -> tuple[str, object]:
        """The kind of the name, and the name."""
        return self._arguments[:2]

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Pickle the constructor's arguments, so that processes can exchange the error."""
        return type(self), self._arguments
