"""Boxes of paint, one file each: functions without parameters that return a `Box`."""

from collections.abc import Callable

from pochade.paint.box import Box
from pochade.registry import NoFacts, Registry

__all__ = ["boxes"]

boxes: Registry[Callable[[], Box], NoFacts] = Registry("box", "pochade.paint.boxes", plural="boxes")
