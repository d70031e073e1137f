"""The messages that a worker sends back for a task."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MAX_NOTE_CHARACTERS = 1000
"""Of the notes in a header; servers and proxies refuse headers of several thousand."""


def header_of(notes: Iterable[str]) -> dict[str, str]:
    """The header that states notes on a picture beside a file made of it; none without notes."""
    text = " ".join(" ".join(notes).split())[:MAX_NOTE_CHARACTERS]
    return {"Pochade-Notes": text.encode("ascii", "replace").decode()} if text else {}


def fields_of(notes: Iterable[str]) -> dict[str, list[str]]:
    """The field of a JSON answer that states notes on a picture; none without notes."""
    every = [*notes]
    return {"notes": every} if every else {}


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a task.

    content, media_type : the body of the HTTP answer and its type. timings : milliseconds by step.
    headers : further HTTP headers.
    """

    content: bytes
    media_type: str
    timings: Mapping[str, float] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Defect:
    """A task raised an unexpected exception. trace : its traceback."""

    trace: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A picture is no longer in the cache; the server must send all pictures of the task again."""
