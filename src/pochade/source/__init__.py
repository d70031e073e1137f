"""Anything that holds a picture, opened as Pixels."""

from pochade.source.pixels import Pixels, Strip
from pochade.source.read import read

__all__ = ["Pixels", "Strip", "read"]
