"""What a worker sends back for a task."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """What a task answers.

    content, media_type : the body of the answer, and what it is. timings : milliseconds by name.
    headers : what else the answer's head says.
    """

    content: bytes
    media_type: str
    timings: Mapping[str, float] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Defect:
    """A task met a defect. trace : where."""

    trace: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A picture is not held any more, and all must be sent."""
