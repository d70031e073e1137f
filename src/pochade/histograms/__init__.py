"""Counts of a picture's pixels by color, and the positions of the colors."""
