"""The preference of a caller: colors to keep, to avoid or to choose from, a mood, and the bounds of k="auto".

It acts on the road at three points: `exclusion` narrows the histogram, `method` wraps the method, `settle` settles the
answer. `parse` makes a `Preference` from the keywords of extract().
"""

from pochade.extraction.preference.colors import Colors, read_colors, read_every_color
from pochade.extraction.preference.parse import parse
from pochade.extraction.preference.preference import MAX_COLORS, NO_PREFERENCE, Preference

__all__ = ["MAX_COLORS", "NO_PREFERENCE", "Colors", "Preference", "parse", "read_colors", "read_every_color"]
