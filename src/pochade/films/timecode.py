"""Time codes: hours, minutes, seconds and frames, with and without drop frame.

References
----------
SMPTE ST 12-1:2014, 5.2: at 29.97 frames a second the numbers 0 and 1 of frames are dropped in each minute but every
tenth, so that the code shows the time of the clock; at 59.94 the numbers 0 to 3.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pochade.errors import OptionError

_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)")
_CODE = re.compile(r"(\d\d):(\d\d):(\d\d)([:;])(\d\d)")


@dataclass(frozen=True, slots=True)
class Rate:
    """The rate of time codes.

    real : frames a second. nominal : frames that a second counts. drop : whether frame numbers are dropped.
    """

    real: Fraction
    nominal: int
    drop: bool

    @classmethod
    def of(cls, rate: Fraction | None) -> "Rate":
        """The nearest rate of time codes: 25 for a film without one; drop frame at 29.97 and 59.94."""
        real = Fraction(25) if rate is None or rate <= 0 else rate
        for nominal in (24, 30, 48, 60, 120):
            near = Fraction(nominal * 1000, 1001)
            if abs(real - near) < Fraction(nominal, 3000):
                return cls(near, nominal, nominal in (30, 60, 120))
        nominal = max(1, round(real))
        if abs(real - nominal) < Fraction(nominal, 3000):
            real = Fraction(nominal)
        return cls(real, nominal, False)

    def frame_of(self, seconds: Fraction) -> int:
        """The nearest frame."""
        return round(seconds * self.real)

    def code(self, frame: int) -> str:
        """The time code of a frame: HH:MM:SS:FF, with ";" before the frames if numbers are dropped."""
        frame = max(frame, 0)
        if self.drop:
            dropped = self.nominal // 15
            ten, rest = divmod(frame, 10 * 60 * self.nominal - 9 * dropped)
            frame += 9 * dropped * ten
            if rest >= 60 * self.nominal:
                frame += dropped * ((rest - 60 * self.nominal) // (60 * self.nominal - dropped) + 1)
        seconds, frames = divmod(frame, self.nominal)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours:02d}:{minutes:02d}:{seconds:02d}{';' if self.drop else ':'}{frames:02d}"

    def frame_at(self, code: str) -> int:
        """The frame of a time code.

        Raises
        ------
        OptionError : it is none.
        """
        match = _CODE.fullmatch(code.strip())
        if match is None:
            raise OptionError(f"{code!r} is no time code: give HH:MM:SS:FF.")
        hours, minutes, seconds, frames = (int(match[i]) for i in (1, 2, 3, 5))
        if minutes > 59 or seconds > 59 or frames >= self.nominal:
            raise OptionError(f"{code!r} is no time code at {self.nominal} frames a second.")
        count = (hours * 3600 + minutes * 60 + seconds) * self.nominal + frames
        if match[4] == ";" and self.drop:
            minutes += 60 * hours
            count -= self.nominal // 15 * (minutes - minutes // 10)
        return count


def parse_time(name: str, value: Any) -> Fraction | None:
    """Seconds of a number, or of a time such as "1:02:03.5"; None for None.

    Raises
    ------
    OptionError : it is neither.
    """
    if value is None:
        return None
    if isinstance(value, int | float | Fraction) and not isinstance(value, bool) and 0 <= value < 1e7:
        return Fraction(value).limit_denominator(1_000_000)
    if isinstance(value, str) and (match := _CLOCK.fullmatch(value.strip())):
        hours, minutes = (int(match[i] or 0) for i in (1, 2))
        return hours * 3600 + minutes * 60 + Fraction(match[3])
    raise OptionError(f'{name}={value!r} is not allowed: give seconds from 0, or a time such as "1:02:03.5".')


def clock(seconds: Fraction, mark: str = ".") -> str:
    """The time as HH:MM:SS.mmm.

    Examples
    --------
    >>> clock(Fraction(3723500, 1000))
    '01:02:03.500'
    """
    whole = round(max(seconds, Fraction(0)) * 1000)
    minutes, milli = divmod(whole, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{milli // 1000:02d}{mark}{milli % 1000:03d}"
