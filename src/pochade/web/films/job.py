"""One film of a client, and its files."""

import json
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pochade.web.films.options import FilmRequest
from pochade.web.films.process import FilmProcess
from pochade.web.films.upload import PIECE, Spool
from pochade.web.problems import Problem

State = Literal["waiting", "counting", "writing", "done", "failed"]
FILM, STILL = "film", "still-{}"
"""The names of a counted film and of the still of a shot among the files of a job."""


class Shelf:
    """Files of a job in one file without a name; threads may share it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="pochade-film-")  # noqa: SIM115
        self._places: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __len__(self) -> int:
        return len(self._places)

    def put(self, name: str, content: bytes) -> None:
        """Add a file, or replace it."""
        with self._lock:
            start = self._file.seek(0, 2)
            self._file.write(content)
            self._places[name] = start, len(content)

    def get(self, name: str) -> bytes:
        """The bytes of a file; KeyError if it is not there."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file in pieces."""
        start, left = self._places[name]
        while left:
            with self._lock:
                self._file.seek(start)
                piece = self._file.read(min(PIECE, left))
            start, left = start + len(piece), left - len(piece)
            yield piece

    def close(self) -> None:
        """Free the disk."""
        with self._lock:
            self._file.close()


class Job:
    """A film of a client. Only the event loop changes it; `shelf` has its stills and files.

    id : 128 random bits, so only who sent the film can ask for it. done, whole : seconds counted, and in all or None.
    shots : each as JSON. final : whether they are those of the result.
    """

    def __init__(self, client: str | None, request: FilmRequest, spool: Spool) -> None:
        self.id, self.client, self.request, self.spool = secrets.token_hex(16), client, request, spool
        self.state: State = "waiting"
        self.used = self.began = time.monotonic()
        self.done, self.whole = 0.0, None
        self.shots: list[bytes] = []
        self.final = False
        self.facts: dict[str, Any] = {}
        self.palette: list[dict[str, Any]] | None = None
        self.problem: Problem | None = None
        self.shelf, self.process = Shelf(), FilmProcess()

    @property
    def over(self) -> bool:
        """Whether it is done or has failed."""
        return self.state in ("done", "failed")

    def told(self, kind: str, *what: Any) -> None:
        """Take a message of the process."""
        if kind == "progress":
            self.done, self.whole = what
        elif kind == "shot":
            self.shots.append(_encoded(what[0]))
        elif kind == "facts":
            self.facts, self.state, self.final = what[0], "writing", True
            self.shots = [_encoded(shot) for shot in what[1]]
        elif kind == "film":
            self.palette = what[0]

    def report(self, since: int = 0) -> bytes:
        """What a client may know, as JSON. since : shots to leave out."""
        share, left = self._share()
        said: dict[str, Any] = {
            "job": self.id,
            "name": self.request.name,
            "state": self.state,
            "share": share,
            "seconds_left": left,
            "final": self.final,
            "count": len(self.shots),
            **self.facts,
        }
        if self.palette is not None:
            said["palette"] = self.palette
        if self.problem is not None:
            said["problem"] = self.problem.document
        head = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
        return head[:-1] + b',"shots":[' + b",".join(self.shots[since:]) + b"]}"

    def _share(self) -> tuple[float | None, float | None]:
        """The share that is counted, and the seconds left; None if unknown."""
        if self.state in ("writing", "done"):
            return 1.0, 0.0 if self.state == "done" else None
        if self.state != "counting" or not self.whole:
            return (0.0 if self.state == "waiting" else None), None
        share = min(1.0, self.done / self.whole)
        spent = time.monotonic() - self.began
        return round(share, 4), round(spent * (1 - share) / share, 1) if share > 0.01 else None

    def free(self) -> None:
        """End its process and free the disk."""
        self.process.kill()
        self.spool.close()
        self.shelf.close()


def _encoded(shot: Mapping[str, Any]) -> bytes:
    return json.dumps(shot, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
