"""Read mutated pictures of every format, and report every input that is neither a picture nor one of our errors.

    python tools/fuzz_readers.py --inputs 100000 --keep /tmp/pochade-fuzz

Input i depends on the seed and on i only, so `--first i --inputs 1` repeats it. Inputs are read in other processes: one
that dies, hangs or takes too much memory is a finding, as is any exception that is no SourceError. The decoders that
pochade isolates may die; that is counted, and the caller must see it as a SourceError. Findings are saved in the folder
of `--keep`, which must lie outside the repository. Files in `--corpus` are mutated as well as the drawn pictures.
"""

import argparse
import gzip
import io
import json
import multiprocessing
import random
import re
import struct
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

Rng = random.Random

LIMITS: dict[str, Any] = {"max_pixels": 4_000_000, "max_frames": 200, "max_memory": 256 << 20, "timeout": 5.0}
"""For speed; the limits of a caller are larger."""

MEMORY = 2 << 30
"""Bytes of memory for a process that reads inputs."""

SILENT_SECONDS = 60.0
"""Seconds for one input, after which its process hangs; many times of what the slowest takes."""

NUMBERS = (0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
"""Values at which integers overflow or change their sign."""

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30">
<style>.a { fill: #c81e28 } #b { stroke: hsl(200 50% 50%); stroke-width: 2 }</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="#00f8"/></linearGradient>
<filter id="f" x="-10%" width="120%"><feGaussianBlur stdDeviation="2"/><feOffset dx="1"/></filter>
<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 0 4 4"/></pattern>
<mask id="m"><rect width="20" height="30" fill="white"/></mask><clipPath id="c"><circle r="9" cx="9" cy="9"/></clipPath>
<marker id="k"><path d="M0,0L9,9"/></marker><symbol id="s"><ellipse rx="4" ry="2"/></symbol></defs>
<rect class="a" width="20" height="30"/><g transform="rotate(30) scale(2)" opacity=".5"><use xlink:href="#s" x="3"/></g>
<path id="b" d="M1 1 C 3 4 5 6 7 8 Q 1 2 3 4 A 3 4 30 0 1 9 9 Z" fill="url(#g)" marker-end="url(#k)"/>
<rect x="20" width="20" height="30" fill="url(#p)" filter="url(#f)" mask="url(#m)" clip-path="url(#c)"/>
<image width="9" height="9" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"/></svg>"""

TEXT = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/>
<text y="9" font-size="8">a<tspan dx="1">b</tspan></text></svg>"""


def drawn() -> Image.Image:
    """Bands, a ramp and noise, RGBA, 40 x 30."""
    rows, columns = np.mgrid[0:30, 0:40]
    noise = np.random.default_rng(0).integers(0, 40, (30, 40))
    planes = [columns * 6, rows * 8, np.where(columns < 20, 200, 30) + noise, np.where(rows > 3, 255, 90)]
    return Image.fromarray(np.stack(planes, 2).astype(np.uint8))


def seeds() -> dict[str, list[bytes]]:
    """Small valid files by format. A format whose library is missing has none."""
    image = drawn()
    rgb, gray = image.convert("RGB"), image.convert("L")
    wide = Image.fromarray(np.asarray(gray).astype(np.uint16) * 257)
    frames = [rgb.rotate(90 * turn) for turn in range(3)]
    several = {"save_all": True, "append_images": frames[1:], "duration": 40}
    exif = Image.Exif()
    exif[0x0112] = 6
    found = {
        "png": [_saved(one, "PNG") for one in (image, rgb, gray, wide, rgb.convert("P"), gray.convert("1"))]
        + [_saved(rgb, "PNG", exif=exif, icc_profile=_profile()), _saved(frames[0], "PNG", **several), _deep_png()],
        "jpeg": [_saved(one, "JPEG") for one in (rgb, gray, rgb.convert("CMYK"))]
        + [_saved(rgb, "JPEG", progressive=True, exif=exif, icc_profile=_profile())],
        "gif": [_saved(rgb, "GIF"), _saved(frames[0], "GIF", loop=0, comment=b"x", **several)],
        "webp": [_saved(image, "WEBP"), _saved(image, "WEBP", lossless=True), _saved(frames[0], "WEBP", **several)],
        "avif": [_saved(image, "AVIF"), _saved(frames[0], "AVIF", **several)],
        "tiff": [_saved(rgb, "TIFF", compression=how) for how in (None, "tiff_lzw", "tiff_deflate", "jpeg", "packbits")]
        + [
            _saved(gray.convert("1"), "TIFF", compression="group4"),
            _saved(wide, "TIFF"),
            _saved(gray.convert("F"), "TIFF"),
        ]
        + [_saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]), _saved(rgb.convert("CMYK"), "TIFF")],
        "jpeg 2000": [
            _saved(rgb, "JPEG2000"),
            _saved(image, "JPEG2000", irreversible=True, tile_size=(16, 16)),
            _saved(gray, "JPEG2000", no_jp2=True),
        ],
        "bmp": [_saved(rgb, "BMP"), _saved(rgb.convert("P"), "BMP"), _saved(gray.convert("1"), "BMP")],
        "ppm": [_saved(rgb, "PPM"), _saved(gray, "PPM"), b"P3 3 2 255\n" + b"9 8 7 " * 6, b"Pf\n2 1\n-1\n" + bytes(8)],
        "others": [_saved(rgb, kind) for kind in ("TGA", "PCX", "SGI", "ICO", "ICNS", "DDS", "QOI", "DIB", "MPO")],
        "svg": [SVG, SVG, SVG, gzip.compress(SVG), TEXT],  # for a text, resvg loads all fonts
        "pdf": [_saved(rgb, "PDF"), _saved(frames[0], "PDF", save_all=True, append_images=frames[1:])],
        "raw": [_dng()],
    }
    with suppress(ImportError):
        from pillow_heif import from_pillow

        found["heif"] = [_written(from_pillow(one).save) for one in (image, rgb)]
    with suppress(ImportError):
        import pillow_jxl

        assert pillow_jxl
        found["jxl"] = [_saved(image, "JXL"), _saved(rgb, "JXL", lossless=True)]
    with suppress(ImportError):
        from psd_tools import PSDImage

        found["psd"] = [_written(PSDImage.frompil(rgb).save), _deep_psd()]
    return found


def mutated(data: bytes, others: list[bytes], rng: Rng) -> bytes:
    """A file with 1 to 6 mutations. Checksums of PNG are mended in most, since decoders stop at a wrong one."""
    result = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        if result:
            rng.choice(OF_TEXT if result.startswith(b"<") else MUTATIONS)(result, others, rng)
    if result.startswith(b"\x89PNG") and rng.random() < 0.8:
        _mend_checksums(result)
    return bytes(result)


def _flip(data: bytearray, others: list[bytes], rng: Rng) -> None:
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _set(data: bytearray, others: list[bytes], rng: Rng) -> None:
    data[rng.randrange(len(data))] = rng.randrange(256)


def _number(data: bytearray, others: list[bytes], rng: Rng) -> None:
    """An integer of 2 or 4 bytes at a limit, mostly in the header."""
    size, order = rng.choice((2, 4)), rng.choice(("big", "little"))
    at = rng.randrange(min(len(data), rng.choice((64, 512, len(data)))))
    data[at : at + size] = (rng.choice(NUMBERS) & (256**size - 1)).to_bytes(size, order)  # type: ignore[arg-type]


def _delete(data: bytearray, others: list[bytes], rng: Rng) -> None:
    at = rng.randrange(len(data))
    del data[at : at + rng.choice((1, 2, 4, 16, 100))]


def _repeat(data: bytearray, others: list[bytes], rng: Rng) -> None:
    at = rng.randrange(len(data))
    part = data[at : at + rng.choice((1, 4, 12, 60, 300))]
    data[at:at] = part * rng.choice((1, 1, 2, 50))


def _insert(data: bytearray, others: list[bytes], rng: Rng) -> None:
    at = rng.randrange(len(data))
    data[at:at] = rng.randbytes(rng.choice((1, 2, 4, 32)))


def _cut(data: bytearray, others: list[bytes], rng: Rng) -> None:
    del data[rng.randrange(len(data)) :]


def _splice(data: bytearray, others: list[bytes], rng: Rng) -> None:
    other = rng.choice(others)
    at, start = rng.randrange(len(data)), rng.randrange(len(other))
    data[at : at + rng.choice((4, 40, 400))] = other[start : start + rng.choice((4, 40, 400))]


def _digits(data: bytearray, others: list[bytes], rng: Rng) -> None:
    """Another number in a text: SVG, PDF, PPM."""
    numbers = [*re.finditer(rb"[0-9]+(\.[0-9]+)?", data)]
    if numbers:
        number = rng.choice(numbers)
        new = rng.choice((b"0", b"-1", b"1e9", b"99999", b"2147483647", b"1e-9", b"1e400", b"NaN", b"0.5"))
        data[number.start() : number.end()] = new


def _tags(data: bytearray, others: list[bytes], rng: Rng) -> None:
    """Elements of an SVG copied to another place, or an identifier that refers to another element."""
    tags = [*re.finditer(rb"<\w[^>]*>", data)]
    if len(tags) < 2:
        return
    one, other = rng.choice(tags), rng.choice(tags)
    if rng.random() < 0.5:
        data[one.start() : one.start()] = bytes(data[other.start() : other.end()]) * rng.choice((1, 2, 30))
    else:
        names = [*re.finditer(rb"(?<=#)[a-z]\b", data)]
        if names:
            name = rng.choice(names)
            data[name.start() : name.end()] = rng.choice((b"g", b"f", b"p", b"m", b"c", b"k", b"s", b"b"))


MUTATIONS: tuple[Callable[[bytearray, list[bytes], Rng], None], ...] = (
    _flip,
    _set,
    _number,
    _number,
    _delete,
    _repeat,
    _insert,
    _cut,
    _splice,
    _digits,
    _tags,
)

OF_TEXT = (*MUTATIONS, *[_digits, _tags] * 8)
"""For SVG, most of which the others leave with errors in its XML."""


def _mend_checksums(data: bytearray) -> None:
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        if at + 12 + length > len(data):
            return
        struct.pack_into(">I", data, at + 8 + length, zlib.crc32(data[at + 4 : at + 8 + length]))
        at += 12 + length


class Inputs:
    """The inputs by number.

    found : seeds by format. seed : of the random numbers.
    """

    def __init__(self, found: dict[str, list[bytes]], seed: int) -> None:
        self._found, self._seed = found, seed
        self._kinds = sorted(found)

    def __getitem__(self, number: int) -> tuple[str, bytes, dict[str, Any]]:
        """The format, the bytes, and the options of reading."""
        rng = Rng(f"{self._seed} {number}")
        kind = rng.choice(self._kinds)
        files = self._found[kind]
        data = mutated(rng.choice(files), files, rng)
        options = {"truncated": rng.random() < 0.3, "frame": rng.choice((None, None, None, 0, 1))}
        return kind, data, options


def outcome_of(data: bytes, options: dict[str, Any]) -> str:
    """Read and count a picture: "picture", the name of our error, or "died" or "late" for an isolated decoder.

    Any other exception is a finding, and passes.
    """
    from pochade import SourceError, histogram, read
    from pochade.errors import OptionError

    try:
        histogram(read(data, **LIMITS | options))
    except (SourceError, OptionError) as error:
        said = str(error)
        if not said.startswith(("bytes: ", "the picture: ")):
            raise AssertionError(f"a message without the name of the picture: {said}") from error
        if "the process that decoded it" in said:
            return "died"
        return "late" if "decoding takes more than" in said else type(error).__name__
    return "picture"


def serve(pipe: Connection, chosen: tuple[str | None, str | None, int], numbers: range) -> None:
    """In a process: read inputs and send (number, format, outcome, seconds); a finding starts with "FOUND"."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    inputs = inputs_of(*chosen)
    pipe.send(None)
    for number in numbers:
        kind, data, options = inputs[number]
        start = time.perf_counter()
        try:
            outcome = outcome_of(data, options)
        except Exception as error:
            outcome = f"FOUND {type(error).__name__}: {error}"
        pipe.send((number, kind, outcome, time.perf_counter() - start))
    pipe.close()


class Reader:
    """A process that reads inputs; it is replaced if it dies or hangs."""

    def __init__(self, chosen: tuple[str | None, str | None, int], numbers: range) -> None:
        self._chosen, self.numbers = chosen, numbers
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe(False)
        # Not daemonic: it starts decoders. It ends when the pipe breaks.
        self.process = context.Process(target=serve, args=(theirs, self._chosen, self.numbers))
        self.process.start()
        theirs.close()
        self.heard = time.monotonic()

    def answers(self) -> Iterator[tuple[int, str | None, str, float]]:
        """The answers that have arrived; the death or silence of the process is one about the input it read."""
        try:
            while self.pipe.poll():
                answer = self.pipe.recv()
                self.heard = time.monotonic()
                if answer is not None:
                    self.numbers = self.numbers[1:]
                    yield answer
        except EOFError:
            self.process.join()
            if self.numbers:
                yield from self._lost(f"FOUND the process died, status {self.process.exitcode}")
        if self.numbers and time.monotonic() - self.heard > SILENT_SECONDS:
            self.process.kill()
            self.process.join()
            yield from self._lost(f"FOUND no end after {SILENT_SECONDS:g} s")

    def _lost(self, outcome: str) -> Iterator[tuple[int, str | None, str, float]]:
        number, self.numbers = self.numbers[0], self.numbers[1:]
        yield number, None, outcome, SILENT_SECONDS
        if self.numbers:
            self._start()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--inputs", type=int, default=10_000, help="how many; 10,000 by default")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--formats", help="some of " + ", ".join(seeds()) + "; all by default")
    parser.add_argument("--corpus", help="a folder of pictures to mutate besides the drawn ones")
    parser.add_argument("--keep", type=Path, help="a folder for the findings")
    given = parser.parse_args(arguments)

    chosen = given.formats, given.corpus, given.seed
    inputs = inputs_of(*chosen)
    numbers = range(given.first, given.first + given.inputs)
    start, counts, slowest, findings = time.monotonic(), Counter[tuple[str, str]](), [], []
    readers = [Reader(chosen, numbers[i :: given.jobs]) for i in range(given.jobs)]
    told = 0
    try:
        while busy := [reader for reader in readers if reader.numbers]:
            wait([reader.pipe for reader in busy], 1)
            for number, kind, outcome, seconds in (answer for reader in busy for answer in reader.answers()):
                kind = kind or inputs[number][0]
                if outcome.startswith("FOUND"):
                    findings.append({"input": number, "format": kind, "finding": outcome[6:]})
                    print(findings[-1], file=sys.stderr, flush=True)
                    if given.keep:
                        given.keep.mkdir(parents=True, exist_ok=True)
                        (given.keep / f"{given.seed}-{number}").write_bytes(inputs[number][1])
                    outcome = "FOUND"
                counts[kind, outcome] += 1
                slowest = sorted([*slowest, (round(seconds, 2), number, kind)], reverse=True)[:5]
            if (done := counts.total()) // 5000 > told:
                told = done // 5000
                print(f"{done:,} inputs, {len(findings)} findings", file=sys.stderr, flush=True)
    except KeyboardInterrupt:  # the inputs so far count
        for reader in readers:
            reader.process.kill()
    outcomes = sorted({outcome for _, outcome in counts})
    for kind in sorted({kind for kind, _ in counts}):
        print(f"{kind:10}", *(f"{outcome} {counts[kind, outcome]}" for outcome in outcomes if counts[kind, outcome]))
    total = {outcome: sum(count for (_, one), count in counts.items() if one == outcome) for outcome in outcomes}
    seconds = round(time.monotonic() - start)
    print(json.dumps({"inputs": counts.total(), "seconds": seconds, **total, "slowest": slowest}))
    return 1 if findings else 0


def inputs_of(formats: str | None, corpus: str | None, seed: int) -> Inputs:
    """The inputs of some formats and of a folder."""
    found = seeds()
    if formats is not None:
        found = {name.strip(): found[name.strip()] for name in formats.split(",")}
    return Inputs(found | _corpus(corpus), seed)


def _corpus(folder: str | None) -> dict[str, list[bytes]]:
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file()) if folder else []
    return {"corpus": [path.read_bytes() for path in files]} if files else {}


