"""Layouts of posters, each in a file: functions from the content and a canvas constructor to the canvas."""

from collections.abc import Callable

from pochade.draw.canvas import Canvas
from pochade.draw.content import Content, Sheet
from pochade.registry import NoFacts, Registry

Layout = Callable[[Content, Sheet], Canvas]

layouts: Registry[Layout, NoFacts] = Registry("layout", "pochade.draw.layouts")
"""All layouts. `register(name)`."""
