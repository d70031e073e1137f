"""Load damaged and hostile palette files: `load()` and `export()` must raise errors of pochade or give a valid palette.

    python tools/fuzz_palettes.py --inputs 1000000 --seed 1 --keep build/fuzz
    python tools/fuzz_palettes.py --format kpl --seed 1 --at 4711           one input again, with its traceback
    python tools/fuzz_palettes.py --files ~/palettes                        begin with these files too

Every input is a function of format, seed and number, so a failure can be repeated. It begins with a file of the format
that pochade wrote (or one of --files), and undergoes one to six mutations: of bytes, numbers, lines, words that formats
use, members of zip files. `hostile()` gives the inputs that are built, not mutated: zip bombs, XML entities,
deep nesting, long repetitions. Files of --keep can be loaded with `pochade convert`.

Checked of each input: the only errors are `PochadeError`s, with one sentence of at most 600 characters; codes are
integers 0 to 255, weights finite; at most 10,000 colors; the palette can be exported in another format; it takes at
most --slow seconds of processor time and the process at most --memory MiB.
"""

import argparse
import contextlib
import io
import random
import re
import resource
import struct
import sys
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pochade import Color, Palette
from pochade.errors import OptionError, PochadeError
from pochade.export import export, exporters, load
from pochade.export.reading import MAX_COLORS

MAX_MESSAGE = 600
"""Characters of an error; a longer one repeats the file."""

MAX_SECONDS = 5.0
"""Processor time of one input by default. The slowest valid file, 10,000 named colors, takes half a second."""

DETECTED, CONVERTED, EXPORTED = 0.2, 0.2, 0.02
"""The shares of inputs that are loaded without a format too, and of palettes that go to JSON and back, and to another
format; a drawing takes fifty times as long as a file."""

WORDS = [
    b"", b" ", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b"'", b"{", b"}", b"[", b"]", b"(", b")", b"<",
    b">", b"/>", b"<!--", b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&#0;", b"&#xD800;", b"#", b"--",
    b"$", b":", b";", b",", b"\\", b"\\u0000", b"\\ud800", b"%", b"null", b"true", b"NaN", b"nan", b"inf", b"-inf",
    b"1e999", b"1e-999", b"-0", b"-1", b"0", b"1", b"255", b"256", b"65536", b"4294967295", b"9" * 30, b"1" * 5000,
    b"0x10", b"1_0", b"1.5", b"\xd9\xa3", b"\xc2\xb2", b"rgb(", b"hsl(", b"oklch(", b"color(", b"calc(",
    b"var(--a)", b"none", b"#ff", b"#gggggg", b"RGB ", b"CMYK", b"LAB ", b"Gray", b"PK\x03\x04", b"PK\x05\x06",
    b"RIFF", b"ASEF", b"GIMP Palette", b"JASC-PAL", b"<colors>", b'"colors":', b'"$value":', b'"components":',
    b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
]  # fmt: skip
"""What formats use, and what breaks parsers."""

NUMBERS = [0, 1, -1, 127, 128, 255, 256, 32767, 32768, 65535, 2**31 - 1, 2**31, 2**32 - 1]
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?")

