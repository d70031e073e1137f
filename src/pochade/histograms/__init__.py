"""Counts of a picture's pixels by color, and the places where the colors lie."""
