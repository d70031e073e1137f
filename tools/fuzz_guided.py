"""Fuzz palette files or pictures by coverage: inputs that reach new lines of pochade are kept and mutated further.

    python -m pip install atheris
    python tools/fuzz_guided.py palettes --inputs 500000 --corpus /tmp/palettes
    python tools/fuzz_guided.py pictures --inputs 500000 --corpus /tmp/pictures
    python tools/fuzz_guided.py palettes --corpus /tmp/palettes --file FAILURE     one input again

The corpus begins with the files of fuzz_palettes.py or fuzz_readers.py, which also say what each input must do; keep it
outside the repository. The first byte of an input chooses the format of a palette, or the options of reading. The first
input of each failure is saved beside the corpus, in a folder with `-failures` after its name, and the run goes on. An
input that dies or takes too long ends the run. Only lines of pochade count as coverage, not those of decoders.
"""

import argparse
import hashlib
import random
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris
import fuzz_palettes
import fuzz_readers

MAX_BYTES = 16 << 10
"""Of an input: what is longer repeats itself, and slows the search."""

SECONDS = 60
"""Of an input on a busy machine; libFuzzer ends the run after them."""

APART = ("jpeg 2000", "pdf", "raw", "heif", "jxl")
"""Formats whose decoders may die, which would end the run. Pochade isolates them, and fuzz_readers.py tries that."""


def palette(data: bytes) -> None:
    """Load a palette file; the first byte is the number of its format."""
    formats = fuzz_palettes.readable()
    content = data[1:]
    _, wrong = fuzz_palettes.check(formats[data[0] % len(formats)], content, random.Random(len(content)))
    if wrong is not None:
        raise AssertionError(wrong)


def picture(data: bytes) -> None:
    """Read a picture; the first byte gives the options."""
    frame = (None, 0, 1, None)[data[0] >> 1 & 3]
    fuzz_readers.outcome_of(data[1:], {"truncated": bool(data[0] & 1), "frame": frame, "isolate": False})


def palettes() -> list[bytes]:
    """The first inputs: the valid files of each format."""
    return [
        bytes([number]) + content
        for number, format in enumerate(fuzz_palettes.readable())
        for content in fuzz_palettes.seeds(format)
    ]


def pictures() -> list[bytes]:
    """The first inputs: the drawn pictures of each format that is decoded in this process, without options."""
    return [b"\0" + content for kind, files in fuzz_readers.seeds().items() if kind not in APART for content in files]


KINDS: dict[str, tuple[Callable[[], list[bytes]], Callable[[bytes], None]]] = {
    "palettes": (palettes, palette),
    "pictures": (pictures, picture),
}


class Failures:
    """Runs inputs, and saves the first input of each failure in a folder."""

    def __init__(self, check: Callable[[bytes], None], folder: Path) -> None:
        self._check, self._folder = check, folder
        self._known: set[str] = set()

    def run(self, data: bytes) -> None:
        """Check an input; one failure is told from another by its exception and its last line."""
        try:
            if data:
                self._check(data)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            cause = f"{type(error).__name__} {frame.name} {frame.lineno} {str(error)[:30]}"
            if cause not in self._known:
                self._known.add(cause)
                self._folder.mkdir(exist_ok=True)
                path = self._folder / hashlib.sha256(data).hexdigest()[:16]
                path.write_bytes(data)
                print(f"FAILURE {path}", *traceback.format_exception(error)[-4:], sep="\n", flush=True)


def main() -> None:
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--corpus", type=Path, required=True, help="a folder; new inputs are added to it")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", type=Path, help="run this input only")
    given = parser.parse_args()
    first, check = KINDS[given.kind]
    given.corpus.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["pochade"]):  # many modules are imported when a file needs them
        inputs = [content for content in first() if len(content) <= MAX_BYTES]
        for content in inputs:
            check(content)
    for content in inputs:
        (given.corpus / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
    limits = [f"-runs={given.inputs}", f"-seed={given.seed}", f"-max_len={MAX_BYTES}", f"-timeout={SECONDS}"]
    failures = Failures(check, given.corpus.with_name(f"{given.corpus.name}-failures"))
    atheris.Setup([sys.argv[0], *limits, "-rss_limit_mb=4096", str(given.file or given.corpus)], failures.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
