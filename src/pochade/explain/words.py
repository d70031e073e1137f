"""The words and the rounding of explanations."""

# The superlatives of a color, and the least lead over the second color: shares, Oklab chroma and lightness. The leads
# in chroma and lightness are steps that the eye sees side by side.
SUPERLATIVES = {"most": 0.02, "chromatic": 0.02, "light": 0.04, "dark": 0.04}

WORDS = {
    "most": "the color that covers most",
    "chromatic": "the most chromatic color",
    "light": "the lightest color",
    "dark": "the darkest color",
}

SHORT = {"most": "covers most", "chromatic": "most chromatic", "light": "lightest", "dark": "darkest"}


def percent(share: float) -> str:
    """A share as text with up to two significant digits, never zero.

    Examples
    --------
    >>> percent(0.2864), percent(0.034), percent(0.00031), percent(1e-7)
    ('29 %', '3.4 %', '0.03 %', 'less than 0.01 %')
    """
    if share < 0.0001:
        return "less than 0.01 %"
    digits = 2 if share < 0.00095 else 1 if share < 0.0995 else 0
    return f"{share * 100:.{digits}f} %".replace(".0 %", " %")


def times(factor: float) -> str:
    """A factor as text.

    Examples
    --------
    >>> times(26.3), times(4.62), times(0.5)
    ('26 times', '4.6 times', '0.5 times')
    """
    return f"{factor:.0f} times" if factor >= 9.95 else f"{factor:.1f} times".replace(".0 times", " times")


def listed(words: list[str]) -> str:
    """Words joined by commas and "and".

    Examples
    --------
    >>> listed(["red"]), listed(["red", "blue", "gold"])
    ('red', 'red, blue and gold')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
