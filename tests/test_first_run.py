"""The first minutes of a new user: a fresh clone, `make run`, the commands of README, the page; and a built wheel.

Everything runs in new environments, which pip fills from the index or from its cache. Times are printed, not asserted.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
MAX_UNPACKED_BYTES = 8_000_000
SOURCES = (".c", ".h", ".pyx", ".pxd", ".pyc")
LIMIT_SECONDS = 1200
"""After which a command hangs."""

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="the Makefile is for POSIX"),
    pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed"),
]


def environment(**more: str) -> dict[str, str]:
    """The variables of a new terminal: nothing of the environment that runs the tests."""
    ours = {
        "PYTHONPATH",
        "PYTHONHOME",
        "VIRTUAL_ENV",
        "PYTEST_CURRENT_TEST",
        "POCHADE_KERNEL",
        "MAKEFLAGS",
        "MAKELEVEL",
    }
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    path = [part for part in kept["PATH"].split(os.pathsep) if Path(part) != Path(sys.prefix) / "bin"]
    return kept | {"PATH": os.pathsep.join(path), "PYTHON": sys.executable} | more


def run(*command: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The output of a command that succeeds without a warning."""
    begin = time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env or environment(),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=LIMIT_SECONDS,
    )
    print(f"{time.perf_counter() - begin:.1f} s: {' '.join(map(str, command))[:80]}")
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def commands(page: str, *, before: str | None = None, after: str | None = None) -> list[str]:
    """The commands of the console blocks of a page, between two headings."""
    text = (ROOT / page).read_text(encoding="utf-8")
    text = text[text.index(after) if after else 0 : text.index(before) if before else len(text)]
    return [
        line.removeprefix("$ ").partition("  #")[0].strip()
        for block in BLOCK.findall(text)
        for line in block.splitlines()
        if line.startswith("$ ")
    ]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone of this checkout, with the edits that are not committed."""
    if shutil.which("git") is None or subprocess.run(["git", "-C", ROOT, "rev-parse"], capture_output=True).returncode:
        pytest.skip("this folder is not a clone of the repository")
    folder = tmp_path / "pochade"
    run("git", "clone", "--quiet", "--depth=1", f"file://{ROOT}", folder, cwd=ROOT)
    edited = run("git", "ls-files", "-z", "--modified", "--others", "--exclude-standard", cwd=ROOT).stdout
    for name in filter(None, edited.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy2(ROOT / name, folder / name)
        else:
            (folder / name).unlink()
    return folder


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with the files that README and tutorial name."""
    folder = tmp_path / "pictures"
    for name in ("harbor.jpg", "photo.jpg", "a.jpg", "b.jpg", "c.jpg", "scans/one.jpg"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "examples" / "harbor.jpg", folder / name)
    return folder


def test_readme_has_two_commands_to_try() -> None:
    assert commands("README.md", before="## Use it") == ["make run", "make test"]


def test_a_new_user_reaches_a_first_palette(clone: Path, pictures: Path, tmp_path: Path) -> None:
    """`make run` on a machine without a C compiler, then the commands of README, then the page."""
    shown = run("make", "run", cwd=clone, env=environment(CC="false")).stdout
    assert "kernel: reference" in shown
    assert "#c32727" in shown, "the red of the buoy"
    assert shown.splitlines()[-1] == "next: .venv/bin/pochade serve --open"

    source, *rest = commands("README.md", after="## Use it")
    assert rest[-1] == "pochade serve --open"
    shell = f"set -e; cd '{clone}'; {source}; test \"$VIRTUAL_ENV\" = '{clone}/.venv'; cd '{pictures}'; "
    for command in ["pochade photo.jpg -o brand.ase", *rest[:-1]]:
        run("bash", "-c", shell + command, cwd=tmp_path)
    made = {"palettes.jsonl", "scans.csv", "poster.png", "sheet.png", "blue.png", "small.png", "brand.css"}
    assert made <= {path.name for path in pictures.iterdir()}
    assert len((pictures / "palettes.jsonl").read_text().splitlines()) >= 5

    with opened(shell + f"exec {rest[-1]}", tmp_path) as address:
        with urllib.request.urlopen(f"{address}/", timeout=LIMIT_SECONDS) as page:
            assert "<title>" in page.read().decode()
        body = (pictures / "harbor.jpg").read_bytes()
        with urllib.request.urlopen(f"{address}/api/v1/palette", body, timeout=LIMIT_SECONDS) as answer:
            palette = json.load(answer)
    assert "#c32727" in [color["hex"] for color in palette["colors"]]


