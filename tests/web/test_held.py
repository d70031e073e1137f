"""What a worker holds, and how much of it."""

import gc
import tracemalloc
from functools import partial

import numpy as np
import pytest

from pochade.web import held as limits
from pochade.web.held import Held
from pochade.web.work.quantize import picture
from pochade.web.work.recolor import Edit, recolored


@pytest.fixture
def some(encode) -> Held:
    held = Held(10**8)
    for i in range(3):
        held.put(f"p{i}", encode(np.full((2, 2, 3), 50 * i, np.uint8)))
    return held


def made(held: Held, digest: str, what: str, size: int, **wishes: object) -> bool:
    """Whether what is made of a picture, or of several with spaces between, was made anew."""
    times: list[int] = []
    held.made(tuple(digest.split()), what, wishes, lambda: times.append(1), lambda value: size)
    return bool(times)


def test_what_was_made_is_not_made_again(some: Held) -> None:
    asked = [("p0", "a", {}), ("p0", "b", {}), ("p0", "a", {"k": 2}), ("p1", "a", {})]
    assert all(made(some, digest, what, 10, **wishes) for digest, what, wishes in asked)
    assert not any(made(some, digest, what, 10, **wishes) for digest, what, wishes in asked)


def test_what_was_made_is_bounded_in_number_and_bytes(some: Held) -> None:
    for i in range(limits.MADE + 1):
        made(some, "p0", "a", 1, k=i)
    assert not made(some, "p0", "a", 1, k=limits.MADE)
    assert made(some, "p0", "a", 1, k=0)
    assert made(some, "p1", "b", limits.HEAVY - 1)
    assert made(some, "p1", "c", 2)
    assert made(some, "p1", "b", limits.HEAVY - 1)
    assert made(some, "p2", "huge", limits.HEAVY + 1)
    assert made(some, "p2", "huge", limits.HEAVY + 1)


def test_what_was_made_goes_with_its_picture(some: Held) -> None:
    made(some, "p0", "a", 1)
    made(some, "p1", "a", 1)
    made(some, "p1 p0", "both", 1)
    data = some.data("p0")
    some.drop(["p0"])
    assert "p0" not in some
    some.put("p0", data)
    assert made(some, "p0", "a", 1)
    assert made(some, "p1 p0", "both", 1)
    assert not made(some, "p1", "a", 1)


def test_what_is_needed_makes_no_room(some: Held) -> None:
    needed = [f"n{i}" for i in range(limits.PICTURES + 3)]
    for one in needed:
        some.put(one, b"x", needed)
    assert all(one in some for one in needed)
    assert not any(f"p{i}" in some for i in range(3))
    some.put("last", b"y")
    assert "last" in some
    assert sum(one in some for one in needed) == limits.PICTURES - 1


EDITS = [Edit(change={(100, 100, 100): (9, 9, 9)}), Edit(like="p1"), Edit(harmonize="auto")]
MAKING = [
    *(partial(recolored, wishes={}, colors=None, edit=edit, format="json") for edit in EDITS),
    *(partial(picture, wishes=wishes, target={}, format="png") for wishes in ({"k": 4}, {"k": 4, "method": "kmeans"})),
]


@pytest.mark.parametrize("make", MAKING)
def test_what_is_held_of_what_was_made_is_what_is_counted(some: Held, encode, make) -> None:
    data = encode(np.random.default_rng(0).integers(0, 256, (1000, 1000, 3), np.uint8))

    def asked() -> None:
        some.put("p0", data)
        make(some, "p0")
        gc.collect()

    asked()  # with what is imported and worked out once
    some.drop(["p0"])
    tracemalloc.start()
    try:
        asked()
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert held < 1.2 * sum(size for _, size in some._made.values()) + 500_000
