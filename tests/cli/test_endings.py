"""How it ends when nobody listens any more, when somebody presses Ctrl-C, or when a process dies: quietly."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO

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
    assert process.communicate(timeout=300)[1] == b""
    assert process.returncode == 141


def test_help_into_a_closed_pipe_ends_quietly(folder):
    ours, theirs = os.pipe()
    os.close(ours)
    process = start("--help", stdout=theirs)
    os.close(theirs)
    assert process.communicate(timeout=300)[1] == b""
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
        error = process.communicate(timeout=300)[1]
        assert process.returncode == 1
        assert error.startswith(b"pochade: ")
        assert error.endswith(b"No space left on device.\n")
        assert error.count(b"\n") == 1


def test_closed_streams_are_no_crash(folder):
    def shell(redirection: str) -> subprocess.CompletedProcess[bytes]:
        command = f'"$0" -m pochade "$1" -k 2 -f hex {redirection}'
        return subprocess.run(["sh", "-c", command, sys.executable, "a.png"], capture_output=True, timeout=300)

    assert shell(">&-").stderr == b"pochade: standard output: it is closed; name a file with --output.\n"
    assert len(shell("2>&-").stdout.split()) == 2
    assert len(shell("<&-").stdout.split()) == 2


def test_interrupting_one_picture_ends_it_quietly(folder):
    process = start("-", stdin=subprocess.PIPE)
    process.stdin.write(b"\x89")
    process.stdin.flush()
    _until(lambda: not _unread(process.stdin))
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=300)
    assert (process.returncode, error) == (130, b"")


def test_interrupting_many_pictures_ends_all_processes_quietly(folder):
    os.mkfifo("endless.png")  # its reader waits for bytes that never come
    process = start("a.png", "endless.png", "b.png", "-k", "1", "-j", "2", "-o", "out.json", start_new_session=True)
    writer = _writer("endless.png")
    time.sleep(2)  # the other worker starts
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, error = process.communicate(timeout=300)
    os.close(writer)
    assert process.returncode == 130
    assert b"Traceback" not in error
    assert error.splitlines() in ([], [b"pochade: a.png: 1 color instead of 2: the picture has no more that differ."])
    assert not any("out.json" in name for name in os.listdir())
    with pytest.raises(OSError, match="No such device"):  # nobody is left to read it
        os.open("endless.png", os.O_WRONLY | os.O_NONBLOCK)


ENDING = [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL] if os.name == "posix" else []


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_to_a_batch_ends_its_workers_and_leaves_no_incomplete_file(folder, number):
    process, writer = _stuck_batch("out.csv", nohup=False)
    process.send_signal(number)
    _, error = process.communicate(timeout=300)
    os.close(writer)
    assert process.returncode == (-number if number == signal.SIGKILL else 128 + number)
    assert b"Traceback" not in error
    assert not any("out.csv" in name for name in os.listdir())
    _until(lambda: not _has_reader("endless.png"))


def test_a_second_signal_ends_a_command_at_once(folder):
    program = (
        "import time\n"
        "from pochade.cli.endings import endings\n"
        "with endings():\n"
        "    try:\n"
        "        print('ready', flush=True); time.sleep(600)\n"
        "    finally:\n"
        "        print('tidy', flush=True); time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        for expected in (b"ready\n", b"tidy\n"):
            assert process.stdout.readline() == expected
            process.send_signal(signal.SIGTERM)
        assert process.wait(300) == -signal.SIGTERM


def test_a_command_whose_main_thread_hears_nothing_ends_after_the_time_for_tidying_up(folder):
    program = (
        "import signal, time, pochade.cli.endings as e\n"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may run under nohup\n"
        "e.GRACE_SECONDS = 0.1\n"
        "with e.endings():\n"
        "    try:\n"
        "        print('ready', flush=True); time.sleep(600)\n"
        "    except BaseException:\n"
        "        time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGHUP)
        assert process.wait(300) == 128 + signal.SIGHUP


def test_a_batch_under_nohup_goes_on_after_sighup(folder):
    process, writer = _stuck_batch("out.json", nohup=True)
    process.send_signal(signal.SIGHUP)
    time.sleep(1)
    assert process.poll() is None
    with open("b.png", "rb") as picture:
        os.write(writer, picture.read())
    os.close(writer)
    process.communicate(timeout=300)
    assert process.returncode == 0
    assert (folder / "out.json").read_text().count("\n") == 3


def test_the_handlers_of_the_caller_come_back(folder):
    from click.testing import CliRunner

    from pochade.cli.app import app

    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)]
    assert CliRunner().invoke(app, ["b.png", "-f", "hex"]).stdout == "#008000\n"
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)] == before
    assert signal.set_wakeup_fd(-1) == -1


def _stuck_batch(output: str, *, nohup: bool) -> tuple["subprocess.Popen[bytes]", int]:
    """A batch with a picture that never ends, and the file that its bytes would be written to."""
    os.mkfifo("endless.png")

    def heard() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN if nohup else signal.SIG_DFL)

    process = start("a.png", "endless.png", "b.png", "-k", "2", "-j", "2", "-o", output, preexec_fn=heard)
    writer = _writer("endless.png")
    time.sleep(1)  # the other worker starts
    assert process.poll() is None
    return process, writer


def _has_reader(fifo: str) -> bool:
    """Whether a process has opened the named pipe."""
    try:
        os.close(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 300
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def _unread(pipe: IO[bytes]) -> int:
    """The bytes in a pipe that its reader has not taken yet."""
    import fcntl
    import termios

    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def _writer(fifo: str) -> int:
    """Open a named pipe for writing as soon as another process reads it."""
    opened: list[int] = []

    def reader() -> bool:
        with suppress(OSError):
            opened.append(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK))
        return bool(opened)

    _until(reader)
    return opened[0]
