"""Collections on a cluster of Ray with two nodes on this machine, for tests/collection/test_ray.py.

    unshare --net --pid --fork --mount-proc --kill-child \\
        bash -c 'ip link set lo up; python two_nodes.py PICTURES FOLDER'

In FOLDER it makes a collection for each event: none, the death of a worker, of the driver, and of a node.
"""

import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path

os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DISABLE_DASHBOARD": "1", "DO_NOT_TRACK": "1", "RAY_DEDUP_LOGS": "0"}


def collect(pictures: str, folder: str, address: str) -> None:
    """Collect on the cluster, in small shards."""
    import pochade
    from pochade.collection import model

    model.PICTURES_A_SHARD = 10
    pochade.collect(pictures, folder, engine="daft", address=address)


def started(pictures: str, folder: Path, address: str, shards: int) -> multiprocessing.process.BaseProcess:
    """A driver in a process of its own that has written some shards."""
    driver = multiprocessing.get_context("spawn").Process(target=collect, args=(pictures, str(folder), address))
    driver.start()
    while driver.is_alive() and len([*(folder / "pictures").glob("*.parquet")]) < shards:
        time.sleep(0.02)
    return driver


def ended(driver: multiprocessing.process.BaseProcess) -> None:
    driver.join()
    assert driver.exitcode == 0, driver.exitcode


def workers() -> list[int]:
    """The processes of Ray that run shards."""
    found = []
    for name in os.listdir("/proc"):
        try:
            if name.isdigit() and b"UDFActor" in Path(f"/proc/{name}/cmdline").read_bytes():
                found.append(int(name))
        except OSError:
            pass
    return found


def main(pictures: str, folder: str) -> None:
    from ray.cluster_utils import Cluster

    place = Path(folder)
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    other = cluster.add_node(num_cpus=1)
    ended(started(pictures, place / "none.pochade", cluster.address, 0))

    driver = started(pictures, place / "worker.pochade", cluster.address, 2)
    for worker in workers()[:1]:
        os.kill(worker, signal.SIGKILL)
    ended(driver)

    driver = started(pictures, place / "driver.pochade", cluster.address, 2)
    driver.kill()
    driver.join()
    ended(started(pictures, place / "driver.pochade", cluster.address, 0))

    driver = started(pictures, place / "node.pochade", cluster.address, 2)
    cluster.remove_node(other, allow_graceful=False)
    ended(driver)
    print("all ended", flush=True)
    os._exit(0)  # the namespace takes the nodes along


if __name__ == "__main__":
    main(*sys.argv[1:])
