"""The engine Daft on this machine: the same bytes as `local`, whatever dies; and the expression for own pipelines."""

import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

import pochade
from pochade.collection.engines import engines
from pochade.errors import OptionError, PochadeError, UnknownNameError

from .conftest import drawn, files, save

RUN = """
import sys
import pochade
from pochade.collection import model

model.PICTURES_A_SHARD = 3
if __name__ == "__main__":
    pochade.collect(sys.argv[1], sys.argv[2], recursive=True, engine=sys.argv[3], jobs=1)
"""

DEADLY = """
import os, signal, time
from pochade.collection import picture, work

def deadly(task, about):
    if task.id == "03.png":
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.03)  # there is time to kill others
    return picture.work(task, about)

work.work = deadly
"""
"""The module sitecustomize, which every Python imports first: the driver, the engine's workers and the crew."""

needs_daft = pytest.mark.skipif(not (sys.platform == "linux" and find_spec("daft")), reason="Daft is not installed")


def run(scans: Path, folder: Path, engine: str = "daft") -> subprocess.Popen[bytes]:
    """A run in a process of its own, in shards of about 3 pictures, one of which kills the process that reads it."""
    (script := scans.parent / "run.py").write_text(RUN)
    (scans.parent / "sitecustomize.py").write_text(DEADLY)
    path = os.pathsep.join([str(scans.parent), *sys.path[1:]])
    command = [sys.executable, script, scans, folder, engine]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path}, stderr=subprocess.DEVNULL)


def wait_for_a_shard(process: subprocess.Popen[bytes], folder: Path) -> int:
    """Wait until one more shard is written, and return their number."""
    before = len([*folder.glob("pictures/*.parquet")])
    end = time.monotonic() + 120
    while (now := len([*folder.glob("pictures/*.parquet")])) <= before and time.monotonic() < end:
        assert process.poll() is None
        time.sleep(0.002)
    return now


def children(process: int) -> list[int]:
    """The processes that Daft started to run shards."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = status.read_text().partition(" (")
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if rest.rpartition(") ")[2].split()[1] == str(process) and b"udf_worker" in command:
            found.append(int(number))
    return found


@needs_daft
def test_daft_makes_the_bytes_of_local_whatever_dies(scans, tmp_path):
    local = run(scans, tmp_path / "local.pochade", "local")
    folder = tmp_path / "daft.pochade"
    driver = run(scans, folder)
    assert 1 <= wait_for_a_shard(driver, folder) < 8
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    worker = run(scans, folder)
    wait_for_a_shard(worker, folder)
    [dying] = children(worker.pid)
    os.kill(dying, signal.SIGKILL)
    assert worker.wait() == 0
    assert local.wait() == 0
    assert files(folder) == files(tmp_path / "local.pochade")
    made = pochade.Collection(folder)
    assert len(made) == 24
    assert made.verify() == []
    [(id, error)] = made.failures
    assert id == "03.png"
    assert "was killed by signal 9" in error


@needs_daft
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Daft leaves a pipe open
def test_the_expression_gives_palettes_and_errors(tmp_path):
    import daft

    from pochade.collection.expressions import palette

    good = save(tmp_path / "good.png", drawn(1))
    cut = tmp_path / "cut.png"
    cut.write_bytes(good.read_bytes()[:60])
    frame = daft.from_pydict({"picture": [str(good), str(cut), None], "content": [good.read_bytes(), b"?", None]})
    found = frame.select(
        palette(daft.col("picture"), jobs=1, k=3).alias("named"),
        palette(daft.col("content"), jobs=1, k=3).alias("bytes"),
    ).to_pydict()
    expected = [color.hex for color in pochade.extract(good, 3)]
    for column in found.values():
        assert [color["hex"] for color in column[0]["colors"]] == expected
        assert column[1]["colors"] is None
        assert column[2] is None
    assert found["named"][1]["error"].startswith(str(cut))
    with pytest.raises(UnknownNameError, match="metod"):
        palette(daft.col("picture"), metod="kmeans")


def test_options_of_engines_are_checked(scans, tmp_path):
    assert {"daft", "local"} <= set(engines)
    with pytest.raises(UnknownNameError, match="address"):
        pochade.collect(scans, tmp_path / "museum.pochade", address="auto")
    with pytest.raises(OptionError, match="jobs=0"):
        pochade.collect(scans, tmp_path / "museum.pochade", engine="daft", jobs=0)
    assert not (tmp_path / "museum.pochade").exists()


@pytest.mark.parametrize(("hidden", "address", "extra"), [("daft", None, "daft"), ("ray", "auto", "cluster")])
def test_a_missing_library_is_named_with_the_extra_that_brings_it(scans, tmp_path, monkeypatch, hidden, address, extra):
    monkeypatch.setitem(sys.modules, hidden, None)
    with pytest.raises(PochadeError, match=rf"needs {hidden}, .*pochade\[{extra}\]"):
        pochade.collect(scans, tmp_path / "museum.pochade", engine="daft", address=address)