PALETTES = (
    Palette((Color((142, 26, 36)),)),
    Palette((Color((142, 26, 36), 0.25, (0.5, 0.75), "brick"), Color((255, 255, 255), 0.75)), source="boxer.jpg"),
    Palette(tuple(Color((i, 255 - i, i // 2), 1 / 24, label=f'Käse "{i}" </a>') for i in range(24))),
)

Mutation = Callable[[random.Random, bytes, list[bytes]], bytes]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that was handled wrongly. what : a sentence, or a traceback."""

    format: str
    name: str
    content: bytes
    what: str


def readable() -> list[str]:
    """The formats that can be read."""
    return [entry.name for entry in exporters.entries if entry.about.read is not None]


@cache
def seeds(format: str) -> list[bytes]:
    """Valid files of a format."""
    files = []
    for palette in PALETTES:
        with contextlib.suppress(OptionError):  # it holds fewer colors
            files.append(export(palette, format))
    return files


# ----- mutations


def _span(rng: random.Random, content: bytes, most: int = 64) -> tuple[int, int]:
    start = rng.randint(0, len(content))
    return start, min(start + rng.randint(0, rng.choice((1, 4, most))), len(content))


def flip(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Change bits of one to eight bytes."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, 8) if content else 0):
        changed[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def put(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Put a word in, or in place of some bytes."""
    start, end = _span(rng, content)
    return content[:start] + rng.choice(WORDS) + content[rng.choice((start, end)) :]


def binary(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Overwrite a binary number with an extreme one."""
    number, order, size = rng.choice(NUMBERS), rng.choice("<>"), rng.choice("BHI")
    packed = struct.pack(order + size, number % (1 << 8 * struct.calcsize(size)))
    at = rng.randint(0, len(content))
    return content[:at] + packed + content[at + len(packed) :]


def number(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Replace a written number."""
    found = [*_NUMBER.finditer(content)]
    if not found:
        return content
    match = rng.choice(found)
    new = rng.choice([str(rng.choice(NUMBERS)), "1e400", "nan", "-0.0", "0.5", "1e-320", "00", "+1", ".", "9" * 400])
    return content[: match.start()] + new.encode() + content[match.end() :]


def cut(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Remove bytes from the middle or the end."""
    start, end = _span(rng, content)
    return content[:start] + (content[end:] if rng.random() < 0.7 else b"")


def repeat(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Repeat some bytes, at times thousands of times."""
    start, end = _span(rng, content)
    times = rng.choice((1, 2, 3, 10, 100, 100, 3000)) if rng.random() < 0.05 else rng.randint(1, 4)
    return content[:end] + content[start:end] * times + content[end:]


def lines(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Move, double or remove a line, or change all line ends."""
    if rng.random() < 0.1:
        return content.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b"\x0b", b"\xe2\x80\xa8")))
    rows = content.split(b"\n")
    row = rows.pop(rng.randrange(len(rows)))
    for _ in range(rng.randint(0, 2)):
        rows.insert(rng.randint(0, len(rows)), row)
    return b"\n".join(rows)


def splice(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Join the start of this file and the end of another."""
    other = rng.choice(others)
    return content[: rng.randint(0, len(content))] + other[rng.randint(0, len(other)) :]


def recode(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Encode the text otherwise."""
    encoding = rng.choice(("utf-16", "utf-16-be", "utf-8-sig", "latin-1", "utf-32"))
    return content.decode("utf-8", "replace").encode(encoding, "replace")


MUTATIONS: list[Mutation] = [flip, put, put, binary, number, number, cut, repeat, lines, splice]


def in_zip(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Mutate a member of a zip file, its name or its compression, and pack it again."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # it is damaged already
        return content
    at = rng.randrange(len(members)) if members else 0
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for i, (name, member) in enumerate(members):
            if i == at and rng.random() < 0.9:
                member = rng.choice(MUTATIONS)(rng, member, others)
            elif i == at:
                name = rng.choice((name.upper(), name + "x", "../" + name, name * 2, "x"))
            method = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
            if rng.random() < 0.01:
                method = rng.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))  # slow to set up
            with contextlib.suppress(UserWarning):
                archive.writestr(zipfile.ZipInfo(name or "x"), member, method)
    return packed.getvalue()


def mutated(format: str, seed: int, at: int, more: list[bytes]) -> bytes:
    """Input number `at` of a format. more : files to begin with, besides those that pochade writes."""
    rng = random.Random(f"{format} {seed} {at}")
    files = seeds(format) + more
    others = files if rng.random() < 0.8 else seeds(rng.choice(readable()))
    content = rng.choice(files)
    zipped = content.startswith(b"PK")
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        if zipped and rng.random() < 0.8:
            content = in_zip(rng, content, others)
        elif rng.random() < 0.01:
            content = recode(rng, content, others)
        else:
            content = rng.choice(MUTATIONS)(rng, content, others)
    return content


# ----- inputs that are built


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name), member, method)
    return packed.getvalue()


def _liar(content: bytes) -> bytes:
    """A zip file whose headers say that each member unpacks to 10 bytes."""
    changed = bytearray(content)
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.find(sign)
        while at >= 0:
            changed[at + offset : at + offset + 4] = struct.pack("<I", 10)
            at = changed.find(sign, at + 4)
    return bytes(changed)


def _bombs(
    first: dict[str, bytes], member: str, start: bytes, unit: bytes, end: bytes, size: int
) -> Iterator[tuple[str, bytes]]:
    """Zip files whose member unpacks to 64 times `size`."""
    long = start + unit * (64 * size // len(unit)) + end
    yield "bomb", (bomb := _zip({**first, member: long}))
    yield "bomb with wrong sizes", _liar(bomb)
    yield "bomb in bzip2", _zip({**first, member: long}, zipfile.ZIP_BZIP2)
    yield "bomb in lzma", _zip({**first, member: long}, zipfile.ZIP_LZMA)
    yield "bomb in a bomb", _zip({**first, member: bomb})
    yield "many members", _zip({**first, **{f"{i}": b"" for i in range(size // 40)}, member: start + end})
    yield "the member twice", _zip({**first, member.upper(): start + unit + end, member: long})
    yield "the member is a folder", _zip({**first, member + "/": b""})
    yield "cut", bomb[: len(bomb) // 2]


def _entities(root: str, inside: str, size: int) -> Iterator[tuple[str, bytes]]:
    """XML whose entities expand without bound, or read files."""
    laughs = "".join(f"<!ENTITY l{i + 1} '" + f"&l{i};" * 10 + "'>" for i in range(11))
    long = "x" * (size // 20)
    document = f"<{root}>{inside}</{root}>"
    for name, types, entity in (
        ("a billion laughs", f"<!ENTITY l0 'lol'>{laughs}", "&l11;"),
        ("an external entity", "<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&x;"),
        ("an endless external entity", "<!ENTITY x SYSTEM 'file:///dev/zero'>", "&x;"),
        ("an entity of itself", "<!ENTITY x '&x;'>", "&x;"),
        ("a parameter entity", "<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;", ""),
        ("long entities", f"<!ENTITY x '{long}'>", "&x;" * (size // 20)),
    ):
        yield name, f"<!DOCTYPE {root} [{types}]>{document.replace('INSIDE', entity)}".encode()
    yield "an undeclared entity", document.replace("INSIDE", "&x;").encode()
    attributes = " ".join(f'a{i}=""' for i in range(size // 5))
    yield "attributes", f"<{root} {attributes}/>".encode()
    yield "depth", (f"<{root}>" + "<a>" * (size // 3)).encode()
    yield "siblings", (f"<{root}>" + "<a/>" * size + f"</{root}>").encode()
    yield "a long name", f"<{root}><".encode() + b"a" * (4 * size) + f"/></{root}>".encode()
    yield "UTF-16", document.replace("INSIDE", "").encode("utf-16")


def hostile(format: str, size: int = 1 << 20) -> Iterator[tuple[str, bytes]]:
    """Inputs built against a reader, with their names. size : about the bytes of the long ones."""
    yield "empty", b""
    valid = seeds(format)[-1]
    for unit in (
        b"\0",
        b" ",
        b"\n",
        b"[",
        b"(",
        b'{"a":',
        b"<a>",
        b'"',
        b"9",
        b"#",
        b"-",
        b"/*",
        b"a:",
        b"\xff",
        b"\\",
    ):
        yield f"{unit!r} repeated", unit * (size // len(unit))
        yield f"a file and {unit!r} repeated", valid + unit * (size // len(unit))
    yield "a file repeated", valid * (size // len(valid))
    yield "9 MiB", valid + b" " * (9 << 20)
    entry = "<color name='a'>INSIDE</color>"
    if format == "kpl":
        kinds = {"mimetype": b"krita/x-colorset"}
        yield from _bombs(kinds, "colorset.xml", b"<Colorset>", b"<ColorSetEntry/>", b"</Colorset>", size)
        profiles = "".join(f'<Profile name="{i}" filename="p{i}"/>' for i in range(size // 40)).encode()
        yield (
            "many profiles",
            _zip({**kinds, "colorset.xml": b"<Colorset/>", "profiles.xml": b"<P>" + profiles + b"</P>"}),
        )
        bomb = {f"p{i}": bytes(64 * size) for i in range(4)}
        few = "".join(f'<Profile name="{i}" filename="p{i}"/>' for i in range(4)).encode()
        yield (
            "profiles",
            _zip({**kinds, "colorset.xml": b"<Colorset/>", "profiles.xml": b"<P>" + few + b"</P>", **bomb}),
        )
        for name, xml in _entities("Colorset", "<ColorSetEntry name='INSIDE'/>", size):
            yield f"{name} in colorset.xml", _zip({**kinds, "colorset.xml": xml})
            yield f"{name} in profiles.xml", _zip({**kinds, "colorset.xml": b"<Colorset/>", "profiles.xml": xml})
    elif format == "procreate":
        yield from _bombs({}, "Swatches.json", b"[", b"null,", b"null]", size)
        for name, json in (("depth", b"[" * (4 * size)), ("number", b"[" + b"1" * (4 * size) + b"]")):
            yield f"{name} in Swatches.json", _zip({"Swatches.json": json})
        profile = b'[{"swatches": [], "colorProfiles": [' + b'{"iccData": "' + b"A" * (3 * size) + b'"}]}]'
        yield "a long profile", _zip({"Swatches.json": profile})
    elif format == "soc":
        yield from _entities("color-table", "<draw:color draw:name='INSIDE' draw:color='#000000'/>", size)
    elif format == "android":
        yield from _entities("resources", entry, size)
    elif b"<?xml" in valid[:100]:
        yield from _entities("a", entry, size)
    if valid[:1] in b"{[":
        yield "a deep list", valid.rstrip()[:-1] + b', "x": ' + b"[" * (size // 10) + b"]" * (size // 10) + b"}"
        yield "a long integer", re.sub(_NUMBER, b"1" * 5000, valid, count=1)
        yield "a doubled key", b"{" + b'"colors": [], ' * (size // 20) + b'"colors": ["#000000"]}'
    yield "deflate", zlib.compress(bytes(16 * size))


# ----- checks


def check(format: str, content: bytes, rng: random.Random) -> tuple[str, str | None]:
    """What came of an input, "loaded" or "refused", and what is wrong with it, or None."""
    outcome, wrong = "refused", None
    try:
        for named in (format, None) if rng.random() < DETECTED else (format,):
            try:
                palette = load(content, named)
            except PochadeError as error:
                wrong = wrong or _said(str(error))
                continue
            outcome, wrong = "loaded", wrong or _wrong(palette)
            if rng.random() < CONVERTED and Palette.from_dict(palette.to_dict()) != palette:
                wrong = wrong or "it is not the palette of its own JSON"
            if rng.random() < EXPORTED:
                with contextlib.suppress(OptionError):  # too many colors, or fewer than the format needs
                    export(palette, rng.choice(exporters.names))
    except MemoryError:
        wrong = "not enough memory"
    except Exception:
        wrong = traceback.format_exc()
    return outcome, wrong


def _said(message: str) -> str | None:
    """What is wrong with the message of an error."""
    if not message.endswith(".") or message.endswith(".."):
        return f"no sentence: {message[:300]!r}"
    if len(message) > MAX_MESSAGE:
        return f"a message of {len(message)} characters: {message[:300]!r}"
    return None


def _wrong(palette: Palette) -> str | None:
    """What is wrong with a palette."""
    if len(palette) > MAX_COLORS:
        return f"{len(palette)} colors"
    for color in palette:
        if not all(type(code) is int and 0 <= code <= 255 for code in color.srgb):
            return f"codes {color.srgb}"
        if not 0 <= color.weight <= 1:
            return f"weight {color.weight}"
        if color.position is not None and not all(0 <= axis <= 1 for axis in color.position):
            return f"position {color.position}"
    return None


# ----- the run


def inputs(format: str, seed: int, numbers: Iterator[int], more: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """The names and contents of mutated inputs."""
    for at in numbers:
        yield f"{seed}-{at}", mutated(format, seed, at, more)


def run(format: str, named: Iterator[tuple[str, bytes]], slow: float, counts: Counter[str]) -> Iterator[Failure]:
    """Check inputs of a format, count them, and yield those that failed."""
    for name, content in named:
        before = time.process_time()
        outcome, wrong = check(format, content, random.Random(name))
        spent = time.process_time() - before
        counts[outcome] += 1
        counts["inputs"] += 1
        if spent > slow and wrong is None:
            wrong = f"{spent:.1f} seconds"
        if wrong is not None:
            counts["failures"] += 1
            yield Failure(format, name, content, wrong)


def main() -> int:
    """Run the command line; the status is 1 if an input failed."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=100_000, help="of all formats together")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--format", action="append", help="only this one; repeatable")
    parser.add_argument("--at", type=int, help="only this number, with its traceback")
    parser.add_argument("--files", type=Path, help="a folder of palette files; each begins inputs of its format")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that failed")
    parser.add_argument("--no-hostile", action="store_true", help="only mutated inputs")
    parser.add_argument("--slow", type=float, default=MAX_SECONDS, help="seconds of processor time")
    parser.add_argument("--memory", type=int, default=1024, help="MiB of the process")
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (given.memory << 20, given.memory << 20))
    formats = given.format or readable()
    each = -(-given.inputs // len(formats))
    total: Counter[str] = Counter()
    started = time.monotonic()
    for format in formats:
        more = _files(given.files, format)
        counts: Counter[str] = Counter()
        numbers = iter(range(each) if given.at is None else [given.at])
        kinds = [inputs(format, given.seed, numbers, more)] + (
            [] if given.no_hostile or given.at is not None else [hostile(format)]
        )
        for named in reversed(kinds):
            for failure in run(format, named, given.slow, counts):
                _report(failure, given.keep)
        total += counts
        print(f"{format:12}" + "".join(f"{counts[k]:>10,} {k}" for k in ("inputs", "loaded", "refused", "failures")))
        sys.stdout.flush()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{total['inputs']:,} inputs, {total['failures']:,} failures, {time.monotonic() - started:.0f} s, {peak} MiB")
    return 1 if total["failures"] else 0


def _files(folder: Path | None, format: str) -> list[bytes]:
    """The files of a folder that load in a format."""
    suffix = exporters.entry(format).about.suffix
    paths = sorted(folder.rglob(f"*{suffix}")) if folder else []
    return [path.read_bytes() for path in paths if path.is_file() and path.stat().st_size < 100_000]


def _report(failure: Failure, keep: Path | None) -> None:
    print(f"{failure.format} {failure.name}: {failure.what}")
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", f"{failure.format}-{failure.name}").strip("-")
        (keep / (name + exporters.entry(failure.format).about.suffix)).write_bytes(failure.content)


if __name__ == "__main__":
    sys.exit(main())
