"""Backgrounds for a picture: a color, a gradient or a blurred field that continues its border."""

from pochade.backgrounds.background import Background, background

__all__ = ["Background", "background"]
