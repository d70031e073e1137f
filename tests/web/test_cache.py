"""The cache of a worker, and its limits."""

import gc
import tracemalloc
from functools import partial

import numpy as np
import pytest

from pochade.web import cache as limits
from pochade.web.cache import Cache
from pochade.web.work.quantize import picture
from pochade.web.work.recolor import Edit, recolor_picture


@pytest.fixture
def cache(encode) -> Cache:
    cache = Cache(10**8)
    for i in range(3):
        cache.put(f"p{i}", encode(np.full((2, 2, 3), 50 * i, np.uint8)))
    return cache


def derives(cache: Cache, digest: str, what: str, size: int, **keywords: object) -> bool:
    """Whether the result for one or several digests, with spaces between, was computed, not cached."""
    times: list[int] = []
    cache.derive(tuple(digest.split()), what, keywords, lambda: times.append(1), lambda value: size)
    return bool(times)


def test_a_cached_result_is_not_computed_again(cache: Cache) -> None:
    calls = [("p0", "a", {}), ("p0", "b", {}), ("p0", "a", {"k": 2}), ("p1", "a", {})]
    assert all(derives(cache, digest, what, 10, **keywords) for digest, what, keywords in calls)
    assert not any(derives(cache, digest, what, 10, **keywords) for digest, what, keywords in calls)


def test_cached_results_are_limited_in_number_and_bytes(cache: Cache) -> None:
    for i in range(limits.MAX_DERIVED + 1):
        derives(cache, "p0", "a", 1, k=i)
    assert not derives(cache, "p0", "a", 1, k=limits.MAX_DERIVED)
    assert derives(cache, "p0", "a", 1, k=0)
    assert derives(cache, "p1", "b", limits.MAX_DERIVED_BYTES - 1)
    assert derives(cache, "p1", "c", 2)
    assert derives(cache, "p1", "b", limits.MAX_DERIVED_BYTES - 1)
    assert derives(cache, "p2", "huge", limits.MAX_DERIVED_BYTES + 1)
    assert derives(cache, "p2", "huge", limits.MAX_DERIVED_BYTES + 1)


def test_results_are_dropped_with_their_picture(cache: Cache) -> None:
    derives(cache, "p0", "a", 1)
    derives(cache, "p1", "a", 1)
    derives(cache, "p1 p0", "both", 1)
    data = cache.data("p0")
    cache.drop(["p0"])
    assert "p0" not in cache
    cache.put("p0", data)
    assert derives(cache, "p0", "a", 1)
    assert derives(cache, "p1 p0", "both", 1)
    assert not derives(cache, "p1", "a", 1)


def test_pictures_of_the_current_task_are_not_dropped(cache: Cache) -> None:
    needed = [f"n{i}" for i in range(limits.MAX_PICTURES + 3)]
    for one in needed:
        cache.put(one, b"x", needed)
    assert all(one in cache for one in needed)
    assert not any(f"p{i}" in cache for i in range(3))
    cache.put("last", b"y")
    assert "last" in cache
    assert sum(one in cache for one in needed) == limits.MAX_PICTURES - 1


EDITS = [Edit(change={(100, 100, 100): (9, 9, 9)}), Edit(like="p1"), Edit(harmonize="auto")]
MAKING = [
    *(partial(recolor_picture, keywords={}, colors=None, edit=edit, format="json") for edit in EDITS),
    *(
        partial(picture, keywords=keywords, target={}, format="png")
        for keywords in ({"k": 4}, {"k": 4, "method": "kmeans"})
    ),
]


@pytest.mark.parametrize("make", MAKING)
def test_cached_results_take_no_more_memory_than_counted(cache: Cache, encode, make) -> None:
    data = encode(np.random.default_rng(0).integers(0, 256, (1000, 1000, 3), np.uint8))

    def compute() -> None:
        cache.put("p0", data)
        make(cache, "p0")
        gc.collect()

    compute()  # imports modules and fills module caches first
    cache.drop(["p0"])
    tracemalloc.start()
    try:
        compute()
        stored = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert stored < 1.2 * sum(size for _, size in cache._derived.values()) + 500_000
