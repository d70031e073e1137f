"""Palettes, and what is known about them, as text for a terminal or a pipe."""
