"""Templates of users, for programs without a format in pochade."""

import io
from typing import Any

from pochade.errors import OptionError, PochadeError
from pochade.palette import Palette
from pochade.theme import theme
from pochade.theme.title import title

BEGIN, END = "pochade: begin", "pochade: end"
"""The two markers, each in a comment line of the file that receives a theme."""


def rendered(palette: Palette, template: str, *, dark: bool = True) -> str:
    """Fill a Jinja template with the colors of the themes of a palette.

    Parameters
    ----------
    template : text with `{{ background }}`, `{{ color4 }}` and all other names of the terminal theme, with _ for -;
        `{{ interface.primary }}` and so on; `{{ palette }}`, a list of hex colors; `{{ dark }}`; `{{ name }}`.
        The filter `strip` removes the #, `rgb` gives "18, 20, 24".

    Raises
    ------
    OptionError : the template is invalid; the message names the line. PochadeError : Jinja is not installed.

    Examples
    --------
    >>> rendered(Palette.from_dict({"colors": ["#8e1a24"]}), "first = {{ palette[0] | strip }}")
    'first = 8e1a24'
    """
    try:
        import jinja2
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError:
        raise PochadeError("templates need Jinja: pip install 'pochade[theme]'.") from None
    environment = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    environment.filters |= {"strip": lambda color: str(color).removeprefix("#"), "rgb": _rgb}
    try:
        return environment.from_string(template).render(_names(palette, dark))
    except jinja2.TemplateSyntaxError as error:
        raise OptionError(f"the template, line {error.lineno}: {error.message}.") from None
    except jinja2.UndefinedError as error:
        names = ", ".join(_names(palette, dark))
        raise OptionError(f"the template: {error.message}. The names are {names}.") from None
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise OptionError(f"the template cannot be filled: {error}.") from None


def insert(text: str, content: str) -> str:
    """Replace the text between two marker lines; the rest stays unchanged.

    Raises
    ------
    OptionError : the text does not have one line with "pochade: begin" and, on a later line, one with "pochade: end";
        or the content has a marker, and so the next theme could not be inserted.

    Examples
    --------
    >>> print(insert("a\\n# pochade: begin\\nold\\n# pochade: end\\nb", "new"))
    a
    # pochade: begin
    new
    # pochade: end
    b
    """
    lines = list(io.StringIO(text, newline=""))  # str.splitlines() also ends lines where no program does, as at \f
    begins = [i for i, line in enumerate(lines) if BEGIN in line]
    ends = [i for i, line in enumerate(lines) if END in line]
    if len(begins) != 1 or len(ends) != 1 or begins[0] >= ends[0]:
        number = ", ".join(f"{len(at)} with {marker!r}{_numbers(at)}" for marker, at in ((BEGIN, begins), (END, ends)))
        raise OptionError(
            f"it needs one line with {BEGIN!r} and, on a later line, {END!r}, both in comments; it has {number}."
        )
    if BEGIN in content or END in content:
        raise OptionError(f"the theme contains {BEGIN!r} or {END!r}, the markers of the file: remove them from it.")
    if content and not content.endswith("\n"):
        content += "\n"
    return "".join([*lines[: begins[0] + 1], content, *lines[ends[0] :]])


def _numbers(lines: list[int]) -> str:
    """The numbers of the first lines, from 1, in parentheses; nothing for no line."""
    return f" (line {', '.join(str(i + 1) for i in lines[:5])})" if lines else ""


def _names(palette: Palette, dark: bool) -> dict[str, Any]:
    shell, page = theme(palette, "terminal", dark=dark), theme(palette, "interface", dark=dark)
    return {
        **{name.replace("-", "_"): color for name, color in shell.hex.items()},
        "interface": {name.replace("-", "_"): color for name, color in page.hex.items()},
        "palette": palette.hex,
        "dark": dark,
        "name": title(palette),
    }


def _rgb(color: Any) -> str:
    return ", ".join(str(code) for code in bytes.fromhex(str(color).removeprefix("#")))