@contextmanager
def opened(command: str, folder: Path) -> Iterator[str]:
    """The address that a server opens in the browser."""
    address, browser, log = folder / "address", folder / "browser", folder / "log"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{address}.part" && mv "{address}.part" "{address}"\n')
    browser.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    env = environment(BROWSER=str(browser), POCHADE_SERVE_PORT=port)
    with (
        log.open("w") as output,
        subprocess.Popen(["bash", "-c", command], env=env, stdout=output, stderr=output) as run,
    ):
        try:
            limit = time.monotonic() + LIMIT_SECONDS
            while not address.exists():
                assert run.poll() is None, log.read_text()
                assert time.monotonic() < limit
                time.sleep(0.1)
            yield address.read_text().rstrip("/")
        finally:
            run.send_signal(signal.SIGTERM)


def test_a_wheel_is_small_and_runs_in_a_new_environment(clone: Path, pictures: Path, tmp_path: Path) -> None:
    """`make dist`, then the commands of the tutorial where only the wheel is installed."""
    run("make", "dist", cwd=clone, env=environment(CFLAGS="-O0"))  # compiles in a quarter of the time
    sources, wheel = sorted((clone / "dist").iterdir(), key=lambda path: path.suffix)
    assert (sources.suffixes[-2:], wheel.suffix) == ([".tar", ".gz"], ".whl")
    check_content(wheel, clone)

    prefix = tmp_path / "fresh"
    run(sys.executable, "-m", "venv", prefix, cwd=tmp_path)
    env = environment(PATH=f"{prefix / 'bin'}{os.pathsep}{environment()['PATH']}")
    install, *rest = commands("docs/tutorial.md")
    assert install == "pip install pochade"
    wheel_instead = install.replace("pochade", f"--quiet --disable-pip-version-check '{wheel}'")
    for command in [wheel_instead, *rest]:
        run("bash", "-c", command, cwd=pictures, env=env)
    assert len(json.loads((pictures / "harbor.json").read_text())["colors"]) == 5
    kernel = "from pochade import kernel; print(kernel.name)"
    shown = run("python", "-c", kernel, cwd=pictures, env=env).stdout.strip()
    assert shown == ("compiled" if shutil.which("cc") else "reference")


def check_content(wheel: Path, clone: Path) -> None:
    """The wheel has the package and nothing else, without the sources and symbols of the kernel."""
    with zipfile.ZipFile(wheel) as content:
        size = sum(entry.file_size for entry in content.infolist())
        names = set(content.namelist())
        natives = [name for name in names if name.endswith(".so")]
        assert [name for name in natives if b".debug_info" in content.read(name)] == []
    print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, {size / 1e6:.1f} MB unpacked, {len(names)} files")
    assert size < MAX_UNPACKED_BYTES
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"pochade"}
    assert [name for name in names if name.endswith(SOURCES)] == []
    package = {
        str(path.relative_to(clone / "src"))
        for path in (clone / "src" / "pochade").rglob("*")
        if path.is_file() and not path.name.endswith((*SOURCES, ".so"))
    }
    assert package - names == set(), "files that the installed package would lack"
    if shutil.which("cc"):
        parts = [*(clone / "src" / "pochade" / "kernel").glob("_*.pyx")]
        assert len(natives) == len(parts) + 1, "a module for each part, and one for what they share"


def test_wheels_are_configured_for_each_system_and_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheels = project["tool"]["cibuildwheel"]
    assert {"linux", "macos", "windows"} <= set(wheels)
    assert "cp311-*" in wheels["build"], project["project"]["requires-python"]
    assert any("kernel.name == 'compiled'" in command for command in wheels["test-command"])
    assert any(command.startswith("pochade {project}/examples/harbor.jpg") for command in wheels["test-command"])
    assert (ROOT / "examples" / "harbor.jpg").exists()


def test_the_extras_that_the_pages_name_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = set(project["project"]["optional-dependencies"])
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    named = {
        extra
        for page in pages
        for listed in re.findall(r"(?:pochade|\.)\[([a-z,]+)\]['\"]", page.read_text(encoding="utf-8"))
        for extra in listed.split(",")
    }
    assert named
    assert named <= extras
