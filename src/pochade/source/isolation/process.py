"""The parent's side of a decoder's process: its start, its limits, and its end."""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from pochade import errors
from pochade.errors import PochadeError, SourceError, TooLargeError
from pochade.source.isolation.messages import GREETING, encoding_of, fill, metadata_of, receive, send, take
from pochade.source.material import Material
from pochade.source.picture import Box, Picture, ReadOptions, check_size
from pochade.source.pixels import Strip
from pochade.source.profile import Profile

START_SECONDS = 60.0
"""Seconds that a process may need to start on a busy computer; it takes 0.2 on an idle one."""

MAX_IDLE = 2
"""Processes that stay for the next picture, of 40 MB each."""

MAX_PICTURES = 500
"""Pictures after which a process is replaced, so that a leak in a library stays small."""

MAX_NOISE = 1 << 16
"""Bytes that Python may print while it starts."""

MAX_PROFILE_BYTES = 64 << 20

_CODE = """
import json, sys
sys.path[:] = json.loads(sys.argv[2])
from pochade.source.isolation.child import serve
serve(json.loads(sys.argv[1]))
"""

# Module state, because processes outlive calls: all of them, and those without a task. Both are empty after a fork.
_all: set["_Process"] = set()
_idle: list["_Process"] = []
_hooks: list[bool] = []


def available() -> bool:
    """Whether a second interpreter can be started: not in the browser, nor in a program that contains Python."""
    return bool(sys.executable) and not getattr(sys, "frozen", False) and sys.platform not in ("emscripten", "wasi")


def open_isolated(material: Material, options: ReadOptions) -> Picture:
    """The picture in the bytes, decoded completely by another process.

    Raises
    ------
    SourceError : the process died, or could not be started. TooLargeError : it took too much time.
    FormatError, TruncatedError, TooLargeError, EmptyError, OptionError : as `open_encoded` says.
    """
    process = _free_process(material.name)
    try:
        picture = process.decode(material, options)
    except _GoneError:  # it was killed while it waited; the picture is not to blame
        return open_isolated(material, options)
    except PochadeError:
        if process.running:  # the decoder has answered, and waits for the next picture
            _keep(process)
        raise
    except BaseException:  # Ctrl-C: nobody waits for its answer
        process.end()
        raise
    _keep(process)
    return picture


class _GoneError(Exception):
    """A process that was used before has ended, before it took the request."""


def _free_process(name: str) -> "_Process":
    while _idle:
        with suppress(IndexError):  # another thread was faster
            process = _idle.pop()
            if process.running:
                return process
            process.end()
    if not _hooks:
        _hooks.append(True)
        atexit.register(_end_all)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=_abandon_all)
    return _Process(name)


def _keep(process: "_Process") -> None:
    if len(_idle) < MAX_IDLE and process.pictures < MAX_PICTURES:
        _idle.append(process)
    else:
        process.end()


def _end_all() -> None:
    _idle.clear()
    for process in [*_all]:
        process.end()


def _abandon_all() -> None:
    """Forget the processes in the child of a fork: they serve its parent."""
    _idle.clear()
    for process in [*_all]:
        process.abandon()
    _all.clear()


