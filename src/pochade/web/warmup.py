"""Warm up a worker process before its first task."""

import importlib
import io
import pkgutil

import numpy as np

from pochade.web import work
from pochade.web.cache import Cache
from pochade.web.work.palettes import palette


def warm(cache: Cache) -> None:
    """Import all work modules and extract two palettes, so that the first requests need not wait for that."""
    from PIL import Image

    for module in pkgutil.iter_modules(work.__path__):
        importlib.import_module(f"{work.__name__}.{module.name}")
    ramp = np.linspace(0, 255, 256).astype(np.uint8)
    codes = np.stack(np.broadcast_arrays(ramp[:, None], ramp, ramp[::-1]), -1)
    for format in ("JPEG", "PNG"):
        file = io.BytesIO()
        Image.fromarray(codes).save(file, format)
        cache.put(format, file.getvalue())
        palette(cache, format, {}, {}, "json", {}, None)
    cache.drop(["JPEG", "PNG"])
