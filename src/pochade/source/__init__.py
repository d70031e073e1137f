"""From any source of a picture to Pixels."""

from pochade.source.pixels import Pixels, Strip
from pochade.source.read import read

__all__ = ["Pixels", "Strip", "read"]
