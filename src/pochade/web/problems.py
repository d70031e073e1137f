"""Errors as problem documents (RFC 9457): each kind has a type, a title and a status."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from starlette.responses import Response

from pochade.errors import (
    EmptyError,
    FetchError,
    FormatError,
    OptionError,
    PochadeError,
    SourceError,
    TooLargeError,
    TruncatedError,
    UnknownNameError,
)
from pochade.source.url.address import NotPublicError
from pochade.source.url.allowed import NotAllowedError

MEDIA_TYPE = "application/problem+json"
TYPES = "/api/v1/problems/"
DEFECT = "An unexpected error. Please report it with the log of the server."


class Kind(NamedTuple):
    """A kind of problem: its status, title and meaning."""

    status: int
    title: str
    means: str


KINDS: Mapping[str, Kind] = {
    "bad-option": Kind(400, "Option not allowed", "An option does not exist, or has a value that is not allowed."),
    "bad-request": Kind(400, "Request not understood", "The body is not what its content type says."),
    "no-picture": Kind(400, "No picture given", "Send bytes, a URL, or the digest of a picture in memory."),
    "url-failed": Kind(400, "URL not fetched", "The address did not answer with a picture."),
    "url-refused": Kind(400, "URL refused", "This server does not fetch from that address; no connection was made."),
    "wrong-host": Kind(400, "Host not known", "The Host header does not name this server."),
    "wrong-origin": Kind(
        403, "Origin not allowed", "The request comes from a page of another site, which this server does not allow."
    ),
    "not-signed": Kind(
        403, "Not signed", "This server fetches from a URL only for a GET request that is signed with its key."
    ),
    "films-off": Kind(403, "Films are off", "This server takes no films; pochade serve --films takes them."),
    "not-found": Kind(404, "Not found", "Nothing is at this address."),
    "not-held": Kind(404, "Picture not held", "The picture is not in memory, or no longer: send it again."),
    "no-collection": Kind(404, "No such collection", "The server was not started with a collection of this name."),
    "no-job": Kind(404, "Job not held", "The job does not exist, or no longer: send the film again."),
    "wrong-method": Kind(405, "Method not allowed", "The address does not take this method."),
    "slow-body": Kind(408, "Body too slow", "The request did not arrive in time."),
    "not-done": Kind(409, "Not done", "The film is still counted: ask for its job until the state is done."),
    "too-large": Kind(413, "Too large", "The picture has more bytes, pixels or frames than this server allows."),
    "too-much-work": Kind(413, "Too much work", "The picture took more time or memory than this server allows."),
    "not-a-picture": Kind(415, "Not a picture", "The bytes are no known kind of picture, or the file is broken."),
    "not-a-film": Kind(415, "Not a film", "The bytes are no known kind of film, or the file is broken or encrypted."),
    "ends-early": Kind(422, "Picture ends early", "The file ends before the picture; truncated=true accepts that."),
    "empty-picture": Kind(422, "Nothing to see", "No pixels: all are transparent, or outside region and mask."),
    "too-many": Kind(429, "Too many requests", "This client sends more requests than this server allows."),
    "head-too-large": Kind(431, "Head too large", "The first line and the headers of the request are too long."),
    "defect": Kind(500, "A defect of pochade", "An unexpected error; please report it."),
    "broken-collection": Kind(500, "Collection not readable", "A file of the collection is missing or broken."),
    "busy": Kind(503, "Busy", "Too many requests are waiting: try again after Retry-After."),
    "stopping": Kind(503, "Stopping", "The server is stopping: send the request again, to the one that follows."),
}
"""All kinds, by the last part of their type."""


class Problem(Exception):
    """A problem that becomes the answer.

    kind : a key of `KINDS`. detail : the value, the allowed values and the remedy. option : the one at fault, if any.
    """

    def __init__(
        self, kind: str, detail: str, *, option: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.option, self.headers = kind, detail, option, dict(headers or {})

    @property
    def status(self) -> int:
        return KINDS[self.kind].status

    @property
    def title(self) -> str:
        return KINDS[self.kind].title

    @property
    def document(self) -> dict[str, Any]:
        """The problem as JSON's types."""
        status, title, _ = KINDS[self.kind]
        body = {"type": TYPES + self.kind, "title": title, "status": status, "detail": self.detail}
        return body if self.option is None else {**body, "option": self.option}

    def response(self) -> Response:
        """The HTTP answer."""
        body, status = self.document, self.status
        headers = {"Cache-Control": "no-store", **self.headers}
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        content = text.encode("utf-8", "backslashreplace")  # half of a surrogate pair becomes its escape in JSON
        return Response(content, status, headers, media_type=MEDIA_TYPE)


_OF_ERRORS: tuple[tuple[type[PochadeError], str], ...] = (
    (NotPublicError, "url-refused"),
    (NotAllowedError, "url-refused"),
    (FetchError, "url-failed"),
    (TooLargeError, "too-large"),
    (TruncatedError, "ends-early"),
    (EmptyError, "empty-picture"),
    (FormatError, "not-a-picture"),
    (SourceError, "not-a-picture"),
    (PochadeError, "bad-option"),
)

_KINDS_OF_NAMES = {
    "order": "sort",
    "vocabulary": "names",
    "kind of color to ignore:": "ignore",
    "template": "harmonize",
    "picture format": "format",
    "method of suggestion": "method",
}


def problem_of(error: PochadeError, option_names: Iterable[str] = ()) -> Problem:
    """The problem for an error of the library, with its message.

    option_names : the names of the options of the request, to find the one at fault.
    """
    kind = next(kind for type, kind in _OF_ERRORS if isinstance(error, type))
    detail = re.sub(r"^bytes: ", "the picture: ", str(error))
    option = option_of(error, option_names) if kind == "bad-option" else None
    return Problem(kind, detail, option=option)


def option_of(error: PochadeError, option_names: Iterable[str]) -> str | None:
    """The option that an error is about, if its message names one."""
    if isinstance(error, UnknownNameError):
        what, name = error.about
        if what.startswith("option of"):
            return str(name)
        what = _KINDS_OF_NAMES.get(what, what)
        if named := re.fullmatch(r"CSS color in (\w+):", what):
            return named[1]
        return what if what.isidentifier() else None
    if isinstance(error, OptionError):
        words = re.match(r"(?:the picture: |bytes: )?(\w+)", str(error)), re.search(r"[Ll]eave `(\w+)` out", str(error))
        return next((match[1] for match in words if match and match[1] in set(option_names)), None)
    return None
