"""Tasks for workers in the tests of the pool. Workers import this module by its name."""

import os
import threading
import time

from pochade.web.answer import Answer


def say(cache, digest, text="") -> Answer:
    return Answer(text.encode(), "text/plain")


def pid(cache, digest) -> Answer:
    return Answer(str(os.getpid()).encode(), "text/plain")


def length(cache, digest) -> Answer:
    return Answer(str(len(cache.data(digest))).encode(), "text/plain")


def lengths(cache, digest, digests) -> Answer:
    return Answer(b"".join(b"%d " % len(cache.data(one)) for one in digests), "text/plain")


def sleep(cache, digest, seconds) -> Answer:
    time.sleep(seconds)
    return Answer(b"slept", "text/plain")


def die(cache, digest, signal) -> Answer:
    os.kill(os.getpid(), signal)
    time.sleep(10)
    raise AssertionError


def hoard(cache, digest, mib) -> Answer:
    return Answer(str(len(bytearray(mib << 20))).encode(), "text/plain")


def crowd(cache, digest, threads) -> Answer:
    rest = threading.Event()
    try:
        for _ in range(threads):
            threading.Thread(target=rest.wait, daemon=True).start()
    finally:
        rest.set()
    return Answer(b"", "text/plain")


def holds(cache, digest, other) -> Answer:
    return Answer(str(other in cache).encode(), "text/plain")


def err(cache, digest) -> Answer:
    raise ZeroDivisionError("a defect")