def _written(save: Callable[[Any], Any]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    return _written(lambda file: image.save(file, kind, **options))


def _profile() -> bytes:
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _deep_png() -> bytes:
    """A PNG with 16 bits a channel (W3C PNG Specification, third edition)."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress((b"\0" + bytes(range(240))) * 30)
    header = struct.pack(">IIBBBBB", 40, 30, 16, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _deep_psd() -> bytes:
    """A PSD of 16 bits a channel (Adobe Photoshop File Formats Specification): a header, empty sections, raw planes."""
    header = struct.pack(">4sH6xHLLHH", b"8BPS", 1, 3, 30, 40, 16, 3)
    return header + bytes(12) + struct.pack(">H", 0) + bytes(3 * 30 * 40 * 2)


def _dng() -> bytes:
    """A DNG with a sensor of 32 x 24 (Adobe DNG Specification 1.4)."""
    width, height = 32, 24
    sensor = b"".join(struct.pack("<H", (i * 97) & 0xFFFF) for i in range(width * height))

    def rational(*values: float) -> bytes:
        return b"".join(struct.pack("<ll", round(value * 10_000), 10_000) for value in values)

    def shorts(*values: int) -> bytes:
        return struct.pack(f"<{len(values)}H", *values)

    def longs(*values: int) -> bytes:
        return struct.pack(f"<{len(values)}L", *values)

    matrix = rational(3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.204, 1.057)
    tags = {  # tag: (type, count, content); no content: the offset of the sensor
        254: (4, 1, longs(0)),
        256: (4, 1, longs(width)),
        257: (4, 1, longs(height)),
        258: (3, 1, shorts(16)),
        259: (3, 1, shorts(1)),
        262: (3, 1, shorts(32803)),
        271: (2, 8, b"Pochade\0"),
        272: (2, 5, b"Fuzz\0"),
        273: (4, 1, b""),
        277: (3, 1, shorts(1)),
        278: (4, 1, longs(height)),
        279: (4, 1, longs(len(sensor))),
        33421: (3, 2, shorts(2, 2)),
        33422: (1, 4, bytes((0, 1, 1, 2))),
        50706: (1, 4, bytes((1, 4, 0, 0))),
        50717: (4, 1, longs(65535)),
        50721: (10, 9, matrix),
        50728: (5, 3, rational(1, 1, 1)),
        50778: (3, 1, shorts(21)),
    }
    after = 8 + 2 + 12 * len(tags) + 4
    start = after + sum(len(content) + len(content) % 2 for _, _, content in tags.values() if len(content) > 4)
    table, extra = b"", b""
    for tag, (kind, count, content) in sorted(tags.items()):
        value = (content or longs(start)).ljust(4, b"\0")
        if len(content) > 4:
            value = longs(after + len(extra))
            extra += content + bytes(len(content) % 2)
        table += struct.pack("<HHL", tag, kind, count) + value
    return b"II*\0" + longs(8) + shorts(len(tags)) + table + longs(0) + extra + sensor


if __name__ == "__main__":
    sys.exit(main())
