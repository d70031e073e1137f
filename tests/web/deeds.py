"""What workers are told to do in tests of the pool. Not a test: workers import it by its name."""

import os
import threading
import time

from pochade.web.worker import Done


def say(held, digest, text="") -> Done:
    return Done(text.encode(), "text/plain")


def pid(held, digest) -> Done:
    return Done(str(os.getpid()).encode(), "text/plain")


def length(held, digest) -> Done:
    return Done(str(len(held.data(digest))).encode(), "text/plain")


def lengths(held, digest, digests) -> Done:
    return Done(b"".join(b"%d " % len(held.data(one)) for one in digests), "text/plain")


def sleep(held, digest, seconds) -> Done:
    time.sleep(seconds)
    return Done(b"slept", "text/plain")


def die(held, digest, signal) -> Done:
    os.kill(os.getpid(), signal)
    time.sleep(10)
    raise AssertionError


def hoard(held, digest, mib) -> Done:
    return Done(str(len(bytearray(mib << 20))).encode(), "text/plain")


def crowd(held, digest, threads) -> Done:
    rest = threading.Event()
    try:
        for _ in range(threads):
            threading.Thread(target=rest.wait, daemon=True).start()
    finally:
        rest.set()
    return Done(b"", "text/plain")


def holds(held, digest, other) -> Done:
    return Done(str(other in held).encode(), "text/plain")


def err(held, digest) -> Done:
    raise ZeroDivisionError("a defect")
