"""The messages that a worker sends back for a task."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
