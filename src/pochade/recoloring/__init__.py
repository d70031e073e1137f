"""Other colors for a picture: its palette is edited, and the picture follows."""

from pochade.recoloring.lut import Lut
from pochade.recoloring.recolor import Recolored, recolor

__all__ = ["Lut", "Recolored", "recolor"]
