"""The cache: nothing is decoded twice, and an interrupted pass ends as a whole one."""

import os
import runpy
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import pochade

clips = runpy.run_path(str(Path(__file__).with_name("clips.py")))
drawn, scene = (clips[name] for name in ("drawn", "scene"))

pytest.importorskip("av", reason="PyAV is not installed: pip install 'pochade[film]'")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def long_film(tmp_path):
    """Some 900 frames in 14 shots, of H.264 with key frames in between."""
    frames = [frame for seed in range(14) for frame in scene(seed, 50 + 5 * (seed % 5))]
    options = {"qp": "12", "preset": "veryfast", "g": "40"}
    return drawn(tmp_path / "long.mp4", frames, codec="libx264", pix_fmt="yuv420p", options=options)


class StopError(Exception):
    """Stops a pass."""


def stopping(after):
    def progress(done, whole):
        if done >= after:
            raise StopError

    return progress


@pytest.mark.parametrize("after", [20, 25, 31])
def test_an_interrupted_pass_ends_as_a_whole_one(long_film, after):
    whole = pochade.film(long_film, resume=False)
    with pytest.raises(StopError):
        pochade.film(long_film, progress=stopping(after))
    seen = []
    again = pochade.film(long_film, progress=lambda done, _: seen.append(done))
    assert min(seen) > 1  # it did not start anew
    assert again.to_dict() == whole.to_dict()
    for one, other in zip(again.records, whole.records, strict=True):
        assert one.still == other.still
        assert [part.inside for part in one.parts] == [part.inside for part in other.parts]
        np.testing.assert_array_equal(one.lights, other.lights)


def test_another_k_or_method_decodes_nothing(long_film, monkeypatch):
    pochade.film(long_film)
    monkeypatch.setattr("pochade.films.counting.open_reel", lambda *_, **__: pytest.fail("it was decoded again"))
    assert len(pochade.film(long_film, k=3, method="kmeans").shots[0].palette) == 3


def test_a_film_that_changed_is_counted_again(long_film):
    pochade.film(long_film)
    os.utime(long_film, (1, 1))
    seen = []
    pochade.film(long_film, progress=lambda done, _: seen.append(done))
    assert seen


def test_a_damaged_cache_is_ignored(long_film, tmp_path):
    first = pochade.film(long_film).to_dict()
    (path,) = (tmp_path / "cache").rglob("*.film")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    assert pochade.film(long_film).to_dict() == first


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_after_a_kill_the_same_command_writes_the_bytes_of_an_uninterrupted_one(long_film, tmp_path):
    """The pass waits in its progress until it is killed; nothing of it runs after that."""
    whole, again = tmp_path / "whole.json", tmp_path / "again.json"
    program = (
        "import sys, time\n"
        "import pochade.cli.film as film, pochade.films.cache as cache\n"
        "from contextlib import contextmanager\n"
        "cache.SECONDS = 0\n"
        "@contextmanager\n"
        "def slow(name):\n"
        "    def show(done, whole):\n"
        "        if done > 20: print('here', flush=True); time.sleep(600)\n"
        "    yield show\n"
        "film.progress = slow\n"
        "from pochade.cli.app import app\n"
        f"sys.exit(app.run(['film', {str(long_film)!r}, '-o', {str(again)!r}]))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"here\n"
    process.kill()
    assert process.wait() == -signal.SIGKILL
    process.stdout.close()
    assert not again.exists()
    seen = []
    pochade.film(long_film, progress=lambda done, _: seen.append(done)).save(again)
    assert min(seen) > 1  # the killed pass left its finished shots
    pochade.film(long_film, resume=False).save(whole)
    assert again.read_bytes() == whole.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_exits_with_130_and_says_how_to_go_on(long_film, tmp_path):
    """The pass waits in its progress until the signal arrives."""
    program = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for jobs in the background\n"
        "import pochade.cli.film as film\n"
        "from contextlib import contextmanager\n"
        "@contextmanager\n"
        "def slow(name):\n"
        "    def show(done, whole):\n"
        "        if done > 20: print('here', flush=True); time.sleep(600)\n"
        "    yield show\n"
        "film.progress = slow\n"
        "from pochade.cli.app import app\n"
        f"sys.exit(app.run(['film', {str(long_film)!r}]))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline() == b"here\n"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130
    assert b"interrupted: the same command goes on from here" in errors
    assert list((tmp_path / "cache").rglob("*.film"))
