"""Daft on a cluster of Ray with two nodes, in a network of its own; the death of a worker, the driver and a node."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import pochade

from .conftest import drawn, files, save

SCRIPT = Path(__file__).parent / "two_nodes.py"
NAMESPACE = ["unshare", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"]


def obstacle() -> str | None:
    """Why two nodes cannot be started here, or None."""
    if not (importlib.util.find_spec("ray") and importlib.util.find_spec("daft")):
        return "Daft and Ray are not installed"
    if sys.platform != "linux" or os.geteuid() or not shutil.which("unshare") or not shutil.which("ip"):
        return "a network of its own needs root, unshare and ip"
    if subprocess.run([*NAMESPACE, "ip", "link", "set", "lo", "up"], capture_output=True).returncode:
        return "this system allows no network of its own"
    return None


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the pictures, and a collection for each event."""
    if reason := obstacle():
        pytest.skip(reason)
    place = tmp_path_factory.mktemp("ray")
    for i in range(240):
        save(place / "scans" / f"{i:03d}.png", drawn(i))
    with tempfile.TemporaryDirectory(prefix="r", dir="/tmp") as short:  # names of sockets have 107 bytes at most
        command = [*NAMESPACE, "bash", "-c", 'ip link set lo up; exec "$@"', "bash"]
        command += [sys.executable, str(SCRIPT), str(place / "scans"), str(place)]
        done = subprocess.run(command, env=os.environ | {"RAY_TMPDIR": short}, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return place


@pytest.mark.parametrize("event", ["none", "worker", "driver", "node"])
def test_rows_are_those_of_the_pictures_whatever_dies_on_a_cluster(runs, event):
    made = pochade.Collection(runs / f"{event}.pochade")
    assert made.to_arrow().column("id").to_pylist() == [f"{i:03d}.png" for i in range(240)]
    assert made.verify() == []
    assert made.failures == []
    assert files(runs / f"{event}.pochade") == files(runs / "none.pochade")


def test_a_cluster_makes_the_bytes_of_local(runs, monkeypatch, read):
    monkeypatch.setattr("pochade.collection.model.PICTURES_A_SHARD", 10)
    pochade.collect(runs / "scans", runs / "local.pochade")
    assert files(runs / "local.pochade") == files(runs / "none.pochade")
