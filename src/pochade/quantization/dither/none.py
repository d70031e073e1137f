"""No dither."""

from pochade.quantization.dither import Dither, register

register(Dither("none", "Each pixel has its nearest color: the lightest file, the least error, and bands in skies."))
