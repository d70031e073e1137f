"""Read a multipart form (RFC 7578) as it arrives, with limits on its parts and their heads.

Each piece is searched once, by `bytes.find`. Parsers that walk over bytes, or call back for each header, hold the event
loop for seconds if a body has a million parts.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pochade.web.content import Content
from pochade.web.problems import Problem

MAX_PARTS = 128
"""Parts of a form: more than there are options."""

MAX_HEAD_BYTES, MAX_HEAD_LINES = 4 << 10, 16
"""Of one part. Browsers send two lines, with the name of a file in one of them."""

MAX_BOUNDARY = 70
"""Characters of a boundary (RFC 2046, 5.1.1)."""

_PARAMETER = re.compile(r';\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))')


@dataclass(slots=True)
class Part:
    """A field of a form: its name, whether it is a file, its content, and the name of the file."""

    name: str
    is_file: bool
    content: Content = field(default_factory=Content)
    filename: str = ""


class Form:
    """The parts of a form.

    check : called with a part when its head has arrived, and after each piece of its content; it may raise Problem.
    """

    def __init__(self, content_type: str, check: Callable[[Part], None] = lambda part: None) -> None:
        boundary = parameters_of(content_type[:MAX_HEAD_BYTES]).get("boundary", "")
        if not 1 <= len(boundary) <= MAX_BOUNDARY:
            raise _broken(f"it needs a boundary of 1 to {MAX_BOUNDARY} characters in Content-Type")
        self.parts: list[Part] = []
        self._check = check
        self._delimiter = b"\r\n--" + boundary.encode("latin-1", "replace")
        self._rest = bytearray(b"\r\n")  # the first delimiter needs no line before it
        self._step: Callable[[], bool] = self._skip_preamble

    def add(self, piece: bytes) -> None:
        """Read a piece of the body; Problem if it is broken or exceeds a limit."""
        self._rest += piece
        while self._step():
            pass

    def finish(self) -> list[Part]:
        """The parts, after the last piece; Problem if the body ends early."""
        if self._step != self._skip_epilogue:
            raise _broken("it ends before its last boundary")
        return self.parts

    def _skip_preamble(self) -> bool:
        at = self._rest.find(self._delimiter)
        if at < 0:
            del self._rest[: -len(self._delimiter)]
            return False
        del self._rest[: at + len(self._delimiter)]
        self._step = self._read_head
        return True

    def _read_head(self) -> bool:
        """Read from a boundary to the blank line after the head of its part."""
        if self._rest[:2] == b"--":
            self._step = self._skip_epilogue
            return True
        end = self._rest.find(b"\r\n\r\n", 0, MAX_HEAD_BYTES)
        if end < 0:
            if len(self._rest) >= MAX_HEAD_BYTES:
                raise _broken(f"the head of a part has more than {MAX_HEAD_BYTES:,} bytes")
            return False
        if len(self.parts) == MAX_PARTS:
            raise Problem("too-large", f"The form has more than {MAX_PARTS} parts.")
        self.parts.append(_part(bytes(self._rest[:end])))
        self._check(self.parts[-1])
        del self._rest[: end + 4]
        self._step = self._read_content
        return True

    def _read_content(self) -> bool:
        at = self._rest.find(self._delimiter)
        known = at if at >= 0 else len(self._rest) - len(self._delimiter) + 1
        if known > 0:
            with memoryview(self._rest) as rest, rest[:known] as piece:
                self.parts[-1].content.add(piece)
            self._check(self.parts[-1])
        if at < 0:
            del self._rest[: max(0, known)]
            return False
        del self._rest[: at + len(self._delimiter)]
        self._step = self._read_head
        return True

    def _skip_epilogue(self) -> bool:
        self._rest.clear()
        return False


def parameters_of(header: str) -> dict[str, str]:
    """The parameters after the first `;` of a header, by name in lower case.

    Examples
    --------
    >>> parameters_of('form-data; name="a\\\\"b"; filename=c.png')
    {'name': 'a"b', 'filename': 'c.png'}
    """
    parameters: dict[str, str] = {}
    for match in _PARAMETER.finditer(header):
        quoted, plain = match[2], match[3]
        value = plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        parameters.setdefault(match[1].lower(), value)
    return parameters


def _part(head: bytes) -> Part:
    """The part with a head, which begins after its boundary."""
    first, *lines = head.split(b"\r\n") if head else [b""]
    if first.strip(b" \t"):
        raise _broken("a boundary is not alone in its line")
    if len(lines) > MAX_HEAD_LINES:
        raise _broken(f"the head of a part has more than {MAX_HEAD_LINES} lines")
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon:
            raise _broken("the head of a part has a line without a colon")
        if name.strip().lower() == b"content-disposition":
            parameters = parameters_of(value.decode("utf-8", "replace"))
            if "name" in parameters:
                is_file = "filename" in parameters or "filename*" in parameters
                return Part(parameters["name"], is_file, filename=parameters.get("filename", ""))
    raise _broken("a part has no name")


def _broken(why: str) -> Problem:
    return Problem("bad-request", f"The multipart body is broken: {why}.")
