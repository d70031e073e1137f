"""What workers do: functions of the pictures held, a digest and options, that answer with the bytes to be sent.

They run in worker processes only. They are handed over by name, so that there is no list of them.
"""

import importlib
import io
import pkgutil

import numpy as np

from pochade.web.held import Held


def warm(held: Held) -> None:
    """Do once what first requests would wait for: imports, and the first touch of memory."""
    from PIL import Image

    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    from pochade.web.work.palettes import palette

    ramp = np.linspace(0, 255, 256).astype(np.uint8)
    codes = np.stack(np.broadcast_arrays(ramp[:, None], ramp, ramp[::-1]), -1)
    for kind in ("JPEG", "PNG"):
        file = io.BytesIO()
        Image.fromarray(codes).save(file, kind)
        held.put(kind, file.getvalue())
        palette(held, kind, {}, {}, "json", {}, None)
    held.drop(["JPEG", "PNG"])
