"""How it ends when nobody listens any more, when somebody presses Ctrl-C, or when a process dies: quietly."""

import os
import signal
import subprocess
import sys
import time

import pytest

POCHADE = [sys.executable, "-m", "pochade"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


def start(*arguments: str, **more: object) -> subprocess.Popen[bytes]:
    # a shell's background jobs, such as a test run may be, ignore Ctrl-C, and hand that on
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | heard | more
    return subprocess.Popen([*POCHADE, *arguments], **options)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_closed_pipe_ends_it_quietly(folder, jobs):
    process = start(*["a.png", "c.jpg"] * 20, "-k", "1", "-f", "json", "--jobs", jobs)
    with process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_pipe_that_is_closed_from_the_start_ends_it_quietly(folder):
    ours, theirs = os.pipe()
    os.close(ours)
    process = start("a.png", "-k", "2", stdout=theirs)
    os.close(theirs)
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 141


def test_help_into_a_closed_pipe_ends_quietly(folder):
    ours, theirs = os.pipe()
    os.close(ours)
    process = start("--help", stdout=theirs)
    os.close(theirs)
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")
def test_a_full_disk_is_one_line(folder):
    for arguments in (
        ("a.png", "-k", "2"),
        ("--help",),
        ("methods",),
        ("a.png", "-k", "2", "-f", "hex", "-o", "/dev/full"),
    ):
        with open("/dev/full", "wb") as full:
            process = start(*arguments, stdout=full)
        error = process.communicate(timeout=60)[1]
        assert process.returncode == 1
        assert error.startswith(b"pochade: ")
        assert error.endswith(b"No space left on device.\n")
        assert error.count(b"\n") == 1


def test_closed_streams_are_no_crash(folder):
    def shell(redirection: str) -> subprocess.CompletedProcess[bytes]:
        command = f'"$0" -m pochade "$1" -k 2 -f hex {redirection}'
        return subprocess.run(["sh", "-c", command, sys.executable, "a.png"], capture_output=True, timeout=60)

    assert shell(">&-").stderr == b"pochade: standard output: it is closed; name a file with --output.\n"
    assert len(shell("2>&-").stdout.split()) == 2
    assert len(shell("<&-").stdout.split()) == 2


def test_interrupting_one_picture_ends_it_quietly(folder):
    process = start("-", stdin=subprocess.PIPE)
    _until_it_waits(process)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (130, b"")


def test_interrupting_many_pictures_ends_all_processes_quietly(folder):
    os.mkfifo("endless.png")  # whoever reads it waits for a writer that never comes
    process = start("a.png", "endless.png", "b.png", "-k", "1", "-j", "2", "-o", "out.json", start_new_session=True)
    _until_it_waits(process, seconds=3)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in error
    assert error.splitlines() in ([], [b"pochade: a.png: 1 color instead of 2: the picture has no more that differ."])
    assert not any("out.json" in name for name in os.listdir())
    with pytest.raises(OSError, match="No such device"):  # nobody is left to read it
        os.open("endless.png", os.O_WRONLY | os.O_NONBLOCK)


def _until_it_waits(process: subprocess.Popen[bytes], seconds: float = 1.5) -> None:
    """Give it time to start and to come to where it waits for input."""
    time.sleep(seconds)
    assert process.poll() is None
