"""The road from a picture to its palette.

`extract` checks its keywords (`check`), counts the picture, narrows the histogram (`preference.exclusion`), solves the
clustering problem (`solve`), takes a color for each cluster (`answer`) and gives each a position.
"""
