"""Recolor a picture by editing its palette."""

from pochade.recoloring.lut import Lut
from pochade.recoloring.recolor import Recolored, recolor

__all__ = ["Lut", "Recolored", "recolor"]
