"""PNG's chunks of color: cICP, sRGB, gAMA and cHRM.

References
----------
W3C: "Portable Network Graphics (PNG) Specification (Third Edition)", 2025, 11.3.2.
"""

from collections.abc import Mapping
from typing import Any

from pochade.source.encoding import SRGB_PRIMARIES, Encoding, Primaries, primaries_problem
from pochade.source.material import Material
from pochade.source.tags.code_points import encoding_of
from pochade.source.tags.statement import SRGB, Problem, of_exponents

_MAX_CHUNKS = 1000
_WANTED = {b"cICP": 4, b"iCCP": 0}  # and how many bytes

_GAMMAS = 0.1, 10.0
"""The gamma of displays, their inverse, and linear light lie well inside; a number outside is an error of a writer."""


def png_chunks(material: Material) -> dict[bytes, bytes]:
    """The chunks cICP and iCCP (without its content) before the pixels."""
    chunks: dict[bytes, bytes] = {}
    with material.open() as file:
        file.seek(8)
        for _ in range(_MAX_CHUNKS):
            head = file.read(8)
            if len(head) < 8:
                break
            length, kind = int.from_bytes(head[:4], "big"), head[4:]
            if kind == b"IDAT":
                break
            if kind in _WANTED:
                chunks[kind] = file.read(min(length, _WANTED[kind]))
                length -= len(chunks[kind])
            file.seek(length + 4, 1)
    return chunks


def png_cicp(chunks: Mapping[bytes, bytes]) -> Encoding | Problem | None:
    """The statement of cICP."""
    chunk = chunks.get(b"cICP")
    if chunk is None:
        return None
    if len(chunk) < 4:
        return Problem(f"it has {len(chunk)} bytes instead of 4")
    primaries, curve, matrix, full = chunk
    if matrix:
        return Problem(f"its matrix is {matrix}, and PNG has only 0, RGB")
    if full > 1:
        return Problem(f"its range is {full}, neither 0 (narrow) nor 1 (full)")
    return encoding_of(primaries, curve, full=bool(full))


def png_srgb(info: Mapping[Any, Any]) -> Encoding | Problem | None:
    """The statement of sRGB, from Pillow's fields."""
    intent = info.get("srgb")
    if intent is None:
        return None
    return SRGB if intent in range(4) else Problem(f"its rendering intent {intent} is not known")


def png_gamma_and_primaries(info: Mapping[Any, Any]) -> Encoding | Problem | None:
    """The statement of gAMA and cHRM, from Pillow's fields, if both are there."""
    gamma, primaries = _gamma(info), _primaries(info)
    if gamma is None or primaries is None:
        return None
    if isinstance(gamma, Problem):
        return gamma
    if isinstance(primaries, Problem):
        return primaries
    return of_exponents(primaries, (1 / gamma,) * 3)


def png_gamma(info: Mapping[Any, Any]) -> Encoding | Problem | None:
    """The statement of gAMA alone, with sRGB's primaries."""
    gamma = _gamma(info)
    return of_exponents(SRGB_PRIMARIES, (1 / gamma,) * 3) if isinstance(gamma, float) else _unsaid(gamma, info)


def png_primaries(info: Mapping[Any, Any]) -> Encoding | Problem | None:
    """The statement of cHRM alone, with sRGB's curve."""
    primaries = _primaries(info)
    return Encoding(primaries) if isinstance(primaries, Primaries) else _unsaid(primaries, info)


def _unsaid(problem: Problem | None, info: Mapping[Any, Any]) -> Problem | None:
    """The problem of one of the two chunks; None if there are both, because their common statement has told it."""
    return None if "gamma" in info and "chromaticity" in info else problem


def _gamma(info: Mapping[Any, Any]) -> float | Problem | None:
    gamma = info.get("gamma")
    if gamma is None:
        return None
    least, most = _GAMMAS
    if not least <= gamma <= most:
        return Problem(f"a gAMA of {gamma:g} lies outside {least:g} to {most:g}")
    return float(gamma)


def _primaries(info: Mapping[Any, Any]) -> Primaries | Problem | None:
    numbers = info.get("chromaticity")
    if numbers is None:
        return None
    white, red, green, blue = zip(numbers[:8:2], numbers[1:8:2], strict=True)
    primaries = Primaries(red, green, blue, white)
    problem = primaries_problem(primaries)
    return primaries if problem is None else Problem(f"by cHRM, {problem}")
