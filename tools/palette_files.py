"""Read the palettes that other programs install, and write the table in docs/formats-swatches.md.

    python tools/palette_files.py             # downloads the packages of Debian with apt-get, and unpacks them
    python tools/palette_files.py FOLDER      # a folder with the unpacked packages, each in a folder of its name

Every file must be read, except those whose colors are the program's own: a gradient from the foreground color to
transparency has no color of its own. Exit status: 0, or 1 if another file is refused.
"""

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pochade import Palette, PochadeError, load

PACKAGES = ("gimp-data", "inkscape", "krita-data", "scribus-data", "libreoffice-common", "gmt-common")
SUFFIXES = (".gpl", ".ggr", ".cpt", ".soc", ".sbz", ".kpl", ".aco", ".act", ".ase")
FOLDERS = {"scribus-data": ("swatches", ".xml")}
"""Where a package has palettes in files of a suffix that other files of it have too."""

FOREGROUND = "GIMP's foreground or background"
PAGE = Path(__file__).parent.parent / "docs" / "formats-swatches.md"
BEGIN, END = "<!-- table: tools/palette_files.py -->\n\n", "\n<!-- end -->"


def unpack(folder: Path) -> None:
    """Download the packages and unpack each into a folder of its name; nothing is installed."""
    for package in PACKAGES:
        subprocess.run(["apt-get", "download", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = folder.glob(f"{package}_*.deb")
        subprocess.run(["dpkg", "-x", archive, folder / package], check=True)
        archive.unlink()


def palettes(folder: Path, package: str) -> list[Path]:
    """The palette files of a package, sorted."""
    inner, suffix = FOLDERS.get(package, ("", ""))
    return sorted(
        path
        for path in (folder / package).rglob("*")
        if path.is_file()
        and not path.is_symlink()
        and (path.suffix in SUFFIXES or (path.suffix == suffix and path.parent.name == inner))
    )


def table(folder: Path) -> tuple[str, list[str]]:
    """The table in Markdown, a row for each package and suffix, and the errors for files that should be read."""
    rows = ["| package | files | read | colors | entries left out | refused |", "|---|---|---|---|---|---|"]
    errors: list[str] = []
    totals: Counter[str] = Counter()
    for package in PACKAGES:
        paths = palettes(folder, package)
        for suffix in sorted({path.suffix for path in paths}):
            counts = _counts([path for path in paths if path.suffix == suffix], errors)
            totals += counts
            rows.append(_row(f"`{package}`, `{suffix}`", counts))
    rows.append(_row("all", totals))
    return "\n".join(rows) + "\n", errors


def _row(name: str, counts: Counter[str]) -> str:
    cells = (f"{counts[column]:,}" for column in ("files", "read", "colors", "omitted", "refused"))
    return f"| {name} | {' | '.join(cells)} |"


def _counts(paths: list[Path], errors: list[str]) -> Counter[str]:
    counts: Counter[str] = Counter(files=len(paths))
    for path in paths:
        palette = _loaded(path, errors)
        if palette is None:
            counts["refused"] += 1
        else:
            counts.update(read=1, colors=len(palette), omitted=len(palette.omitted))
    return counts


def _loaded(path: Path, errors: list[str]) -> Palette | None:
    try:
        return load(path)
    except PochadeError as error:
        if FOREGROUND not in str(error):
            errors.append(str(error))
        return None


def main() -> int:
    """Read the files, write the table, and print the errors."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        if len(sys.argv) == 1:
            unpack(folder)
        text, errors = table(folder)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + text + END + after, encoding="utf-8")
    print(text, *errors, sep="\n")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
