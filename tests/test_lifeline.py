"""A process ends with its parent, even in the middle of a call that holds Python's lock."""

import os
import re
import signal
import subprocess
import sys
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection

import pytest

from pochade.lifeline import end_with_parent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

ENDLESS = "a" * 64 + "b"
"""The pattern of `work` takes 2**64 steps with it."""

PARENT = """
import sys
sys.path.insert(0, {folder!r})
import test_lifeline
if __name__ == "__main__":
    test_lifeline.start({kind!r})
"""


def work(pipe: Connection, kind: str) -> None:
    """Say the id of this process, then work or sleep for ever."""
    end_with_parent()
    pipe.send(os.getpid())
    if kind == "holds the lock":
        re.match(r"(a+)+$", ENDLESS)
    time.sleep(100_000)


def start(kind: str) -> None:
    """Start `work`, print the id of its process, and wait for ever."""
    ours, theirs = get_context("spawn").Pipe()
    get_context("spawn").Process(target=work, args=(theirs, kind), daemon=True).start()
    print(ours.recv(), flush=True)
    time.sleep(100_000)


@pytest.mark.parametrize("kind", ["holds the lock", "sleeps"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_ends_with_its_parent(tmp_path, kind, number):
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(folder=os.path.dirname(__file__), kind=kind))
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as parent:
        child = int(parent.stdout.readline())
        assert _lives(child)
        time.sleep(0.2)  # the work begins
        parent.send_signal(number)
        parent.wait(300)
    end = time.monotonic() + 300
    while _lives(child):
        assert time.monotonic() < end
        time.sleep(0.02)


def _lives(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