class _Process:
    """A process that decodes one picture at a time."""

    def __init__(self, name: str) -> None:
        self.pictures = 0
        self._late = False
        self._lifeline: int | None = None
        try:
            self._popen = self._start()
        except OSError as error:
            raise _not_started(name, str(error.strerror or error)) from None
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._requests, self._answers = self._popen.stdin, self._popen.stdout
        _all.add(self)
        try:
            with self._deadline(START_SECONDS):
                self._greeted()
        except (EOFError, OSError):
            raise _not_started(name, f"it {_ending(self.end(grace=1))}") from None
        except BaseException:
            self.end()
            raise

    @property
    def running(self) -> bool:
        return self._popen.poll() is None and not self._answers.closed

    def decode(self, material: Material, options: ReadOptions) -> Picture:
        """The decoded picture. The process is ended if its answer is not one."""
        self.pictures += 1
        accepted = False
        try:
            with self._deadline(options.timeout):
                self._ask(material, options)
                accepted = receive(self._answers)["kind"] == "accepted"
                return _received(self._answers, material.name, options)
        except PochadeError:
            raise
        except (EOFError, OSError):
            status = self.end(grace=1)
            if self._late:
                raise TooLargeError(
                    f"{material.name}: decoding takes more than {options.timeout:g} s; raise timeout."
                ) from None
            if self.pictures > 1 and not accepted:
                raise _GoneError from None
            raise SourceError(
                f"{material.name}: the process that decoded it {_ending(status)}; the file is broken or hostile, or "
                "needs more memory than there is."
            ) from None
        except (ValueError, LookupError, TypeError, OverflowError):  # not what `child` sends
            self.end()
            raise SourceError(f"{material.name}: the process that decoded it gave no valid answer.") from None

    def end(self, grace: float = 0) -> int:
        """End the process; return its exit status, negative for the signal that killed it. grace : seconds to wait."""
        _all.discard(self)
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(grace)
        self._popen.kill()
        self._popen.wait()
        self._close()
        return self._popen.returncode

    def abandon(self) -> None:
        """Close the pipes of a process that belongs to the parent of this one."""
        self._popen.returncode = 0  # else its destructor warns of a child that still runs
        self._close()

    def _start(self) -> subprocess.Popen[bytes]:
        theirs: int | None = None
        more: dict[str, Any] = {}
        if os.name == "nt":
            more["creationflags"] = subprocess.CREATE_NO_WINDOW  # type: ignore[attr-defined]
        else:
            more["process_group"] = 0  # of its own, which Ctrl-C does not reach
        if sys.platform == "linux":
            theirs, self._lifeline = os.pipe()
            more["pass_fds"] = (theirs,)
        arguments = [json.dumps(theirs), json.dumps([os.fspath(one) for one in sys.path])]
        command = [sys.executable, "-P", "-W", "ignore", "-c", _CODE, *arguments]
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        try:
            return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, **more)
        except BaseException:
            if self._lifeline is not None:
                os.close(self._lifeline)
            raise
        finally:
            if theirs is not None:
                os.close(theirs)

    def _greeted(self) -> None:
        """Read up to the greeting of the process; EOFError if there is none."""
        said = bytearray()
        while not said.endswith(GREETING):
            said += take(self._answers, 1)
            if len(said) > MAX_NOISE:
                raise EOFError

    @contextmanager
    def _deadline(self, seconds: float) -> Iterator[None]:
        """Kill the process if the block takes longer: reading its answer then fails, on every system."""
        self._late = False

        def kill() -> None:
            self._late = True
            self._popen.kill()

        timer = threading.Timer(seconds, kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _ask(self, material: Material, options: ReadOptions) -> None:
        path = os.path.abspath(material.path) if material.data is None and material.path is not None else None
        about = {"name": material.name, "size": material.size, "path": path}
        parts = [] if material.data is None else [material.data]
        send(self._requests, {**about, "options": asdict(replace(options, isolate=False))}, parts)

    def _close(self) -> None:
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # bytes that nobody will read
                pipe.close()
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None


def _received(answers: IO[bytes], name: str, options: ReadOptions) -> Picture:
    """The picture that a process sends. Its numbers are checked: a hostile file may have taken it over."""
    about = _header(answers)
    facts = about["facts"]
    width, height, frames = int(facts["width"]), int(facts["height"]), int(facts["frames"])
    if min(width, height, frames) < 1 or not 0 <= about["profile"] <= MAX_PROFILE_BYTES:
        raise ValueError
    check_size(name, (width, height), options, frames=frames)
    notes = tuple(facts["notes"])
    if not all(isinstance(note, str) for note in notes) or facts["turn"] not in range(1, 9):
        raise ValueError
    metadata = metadata_of(facts["metadata"])
    profile: Profile | None = take(answers, about["profile"]) or None
    if about["encoding"] is not None:
        profile = encoding_of(about["encoding"])
    codes = np.empty((frames, height, width, 3), np.uint8)
    alpha: NDArray[np.uint8] | None = None
    weights = [1] * frames
    durations: list[float | None] = [None] * frames
    while (strip := _header(answers))["kind"] == "strip":
        top, left, frame = strip["top"], strip["left"], strip["frame"]
        bottom, right = top + strip["rows"], left + strip["columns"]
        if not (0 <= top < bottom <= height and 0 <= left < right <= width and 0 <= frame < frames):
            raise ValueError
        _fill(answers, codes[frame, top:bottom, left:right])
        if strip["alpha"]:
            if alpha is None:
                alpha = np.full((frames, height, width), 255, np.uint8)
            _fill(answers, alpha[frame, top:bottom, left:right])
        weights[frame] = int(strip["weight"])
        durations[frame] = None if strip["duration"] is None else float(strip["duration"])

    def blocks(box: Box) -> Iterator[Strip]:
        left, top, right, bottom = box
        for frame, (weight, duration) in enumerate(zip(weights, durations, strict=True)):
            part = None if alpha is None else alpha[frame, top:bottom, left:right]
            yield Strip(codes[frame, top:bottom, left:right], part, left, top, weight, frame, duration)

    return Picture(width, height, blocks, facts["turn"], profile, frames, notes, metadata)


def _header(answers: IO[bytes]) -> dict[str, Any]:
    """The next header; the error that it holds is raised."""
    header = receive(answers)
    if header["kind"] != "error":
        return header
    kind = getattr(errors, header["error"])
    if not issubclass(kind, PochadeError) or kind is errors.UnknownNameError:
        raise ValueError
    raise kind(str(header["message"]))


def _fill(answers: IO[bytes], part: NDArray[np.uint8]) -> None:
    """Read a part of an array."""
    if part.flags.c_contiguous:
        fill(answers, part)
        return
    whole = np.empty(part.shape, np.uint8)
    fill(answers, whole)
    part[:] = whole


def _not_started(name: str, reason: str) -> SourceError:
    return SourceError(
        f"{name}: the process that decodes it cannot be started: {reason}. isolate=False decodes it in this process."
    )


def _ending(status: int) -> str:
    if status >= 0:
        return f"ended with status {status}"
    with suppress(ValueError):
        return f"was killed by signal {-status} ({signal.Signals(-status).name})"
    return f"was killed by signal {-status}"
